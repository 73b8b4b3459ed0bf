import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Document, Passage } from '../../src/domain.ts';
import { loadKnowledge } from '../../src/knowledge/load-knowledge.ts';
import { splitPassages } from '../../src/knowledge/split-passages.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import { createStaticEmbedder } from '../../src/models/static-embedder.ts';
import { loadStaticWeights } from '../../src/models/static-weights.ts';
import { embeddedText } from '../../src/retrieval/embed-passages.ts';
import { createExactIndex } from '../../src/retrieval/exact-index.ts';
import { parseLines, passageLines } from '../../src/retrieval/passages-file.ts';
import { type VectorTable, vectorAt } from '../../src/retrieval/vector-index.ts';
import { wordnetCorpus } from './wordnet-corpus.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What every contender gets: the same texts, vectors and questions. */
export interface BenchCorpus {
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  readonly vectors: VectorTable;
  readonly questions: readonly string[];
  readonly questionVectors: readonly Float32Array[];
  /** The ten nearest passages of each question by exact cosine. */
  readonly nearest: readonly (readonly number[])[];
}

export const wanted = 10;
const questionCount = 200;

export async function shippedEmbedder(): Promise<Embedder> {
  return createStaticEmbedder({ weights: await loadStaticWeights(join(root, 'models', 'static-stems')) });
}

/** The article, asked the questions of the evaluation, or so many passages of WordNet; written to the folder. */
export async function writeBenchCorpus(
  folder: string,
  size: number | 'article',
): Promise<{ embedMs: number; passages: number }> {
  const { documents, passages, questions } =
    size === 'article' ? await articleCorpus() : wordnetCorpus(size, questionCount);
  const embedder = await shippedEmbedder();
  const start = performance.now();
  const values = new Float32Array(passages.length * embedder.dimension);
  for (const [ordinal, passage] of passages.entries()) {
    const [vector] = await embedder.embedPassages([embeddedText(passage)]);
    values.set(vector!, ordinal * embedder.dimension);
  }
  const embedMs = performance.now() - start;
  const table = { dimension: embedder.dimension, size: passages.length, values };
  const exact = createExactIndex(table);
  const vectors = await Promise.all(questions.map((question) => embedder.embedQuery(question)));
  const nearest = vectors.map((vector) => exact.search(vector, wanted).map(({ ordinal }) => ordinal));
  writeFileSync(join(folder, 'passages.jsonl'), '');
  for (const lines of passageLines(passages)) writeFileSync(join(folder, 'passages.jsonl'), lines, { flag: 'a' });
  writeFileSync(join(folder, 'vectors.f32'), values);
  const outline = documents.map((document) => ({ ...document, source: '', sections: [] }));
  const asked = { dimension: embedder.dimension, documents: outline, questions, nearest };
  writeFileSync(
    join(folder, 'questions.json'),
    JSON.stringify({ ...asked, vectors: vectors.map((vector) => [...vector]) }),
  );
  return { embedMs, passages: passages.length };
}

export function readBenchCorpus(folder: string): BenchCorpus {
  const { dimension, documents, questions, nearest, vectors } = JSON.parse(
    readFileSync(join(folder, 'questions.json'), 'utf8'),
  );
  const passages = [...parseLines([readFileSync(join(folder, 'passages.jsonl'), 'utf8')])];
  const bytes = new Uint8Array(readFileSync(join(folder, 'vectors.f32')));
  const table = { dimension, size: passages.length, values: new Float32Array(bytes.buffer) };
  const questionVectors = vectors.map((vector: readonly number[]) => Float32Array.from(vector));
  return { documents, passages, vectors: table, questions, questionVectors, nearest };
}

/** Vectors as JavaScript arrays, as LangChain and Orama take them. */
export function arraysOf(table: VectorTable): number[][] {
  return Array.from({ length: table.size }, (_, ordinal) => [...vectorAt(table, ordinal)]);
}

async function articleCorpus() {
  const { documents } = await loadKnowledge(join(root, 'knowledge'));
  const asked: readonly { readonly question: string }[] = JSON.parse(
    readFileSync(join(root, 'tests', 'evals', 'first-questions.json'), 'utf8'),
  );
  return { documents, passages: documents.flatMap(splitPassages), questions: asked.map(({ question }) => question) };
}
