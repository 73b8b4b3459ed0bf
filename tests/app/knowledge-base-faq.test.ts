import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKnowledgeBase, type KnowledgeBase } from '../../src/app/knowledge-base.ts';
import { createKnownQuestions } from '../../src/conversation/known-questions.ts';
import type { IndexReport } from '../../src/domain.ts';
import { openClaimLint } from '../../src/knowledge/read-articles.ts';
import { silentLog } from '../../src/log.ts';
import { createHybridSearch } from '../../src/retrieval/hybrid-search.ts';
import { embedder, everyUtterance, relations, terms, thesaurus } from '../conversation/ask-over.ts';
import { checkFaq } from '../conversation/faq-over.ts';

const article = '# Massage\n\n## Shiatsu\n\nShiatsu is a massage with pressure on points.\n';
const faq = `- question: What is shiatsu?
  answer: [{quote: Shiatsu is a massage with pressure on points., from: shiatsu}]
`;

/** A knowledge base over a folder of its own. */
async function baseOver(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'nape-base-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const knowledgeDir = await mkdtemp(join(folder, 'knowledge-'));
  const write = (name: string, text: string) => writeFile(join(knowledgeDir, name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const open = () => {
    const questions = createKnownQuestions();
    const hybrid = createHybridSearch({
      embedder,
      terms,
      thesaurus,
      relations,
      knownQuestions: questions.over((index) => base.faq(index).entries),
      utterances: everyUtterance.slice(0, 40),
      log: silentLog,
    });
    const base: KnowledgeBase = createKnowledgeBase({
      config: { knowledgeDir, dataDir: join(folder, 'data') },
      log: silentLog,
      embedder,
      hybrid,
      questions,
      hnsw: null,
      openLint: () => openClaimLint(new URL('../../lexicons', import.meta.url).pathname, knowledgeDir),
      checkFaq,
      shared: null,
    });
    return { base, hybrid };
  };
  const { base, hybrid } = open();
  return { base, hybrid, open, write };
}

const served = (base: Awaited<ReturnType<typeof baseOver>>['base']) =>
  base.faq(base.current()).entries.map(({ question }) => question);

describe('the FAQ of a knowledge folder', () => {
  it('a folder without one > is indexed without a problem, and nothing is served', async () => {
    const { base } = await baseOver({ 'massage.md': article });
    expect((await base.index()).problems).toEqual([]);
    expect(served(base)).toEqual([]);
    expect(base.faq(undefined).entries).toEqual([]);
  });

  it('an owner’s own folder with its own FAQ > serves that', async () => {
    const { base } = await baseOver({ 'massage.md': article, 'faq.yaml': faq });
    expect((await base.index()).problems).toEqual([]);
    expect(served(base)).toEqual(['What is shiatsu?']);
  });

  it('a sentence of the article that changes > takes its answer out of service at the next run', async () => {
    const { base, write } = await baseOver({ 'massage.md': article, 'faq.yaml': faq });
    await base.index();
    await write('massage.md', article.replace('points', 'certain points'));
    const { problems } = await base.index();
    expect(served(base)).toEqual([]);
    expect(problems).toEqual([{ file: 'faq.yaml', message: expect.stringContaining('is stale and is not served') }]);
    expect(base.faq(base.current()).statuses).toMatchObject([{ state: 'stale' }]);
  });

  it('a FAQ that changes alone > is served anew, and what generic utterances score is measured with its questions', async () => {
    const { base, write } = await baseOver({ 'massage.md': article, 'faq.yaml': faq });
    const first = await base.index();
    const before = base.current()?.calibration;
    await write('faq.yaml', faq.replace('What is shiatsu?', 'Shiatsu?'));
    const second = await base.index();
    expect(served(base)).toEqual(['Shiatsu?']);
    expect(second).toMatchObject({ outcome: 'built', passages: { embedded: 0, reused: 1 } });
    expect(second.generation).not.toBe(first.generation);
    expect(base.current()?.calibration?.by).not.toBe(before?.by);
    expect((await base.index()).outcome).toBe('unchanged');
  });

  it('a question like one of the FAQ > is more evidence than without the FAQ', async () => {
    const [plain, known] = [
      await baseOver({ 'massage.md': article }),
      await baseOver({ 'massage.md': article, 'faq.yaml': faq.replace('What is shiatsu?', 'Who invented the thumb?') }),
    ];
    const strengthOf = async ({ base, hybrid }: typeof plain) =>
      (await hybrid.search(await base.ready(), 'inventing a thumb')).strength;
    expect(await strengthOf(known)).toBeGreaterThan((await strengthOf(plain)) + 0.5);
  });

  it('a watched folder > notices the FAQ', async () => {
    const { base, write } = await baseOver({ 'massage.md': article });
    await base.index();
    const stop = new AbortController();
    const report = new Promise<IndexReport>((resolve) => void base.watch(resolve, stop.signal));
    // Watching starts a moment after it is asked for.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await write('faq.yaml', faq);
    await report;
    stop.abort();
    expect(served(base)).toEqual(['What is shiatsu?']);
  });

  it('the last generation opened as it is > has the FAQ held against it', async () => {
    const { base, open } = await baseOver({ 'massage.md': article, 'faq.yaml': faq });
    await base.index();
    const { base: next } = open();
    await next.openLast();
    expect(served(next)).toEqual(['What is shiatsu?']);
  });

  it('a FAQ that is no YAML > is a problem, and the articles are indexed', async () => {
    const { base } = await baseOver({ 'massage.md': article, 'faq.yaml': '- question: "open\n' });
    const { problems } = await base.index();
    expect(problems).toEqual([{ file: 'faq.yaml', message: expect.stringContaining('It is not YAML') }]);
    expect(base.current()?.passages).toHaveLength(1);
  });
});
