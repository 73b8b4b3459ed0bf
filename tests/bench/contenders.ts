import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { Document } from '@langchain/core/documents';
import { FakeEmbeddings } from '@langchain/core/utils/testing';
import { create, insertMultiple, search } from '@orama/orama';
import MiniSearch from 'minisearch';
import { silentLog } from '../../src/log.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import { buildIndex } from '../../src/retrieval/build-index.ts';
import { createCosine } from '../../src/retrieval/cosine.ts';
import { loadHnsw } from '../../src/retrieval/hnsw-index.ts';
import { createHybridSearch } from '../../src/retrieval/hybrid-search.ts';
import { type KnowledgeIndex, keywordWeight } from '../../src/retrieval/knowledge-index.ts';
import { openGeneration } from '../../src/retrieval/open-index.ts';
import { best } from '../../src/retrieval/ranking.ts';
import { vectorAt } from '../../src/retrieval/vector-index.ts';
import { arraysOf, type BenchCorpus, shippedEmbedder, wanted } from './bench-corpus.ts';
import { milliseconds, quantile, timed } from './figures.ts';
import { wordnetCorpus } from './wordnet-corpus.ts';

export interface Searched {
  readonly name: string;
  /** Milliseconds of each query. */
  readonly times: readonly number[];
  /** Share of the ten best by an exact search that were found; null where no exact search does the same. */
  readonly recall: number | null;
}

export interface Outcome {
  readonly buildMs: number;
  /** Resident memory that building added, after a garbage collection. */
  readonly megabytes: number;
  readonly searched: readonly Searched[];
  /** Further measurements, as text. */
  readonly notes: readonly string[];
}

/** The slower a contender is, the fewer questions it gets. */
const budgetMs = 6000;
const fewestQueries = 4;
const mostQueries = 1000;
/** Questions for the recall of a contender that compares with every vector. */
const fewQuestions = 30;
const changedPassages = 100;

export const contenders: Readonly<Record<string, (corpus: BenchCorpus) => Promise<Outcome>>> = {
  Nape: benchNape,
  'LangChain HNSWLib': async (corpus) => {
    const store = new HNSWLib(new FakeEmbeddings(), { space: 'cosine', numDimensions: corpus.vectors.dimension });
    return benchLangChain('LangChain HNSWLib, vectors only', store, corpus, corpus.questions.length);
  },
  'LangChain MemoryVectorStore': async (corpus) =>
    benchLangChain('LangChain MemoryVectorStore', new MemoryVectorStore(new FakeEmbeddings()), corpus, few(corpus)),
  MiniSearch: async (corpus) => {
    const postings = new MiniSearch({ fields: ['headings', 'text'] });
    const { buildMs, megabytes } = await built(async () => postings.addAll(textsOf(corpus)));
    const run = async (at: number) =>
      postings
        .search(corpus.questions[at]!)
        .slice(0, wanted)
        .map(({ id }) => Number(id));
    const searched = [await ask('MiniSearch, words only', few(corpus), run)];
    return { buildMs, megabytes, searched, notes: [] };
  },
  Orama: async (corpus) => {
    const { dimension } = corpus.vectors;
    const schema = { headings: 'string', text: 'string', vector: `vector[${dimension}]` } as const;
    const store = create({ schema });
    const vectors = arraysOf(corpus.vectors);
    const texts = textsOf(corpus).map(({ id, ...text }) => ({ id: String(id), ...text, vector: vectors[id]! }));
    const { buildMs, megabytes } = await built(async () => insertMultiple(store, texts, 1000));
    const params = (at: number) => ({
      term: corpus.questions[at]!,
      vector: { value: [...corpus.questionVectors[at]!], property: 'vector' },
      limit: wanted,
    });
    const run = async (at: number) => {
      const { hits } = await search(store, { mode: 'hybrid', ...params(at) });
      return hits.map(({ id }) => Number(id));
    };
    return { buildMs, megabytes, searched: [await ask('Orama, hybrid', few(corpus), run)], notes: [] };
  },
};

