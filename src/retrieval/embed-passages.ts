import { setImmediate } from 'node:timers/promises';
import type { IndexProgress, Passage } from '../domain.ts';
import type { Embedder } from '../models/embedder.ts';
import { checkVector, type VectorTable, vectorAt } from './vector-index.ts';

export interface EmbedPassagesParts {
  readonly embedder: Embedder;
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly signal?: AbortSignal;
}

/** Texts given to the embedder at once: one request for a remote one, one step of progress for a local one. */
const batchSize = 256;

/**
 * One row per passage, in memory that a worker can share: where `known` has an ordinal of `earlier` the row from there,
 * for -1 one from the embedder. Throws an `index-unavailable` NapeError for a bad vector.
 */
export async function embedPassages(
  { embedder, onProgress, signal }: EmbedPassagesParts,
  passages: readonly Passage[],
  known: Int32Array,
  earlier: VectorTable | null,
): Promise<VectorTable> {
  const { dimension } = embedder;
  const values = new Float32Array(new SharedArrayBuffer(passages.length * dimension * 4));
  const missing: { readonly ordinal: number; readonly passage: Passage }[] = [];
  for (const [ordinal, passage] of passages.entries()) {
    const row = known[ordinal] ?? -1;
    if (earlier && row >= 0) values.set(vectorAt(earlier, row), ordinal * dimension);
    else missing.push({ ordinal, passage });
  }
  for (let done = 0; done < missing.length; done += batchSize) {
    onProgress?.({ phase: 'embedding', done, total: missing.length });
    const batch = missing.slice(done, done + batchSize);
    const vectors = await embedder.embedPassages(
      batch.map(({ passage }) => embeddedText(passage)),
      signal,
    );
    for (const [at, { ordinal, passage }] of batch.entries()) {
      const vector = vectors[at] ?? new Float32Array(0);
      checkVector(vector, dimension, `passage ${passage.id}`);
      values.set(vector, ordinal * dimension);
    }
    await setImmediate();
    signal?.throwIfAborted();
  }
  onProgress?.({ phase: 'embedding', done: missing.length, total: missing.length });
  return { dimension, size: passages.length, values };
}

/**
 * What stands for a passage in vector space: its own heading twice, because it names what the passage is about, and its
 * sentences as a person reads them. Outer headings are left to the keywords: they would draw siblings together.
 */
export function embeddedText({ headings, sentences }: Passage): string {
  const own = headings.slice(-1);
  return [...own, ...own, sentences.map(({ text }) => text).join(' ')].join('. ');
}
