import { describe, expect, it } from 'vitest';
import type { DoctorLine } from '../../../src/channels/cli/cli-app.ts';
import { NapeError } from '../../../src/errors.ts';
import { cli, startCli } from './cli-run.ts';

const lines: readonly DoctorLine[] = [
  { state: 'ok', subject: 'articles', text: '1 article, 24 sections, 61 passages' },
  {
    state: 'warning',
    subject: 'mode',
    text: 'extractive: answers are the article’s own sentences, because OPENAI_API_KEY is not set',
    nextStep: 'Set OPENAI_API_KEY for fluent answers.',
  },
];
const problem: DoctorLine = { state: 'problem', subject: 'data folder', text: 'cannot be written' };

describe('nape doctor', () => {
  it('terminal > aligned and wrapped under the text', async () => {
    const { code, out } = await cli(['doctor'], {
      terminal: true,
      environment: { NO_COLOR: '1' },
      app: { doctor: async () => lines },
    });
    expect(out).toMatchInlineSnapshot(`
      "✓ articles  1 article, 24 sections, 61 passages
      ! mode      extractive: answers are the article’s own sentences, because
                  OPENAI_API_KEY is not set
                  → Set OPENAI_API_KEY for fluent answers.

      Nape works. 1 thing to know about above.
      "
    `);
    expect(code).toBe(0);
  });

  it('dumb terminal > ASCII marks', async () => {
    const { out } = await cli(['doctor'], {
      environment: { TERM: 'dumb' },
      app: { doctor: async () => [...lines, problem] },
    });
    expect(out).toMatchInlineSnapshot(`
      "ok articles     1 article, 24 sections, 61 passages
      !  mode         extractive: answers are the article’s own sentences, because OPENAI_API_KEY is not set
                      -> Set OPENAI_API_KEY for fluent answers.
      x  data folder  cannot be written
      "
    `);
  });

  it('a problem > exit code 1 and a word on standard error', async () => {
    const { code, out, errors } = await cli(['doctor'], { app: { doctor: async () => [problem] } });
    expect({ code, out, errors }).toEqual({
      code: 1,
      out: '✗ data folder  cannot be written\n',
      errors: 'nape: 1 problem found.\n',
    });
  });

  it('configuration that keeps Nape from starting > is the finding', async () => {
    const openApp = async () => {
      throw new NapeError('config-invalid', 'The environment has mistakes:\n  PORT=x is not a whole number');
    };
    const { code, out } = await cli(['doctor'], { openApp });
    expect(out).toBe('✗ start  The environment has mistakes:\n           PORT=x is not a whole number\n');
    expect(code).toBe(1);
  });
});

describe('nape serve', () => {
  it('start and signal > says where it is and what runs, then stops the server', async () => {
    let stopped = 0;
    const run = startCli(['serve'], {
      app: { serve: async () => ({ url: 'http://127.0.0.1:3000', stop: async () => void stopped++ }) },
    });
    await run.until('generation');
    expect(run.out()).toBe('Nape is at http://127.0.0.1:3000\n✓ index  generation 20260102-a1b2\n');
    run.signal();
    expect(await run.code).toBe(0);
    expect(stopped).toBe(1);
  });

  it('the widget is built > prints the lines for a page of another site, each as it is to be pasted', async () => {
    const snippet =
      '<script type="module" src="https://nape.example/widget-0123456789abcdef.js" integrity="sha384-x" crossorigin="anonymous"></script>\n<nape-chat></nape-chat>';
    const run = startCli(['serve'], {
      app: { serve: async () => ({ url: 'https://nape.example', snippet, stop: async () => {} }) },
    });
    await run.until('generation');
    for (const line of snippet.split('\n')) expect(run.out().split('\n')).toContain(`  ${line}`);
    run.signal();
    expect(await run.code).toBe(0);
  });

  it('signal while it starts > ends without waiting', async () => {
    const run = startCli(['serve'], {
      app: {
        serve: () => {
          run.signal();
          return new Promise(() => {});
        },
      },
    });
    expect(await run.code).toBe(0);
    expect(run.out()).toBe('');
  });

  it('port in use > a failure in words', async () => {
    const { code, errors } = await cli(['serve'], {
      app: { serve: () => Promise.reject(new NapeError('config-invalid', 'Port 3000 is in use. Set PORT.')) },
    });
    expect({ code, errors }).toEqual({ code: 1, errors: 'nape: Port 3000 is in use. Set PORT.\n' });
  });
});

describe('nape lint', () => {
  it('nothing found > exit code 0', async () => {
    const { code, errors } = await cli(['lint']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });

  it('claims > listed with the next step, exit code 1', async () => {
    const lint = async () => [
      {
        state: 'problem',
        subject: 'fixed.en.x',
        text: 'line 1: “cures”',
        nextStep: 'Say it without the word.',
      } as const,
      { state: 'ok', subject: 'own words', text: '1 text read' } as const,
    ];
    const { code, out, errors } = await cli(['lint'], { app: { lint } });
    expect(out).toContain('Say it without the word.');
    expect({ code, errors }).toEqual({ code: 1, errors: 'nape: 1 claim to change or to acknowledge.\n' });
  });
});