/** The real thing with a folder on disk; its queries include embedding the question, those of the others do not. */
async function benchNape(corpus: BenchCorpus): Promise<Outcome> {
  const shipped = await shippedEmbedder();
  let given = 0;
  // Everyone gets the vectors ready made; a question and what changes later are embedded here and now.
  const readyMade: Embedder = {
    ...shipped,
    embedPassages: async (texts, signal) =>
      given < corpus.passages.length
        ? texts.map(() => vectorAt(corpus.vectors, given++))
        : shipped.embedPassages(texts, signal),
  };
  const folder = mkdtempSync(join(tmpdir(), 'nape-bench-'));
  try {
    const parts = {
      directory: join(folder, 'index'),
      embedder: readyMade,
      hnsw: await loadHnsw(silentLog),
      log: silentLog,
    };
    const build = (passages: BenchCorpus['passages']) =>
      buildIndex({ ...parts, documents: corpus.documents, passages, now: Date.now });
    const lag = monitorEventLoopDelay({ resolution: 5 });
    const { value, buildMs, megabytes } = await built(async () => {
      lag.enable();
      const { index, unsaved } = await build(corpus.passages);
      lag.disable();
      if (unsaved) throw unsaved;
      return index;
    });
    const buildLagMs = lag.max / 1e6;
    const ordinals = new Map(corpus.passages.map(({ id }, ordinal) => [id, ordinal]));
    const { content } = (await openGeneration(parts))!;
    const cosine = createCosine(corpus.vectors);
    const exactly = (at: number): readonly number[] => {
      const similarity = cosine(corpus.questionVectors[at]!);
      const { scoreOf } = content.keywords.score(corpus.questions[at]!);
      const scoreAt = (ordinal: number) => similarity(ordinal) + keywordWeight * scoreOf(ordinal);
      return best(content.passages.length, wanted, scoreAt).filter((ordinal) => scoreAt(ordinal) > 0);
    };
    const hybrid = async (at: number) => {
      const found = await value.search(corpus.questions[at]!, { limit: wanted });
      return found.map(({ passage }) => ordinals.get(passage.id)!);
    };
    const vectorsOnly = async (at: number) =>
      content.graph!.search(corpus.questionVectors[at]!, wanted).map(({ ordinal }) => ordinal);
    const count = corpus.questions.length;
    const whole = await openWholeSearch(value);
    const searched = [
      await ask('Nape, hybrid', count, hybrid, exactly),
      await ask('Nape, vectors only', count, vectorsOnly, (at) => corpus.nearest[at]!),
      await ask('Nape, hybrid with words, spelling and evidence', count, async (at) => {
        const { passages } = await whole.search(corpus.questions[at]!);
        return passages.map(({ passage }) => ordinals.get(passage.id)!);
      }),
    ];
    const notes = [
      `first whole search, with what generic utterances score: ${milliseconds(whole.firstMs)}`,
      `longest block of the event loop while building: ${milliseconds(buildLagMs)}`,
    ];
    if (corpus.passages.length > 10 * changedPassages) notes.push(await benchUpdate(corpus, build, value.search));
    return { buildMs, megabytes, searched, notes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All that a question goes through: the index, mended words, the word-by-word comparison and the evidence. */
async function openWholeSearch(index: KnowledgeIndex) {
  const { embedder, everyUtterance, relations, terms, thesaurus } = await import('../conversation/ask-over.ts');
  const search = createHybridSearch({
    embedder,
    terms,
    thesaurus,
    relations,
    utterances: everyUtterance,
    log: silentLog,
  });
  const firstMs = await timed(() => search.search(index, 'what is there to see'));
  return { firstMs, search: (question: string) => search.search(index, question, { limit: wanted }) };
}

/** Changes some passages and updates, while the old generation goes on answering. */
async function benchUpdate(
  corpus: BenchCorpus,
  build: (passages: BenchCorpus['passages']) => ReturnType<typeof buildIndex>,
  searchOld: (query: string) => Promise<unknown>,
): Promise<string> {
  const fresh = wordnetCorpus(changedPassages, 0, 2).passages;
  const step = Math.floor(corpus.passages.length / changedPassages);
  const changed = corpus.passages.map((passage, at) => {
    const other = fresh[at / step];
    return other ? { ...passage, text: other.text, sentences: other.sentences, hash: other.hash } : passage;
  });
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const times: number[] = [];
  let running = true;
  const start = performance.now();
  const updating = build(changed).finally(() => {
    running = false;
  });
  while (running) {
    times.push(await timed(() => searchOld(corpus.questions[times.length % corpus.questions.length]!)));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { report } = await updating;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  lag.disable();
  return [
    `update of ${report.passages.embedded} changed passages: ${seconds} s`,
    `longest block ${milliseconds(lag.max / 1e6)}`,
    `the old generation answers meanwhile, p50 ${milliseconds(quantile(times, 0.5))}, p99 ${milliseconds(quantile(times, 0.99))}`,
    `resident memory then ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB in all`,
  ].join('; ');
}

async function benchLangChain(
  name: string,
  store: HNSWLib | MemoryVectorStore,
  corpus: BenchCorpus,
  count: number,
): Promise<Outcome> {
  const documents = textsOf(corpus).map(
    ({ id, text }) => new Document({ pageContent: text, metadata: { ordinal: id } }),
  );
  const { buildMs, megabytes } = await built(() => store.addVectors(arraysOf(corpus.vectors), documents));
  const run = async (at: number): Promise<readonly number[]> => {
    const found = await store.similaritySearchVectorWithScore([...corpus.questionVectors[at]!], wanted);
    return found.map(([{ metadata }]) => metadata.ordinal);
  };
  return { buildMs, megabytes, searched: [await ask(name, count, run, (at) => corpus.nearest[at]!)], notes: [] };
}

function few({ passages, questions }: BenchCorpus): number {
  return passages.length > 1000 ? fewQuestions : questions.length;
}

function textsOf({ passages }: BenchCorpus) {
  return passages.map(({ headings, text }, id) => ({ id, headings: headings.join('\n'), text }));
}

/** Times a build, and measures what it adds to the resident memory. */
async function built<Value>(
  build: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly buildMs: number; readonly megabytes: number }> {
  const resident = () => {
    globalThis.gc?.();
    return process.memoryUsage.rss() / 1e6;
  };
  const before = resident();
  const start = performance.now();
  const value = await build();
  const buildMs = performance.now() - start;
  return { value, buildMs, megabytes: resident() - before };
}

/** Asks the first `count` questions, again and again if they are quick, and compares with the exact answers. */
async function ask(
  name: string,
  count: number,
  run: (at: number) => Promise<readonly number[]>,
  exactly?: (at: number) => readonly number[],
): Promise<Searched> {
  await run(0);
  const onceMs = await timed(() => run(1 % count));
  const queries = Math.max(fewestQueries, Math.min(mostQueries, Math.round(budgetMs / onceMs)));
  if (queries > fewestQueries) for (let at = 0; at < queries / 4; at += 1) await run(at % count);
  const times: number[] = [];
  for (let at = 0; at < queries; at += 1) times.push(await timed(() => run(at % count)));
  if (!exactly) return { name, times, recall: null };
  let found = 0;
  let all = 0;
  for (let at = 0; at < count; at += 1) {
    const truth = new Set(exactly(at));
    all += truth.size;
    found += (await run(at)).filter((ordinal) => truth.has(ordinal)).length;
  }
  return { name, times, recall: found / all };
}
