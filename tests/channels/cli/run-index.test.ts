import { describe, expect, it } from 'vitest';
import type { IndexProgress } from '../../../src/domain.ts';
import { cli, report, startCli } from './cli-run.ts';
import { terminalScreen } from './terminal-screen.ts';

/** Reports each step and moves the clock on by `stepMs` between them. */
function steps(progress: readonly IndexProgress[], stepMs: number) {
  let nowMs = 0;
  return {
    now: () => nowMs,
    app: {
      index: async (onProgress: (progress: IndexProgress) => void) => {
        for (const step of progress) {
          onProgress(step);
          nowMs += stepMs;
        }
        return report;
      },
    },
  };
}

const embedding = (done: number, total = 200): IndexProgress => ({ phase: 'embedding', done, total });

describe('nape index > report', () => {
  it('pipe > what was added, changed, removed and reused', async () => {
    const { code, out } = await cli(['index']);
    expect(out).toMatchInlineSnapshot(`
      "Index 20260102-a1b2 built in 3.7 s.
        added      Posture
        changed    Neck and Spine Massage
        removed    Old Notes
        unchanged  A, B
        passages   30 embedded, 12 reused, 3 removed
      1 problem:
        broken.md: The file is not UTF-8. Save it as UTF-8.
      "
    `);
    expect(code).toBe(0);
  });

  it('nothing changed > says so', async () => {
    const unchanged = {
      ...report,
      outcome: 'unchanged' as const,
      documents: { added: [], changed: [], removed: [], unchanged: ['Neck and Spine Massage'] },
      passages: { embedded: 0, reused: 42, removed: 0 },
      problems: [],
      durationMs: 4,
    };
    const { out } = await cli(['index'], { app: { index: async () => unchanged } });
    expect(out).toMatchInlineSnapshot(`
      "Index 20260102-a1b2 was already up to date (checked in 4 ms).
        unchanged  Neck and Spine Massage
        passages   0 embedded, 42 reused, 0 removed
      "
    `);
  });

  it('many names on a terminal > wrapped under the first', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Article number ${index + 1}`);
    const documents = { ...report.documents, unchanged: names };
    const { out } = await cli(['index'], { terminal: true, app: { index: async () => ({ ...report, documents }) } });
    const lines = terminalScreen(out).split('\n');
    const start = lines.findIndex((line) => line.startsWith('  unchanged  Article number 1,'));
    expect(lines[start + 1]).toMatch(/^ {13}\S/);
  });
});

describe('nape index > progress', () => {
  it('terminal > a bar with count, percent and time left, taken away at the end', async () => {
    const progress = [embedding(0), embedding(50), embedding(100)];
    const { out, errors } = await cli(['index'], { terminal: true, ...steps(progress, 2_000) });
    const drawn = errors.split('\r').map((part) => terminalScreen(part));
    expect(drawn).toMatchInlineSnapshot(`
      [
        "",
        "Embedding passages  ░░░░░░░░░░░░░░░░░░░░    0%  0 of 200",
        "Embedding passages  █████░░░░░░░░░░░░░░░   25%  50 of 200  about 6 s left",
        "Embedding passages  ██████████░░░░░░░░░░   50%  100 of 200  about 4 s left",
        "",
      ]
    `);
    expect(terminalScreen(errors)).toBe('');
    expect(out).not.toContain('Embedding');
  });

  it('pipe > a line now and then and one at the end of each phase', async () => {
    const progress = [
      ...Array.from({ length: 21 }, (_, index) => embedding(index * 10)),
      { phase: 'writing', done: 1, total: 1 } as const,
    ];
    const { errors } = await cli(['index'], steps(progress, 300));
    expect(errors).toMatchInlineSnapshot(`
      "Embedding passages: 70 of 200 (35%), about 4 s left
      Embedding passages: 140 of 200 (70%), about 2 s left
      Embedding passages: 200 of 200 (100%)
      Writing to disk: 1 of 1 (100%)
      "
    `);
  });

  it('many steps in no time > the bar is not redrawn for each', async () => {
    const progress = Array.from({ length: 201 }, (_, index) => embedding(index));
    const { errors } = await cli(['index'], { terminal: true, ...steps(progress, 1) });
    expect(errors.split('Embedding').length - 1).toBeLessThan(10);
    expect(errors).toContain('200 of 200');
  });

  it('nothing to embed > no bar', async () => {
    const { errors } = await cli(['index'], { terminal: true, ...steps([embedding(0, 0)], 1) });
    expect(errors).toBe('');
  });
});

describe('nape index > stopping and watching', () => {
  it('signal during the run > says that nothing changed', async () => {
    const run = startCli(['index'], {
      app: {
        index: async (_onProgress, signal) => {
          run.signal();
          signal?.throwIfAborted();
          return report;
        },
      },
    });
    expect(await run.code).toBe(1);
    expect(run.errors()).toBe('nape: Stopped. The index on disk is as it was before.\n');
    expect(run.out()).toBe('');
  });

  it('--watch > reports each later run, and a signal ends it with 0', async () => {
    const run = startCli(['index', '--watch'], {
      app: {
        watch: (onReport, signal) =>
          new Promise((_resolve, reject) => {
            onReport({ ...report, generation: 'second' });
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      },
    });
    await run.until('Index second built');
    run.signal();
    expect(await run.code).toBe(0);
    expect(run.out()).toContain('Index 20260102-a1b2 built');
    expect(run.errors()).toBe('');
  });

  it('--watch that breaks > a failure', async () => {
    const { code, errors } = await cli(['index', '--watch'], {
      app: { watch: () => Promise.reject(new Error('no watches left')) },
    });
    expect(code).toBe(1);
    expect(errors).toContain('no watches left');
  });
});
