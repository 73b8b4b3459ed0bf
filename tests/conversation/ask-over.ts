import { fileURLToPath } from 'node:url';
import { createExtractiveWriter } from '../../src/answering/extractive-writer.ts';
import { createRateSentences } from '../../src/answering/sentence-relevance.ts';
import { type AskParts, createAsk } from '../../src/conversation/ask.ts';
import { createDetectLocale } from '../../src/conversation/locale.ts';
import { forgetful } from '../../src/conversation/remember.ts';
import { createStandAlone } from '../../src/conversation/standalone.ts';
import { createStepBack, type StepBack } from '../../src/conversation/step-back.ts';
import { createSuggest } from '../../src/conversation/suggestions.ts';
import { loadTriage } from '../../src/conversation/triage/load-triage.ts';
import { createTurnTaking } from '../../src/conversation/turn-taking.ts';
import type { Answer, AnswerEvent, Ask, Document } from '../../src/domain.ts';
import { parseDocument } from '../../src/knowledge/parse-document.ts';
import { quotablePassages } from '../../src/knowledge/read-articles.ts';
import { stem } from '../../src/language/tokens.ts';
import { silentLog } from '../../src/log.ts';
import { createStaticEmbedder } from '../../src/models/static-embedder.ts';
import { loadStaticWeights } from '../../src/models/static-weights.ts';
import { createTermVectors } from '../../src/models/term-vectors.ts';
import { buildIndex } from '../../src/retrieval/build-index.ts';
import { createHybridSearch, type HybridSearch } from '../../src/retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../../src/retrieval/knowledge-index.ts';
import { loadThesaurus } from '../../src/retrieval/thesaurus.ts';
import { loadUtterances } from '../../src/retrieval/utterances.ts';
import { loadWordRelations } from '../../src/retrieval/word-relations.ts';

const models = new URL('../../models/', import.meta.url).pathname;
const weights = await loadStaticWeights(`${models}static-stems`);
export const everyUtterance = await loadUtterances(`${models}calibration/utterances.txt`);
export const thesaurus = await loadThesaurus(
  fileURLToPath(new URL('../../lexicons/everyday-words.txt', import.meta.url)),
);
export const relations = await loadWordRelations(
  fileURLToPath(new URL('../../lexicons/wordnet-relations.txt', import.meta.url)),
);
export const embedder = createStaticEmbedder({ weights });
export const terms = createTermVectors(weights);
export const detectLocale = createDetectLocale((word) => weights.rows.has(stem(word)));

export const { triage, triageOutput } = await loadTriage(fileURLToPath(new URL('../../', import.meta.url)));

/** With no contacts configured. */
export function newStepBack(): StepBack {
  return createStepBack({ triage, contacts: {} });
}

export interface AskOver {
  readonly ask: Ask;
  /** The same path with other parts. */
  readonly askWith: (parts: Partial<AskParts>) => Ask;
  readonly index: KnowledgeIndex;
  readonly search: HybridSearch;
  readonly documents: readonly Document[];
}

/** The whole path of a question over some articles, file name to text, with an index in memory. */
export async function askOver(
  articles: Readonly<Record<string, string>>,
  utterances: readonly string[] = everyUtterance,
): Promise<AskOver> {
  const documents = Object.entries(articles).flatMap(([file, text]) => {
    const { document } = parseDocument({ file, bytes: new TextEncoder().encode(text) });
    return document ? [document] : [];
  });
  const { index } = await buildIndex({
    directory: null,
    documents,
    passages: documents.flatMap(quotablePassages),
    embedder,
    hnsw: null,
    log: silentLog,
    now: () => 0,
  });
  const search = createHybridSearch({
    embedder,
    terms,
    thesaurus,
    relations,
    utterances,
    log: silentLog,
  });
  const extractive = createExtractiveWriter(createRateSentences(embedder));
  let ids = 0;
  const parts: AskParts = {
    detectLocale,
    stepBack: newStepBack(),
    index: async () => index,
    standAlone: createStandAlone({ search, log: silentLog }),
    writer: () => ({ write: extractive, isModel: false }),
    quote: extractive,
    curated: async () => null,
    search,
    suggest: createSuggest(search),
    takeTurn: createTurnTaking(),
    remember: forgetful,
    newId: (kind) => `${kind}-${++ids}`,
    deadlineMs: 10_000,
    clock: () => performance.now(),
    log: silentLog,
  };
  const askWith = (others: Partial<AskParts>) => createAsk({ ...parts, ...others });
  return { ask: askWith({}), askWith, index, search, documents };
}

export async function eventsOf(events: AsyncIterable<AnswerEvent>): Promise<readonly AnswerEvent[]> {
  const all: AnswerEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The answer to a question; fails when there is none. */
export async function answerTo(ask: Ask, text: string): Promise<Answer> {
  const last = (await eventsOf(ask({ text }))).at(-1);
  if (last?.type !== 'answer-end') throw new Error(`no answer to ${text}: ${JSON.stringify(last)}`);
  return last.answer;
}
