import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaqReport } from '../../../src/channels/cli/cli-app.ts';
import { faqEntry } from '../../conversation/faq-entry.ts';
import { cli } from './cli-run.ts';

const report: FaqReport = {
  entries: [faqEntry()],
  statuses: [
    { state: 'fresh', question: 'What is shiatsu?', line: 1, notes: [] },
    { state: 'fresh', question: 'What is fascia?', line: 9, notes: ['The variant “x” is there twice. Take one out.'] },
    {
      state: 'stale',
      question: 'What is Thai massage?',
      line: 20,
      notes: ['The section does not say it.', 'Nor this.'],
    },
    { state: 'invalid', question: null, line: 30, notes: ['It is not YAML.'] },
  ],
  titles: ['Massage'],
  language: 'en',
};
const fresh: FaqReport = { ...report, statuses: report.statuses.slice(0, 1) };
const run = (line: readonly string[], faq: FaqReport = fresh, suggestions: string | null = null) =>
  cli(['faq', ...line], { app: { faq: async () => faq, suggestFaq: async () => suggestions } });

describe('nape faq', () => {
  it('every entry > with its state, and what to do about those that are not served', async () => {
    const { code, out, errors } = await run([], report);
    expect(out).toMatchInlineSnapshot(`
      "✓ fresh    What is shiatsu? (line 1)
      ! fresh    What is fascia? (line 9)
                 → The variant “x” is there twice. Take one out.
      ! stale    What is Thai massage? (line 20)
                 → The section does not say it. Nor this.
      ✗ invalid  cannot be read (line 30)
                 → It is not YAML.

      2 entries are served.
      "
    `);
    expect(errors).toBe('nape: 2 entries are not served; what to do stands under each.\n');
    expect(code).toBe(1);
  });

  it('all served > exit code 0', async () => {
    expect(await run([])).toMatchObject({ code: 0, errors: '' });
  });

  it('no FAQ > says how to start one', async () => {
    const { code, out } = await run([], { ...report, entries: [], statuses: [] });
    expect(out).toContain('nape faq suggest');
    expect(code).toBe(0);
  });

  it('a question that could steer the terminal > is shown without that', async () => {
    const status = { state: 'fresh', question: 'a\u001b[2Jb', line: 1, notes: [] } as const;
    expect((await run([], { ...fresh, statuses: [status] })).out).toContain('ab (line 1)');
  });
});

describe('nape faq export', () => {
  it('a page, data or Markdown > as the option says', async () => {
    expect((await run(['export'])).out).toMatch(/^<!doctype html>\n<html lang="en">/u);
    expect((await run(['export', '--html'])).out).toBe((await run(['export'])).out);
    expect(JSON.parse((await run(['export', '--json'])).out)).toEqual({ entries: [faqEntry()] });
    expect((await run(['export', '--md'])).out).toMatch(/^## Techniques\n\n### What is shiatsu\?\n/u);
  });

  it('entries that are not served > are left out, and told', async () => {
    const { code, errors } = await run(['export', '--md'], report);
    expect(errors).toContain('2 left out');
    expect(code).toBe(0);
  });

  it('--out > writes the file and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nape-export-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'faq.md');
    for (const option of [`--out=${file}`, ['--out', file]].map((part) => [part].flat())) {
      const { code, out } = await run(['export', '--md', ...option]);
      expect({ code, out }).toEqual({ code: 0, out: '' });
      expect(await readFile(file, 'utf8')).toContain('### What is shiatsu?');
    }
    const failed = await run(['export', '--out', join(folder, 'nowhere', 'faq.html')]);
    expect(failed.code).toBe(1);
    expect(failed.errors).toMatch(/faq\.html cannot be written \(ENOENT\)\. Name a file/u);
  });
});

describe('nape faq suggest', () => {
  it('drafts > on standard output', async () => {
    expect(await run(['suggest'], fresh, '- question: Why?\n')).toMatchObject({ code: 0, out: '- question: Why?\n' });
  });

  it('nothing kept, nothing asked > says so', async () => {
    expect(await run(['suggest'])).toMatchObject({ code: 1, errors: expect.stringContaining('NAPE_KEEP_QUESTIONS') });
    expect(await run(['suggest'], fresh, '')).toMatchObject({
      code: 0,
      errors: expect.stringContaining('No question'),
    });
  });
});

describe('wrong use', () => {
  it.each([
    [['exprot'], 'Did you mean nape faq export?'],
    [['export', 'now'], 'Unexpected "export now"'],
    [['export', '--html', '--md'], 'Choose one of'],
    [['export', '--out'], '--out needs the name of a file'],
    [['export', '--html=yes'], '--html takes no value'],
    [['suggest', '--json'], 'nape faq export'],
    [['--md'], 'Did you mean nape faq export?'],
    [['--watch'], 'Unknown option "--watch"'],
  ])('nape faq %j > exit code 2 with a hint', async (line, hint) => {
    const { code, out, errors } = await run(line);
    expect(errors).toContain(hint);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});
