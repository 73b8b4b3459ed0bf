import { stem, words } from '../language/tokens.ts';
import type { Embedder } from './embedder.ts';
import type { StaticWeights } from './static-weights.ts';
import { createWordMatcher } from './word-matcher.ts';

export interface StaticEmbedderParts {
  readonly weights: StaticWeights;
  /** Words of the article, most frequent first: an unknown word of a question is matched against these before the vocabulary. */
  readonly corpusWords?: Iterable<string>;
}

/**
 * Embeds offline: the unit-length sum of the vectors of a text's stems, each times log(1 + count). How much a stem
 * weighs beyond that is in the length of its vector.
 */
export function createStaticEmbedder({ weights, corpusWords = [] }: StaticEmbedderParts): Embedder {
  const { dimension, rows } = weights;
  const matcher = createWordMatcher({ corpusWords, vocabulary: rows.keys() });
  const embed = (stems: readonly (string | null)[]): Float32Array => {
    const counts = new Map<number, number>();
    for (const known of stems) {
      const row = known === null ? undefined : rows.get(known);
      if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    const sum = new Float64Array(dimension);
    for (const [row, count] of counts) addRow(sum, weights, row, Math.log1p(count));
    return unit(sum);
  };
  return {
    identity: weights.identity,
    dimension,
    async embedPassages(texts, signal) {
      return texts.map((text) => {
        signal?.throwIfAborted();
        return embed(words(text).map(stem));
      });
    },
    async embedQuery(text, signal) {
      signal?.throwIfAborted();
      return embed(words(text).map(matcher.stemOf));
    },
  };
}

function addRow(sum: Float64Array, { dimension, scales, values }: StaticWeights, row: number, weight: number): void {
  const factor = weight * (scales[row] ?? 0);
  const start = row * dimension;
  for (let at = 0; at < dimension; at++) sum[at] = (sum[at] ?? 0) + factor * (values[start + at] ?? 0);
}

/** The zero vector stays as it is. */
function unit(vector: Float64Array): Float32Array {
  let squares = 0;
  for (const component of vector) squares += component * component;
  const length = Math.sqrt(squares) || 1;
  const found = new Float32Array(vector.length);
  for (let at = 0; at < found.length; at += 1) found[at] = (vector[at] as number) / length;
  return found;
}
