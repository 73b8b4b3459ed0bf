import { createExtractiveWriter } from '../../src/answering/extractive-writer.ts';
import { createRateSentences } from '../../src/answering/sentence-relevance.ts';
import { createAsk } from '../../src/conversation/ask.ts';
import { createSuggest } from '../../src/conversation/suggestions.ts';
import type { Answer, AnswerEvent, Ask, Document } from '../../src/domain.ts';
import { parseDocument } from '../../src/knowledge/parse-document.ts';
import { splitPassages } from '../../src/knowledge/split-passages.ts';
import { silentLog } from '../../src/log.ts';
import { createHashingEmbedder } from '../../src/models/hashing-embedder.ts';
import { buildIndex } from '../../src/retrieval/build-index.ts';
import type { KnowledgeIndex } from '../../src/retrieval/knowledge-index.ts';

export interface AskOver {
  readonly ask: Ask;
  readonly index: KnowledgeIndex;
  readonly documents: readonly Document[];
}

/** The whole path of a question over some articles, file name to text, with an index in memory. */
export async function askOver(articles: Readonly<Record<string, string>>): Promise<AskOver> {
  const documents = Object.entries(articles).flatMap(([file, text]) => {
    const { document } = parseDocument({ file, bytes: new TextEncoder().encode(text) });
    return document ? [document] : [];
  });
  const embedder = createHashingEmbedder();
  const { index } = await buildIndex({
    directory: null,
    documents,
    passages: documents.flatMap(splitPassages),
    embedder,
    hnsw: null,
    log: silentLog,
    now: () => 0,
  });
  let ids = 0;
  const ask = createAsk({
    index: async () => index,
    writer: createExtractiveWriter(createRateSentences(embedder)),
    suggest: createSuggest(),
    newId: (kind) => `${kind}-${++ids}`,
    deadlineMs: 10_000,
    log: silentLog,
  });
  return { ask, index, documents };
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
