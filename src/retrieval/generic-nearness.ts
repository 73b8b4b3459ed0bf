import { stem, words } from '../language/tokens.ts';
import { createRowProducts } from '../models/row-products.ts';
import type { TermVectors } from '../models/term-vectors.ts';

/** The cosine of a vector with that of the nearest of some utterances about anything, -1 to 1; `except` is the place of one that does not count. */
export type GenericNearness = (vector: ArrayLike<number>, except?: number) => number;

const greatestValue = 127;

/** What is as near to small talk as to anything is no question for an article. Vectors are those of `vectorOfStems`, up to scale. */
export function createGenericNearness(terms: TermVectors, utterances: readonly string[]): GenericNearness {
  let rows: UtteranceRows | null = null;
  return (vector, except = -1) => {
    rows ??= readUtterances(terms, utterances);
    const scaled = scaledOf(vector);
    if (!scaled) return 0;
    const { products, lengths, places } = rows;
    const sums = products.of(scaled.values, places);
    let nearest = -1;
    for (let at = 0; at < sums.length; at += 1) {
      if (at === except) continue;
      const cosine = (sums[at] as number) / (scaled.length * (lengths[at] as number));
      if (cosine > nearest) nearest = cosine;
    }
    return nearest;
  };
}

/** The sum of the vectors of a text's stems, each once: up to scale what the offline embedder makes of a text. */
export function vectorOfStems(terms: TermVectors, text: string): Float64Array {
  const sum = new Float64Array(terms.dimension);
  for (const token of new Set(words(text).map(stem))) {
    const row = terms.row(token);
    if (!row) continue;
    const { values } = row;
    const scale = terms.weight(token) / row.length;
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] as number) + scale * (values[at] as number);
  }
  return sum;
}

interface UtteranceRows {
  readonly products: ReturnType<typeof createRowProducts>;
  readonly lengths: readonly number[];
  readonly places: readonly number[];
}

function readUtterances(terms: TermVectors, utterances: readonly string[]): UtteranceRows {
  const products = createRowProducts(terms.dimension);
  const scaled = utterances.map((utterance) => scaledOf(vectorOfStems(terms, utterance)));
  const places = scaled.map((vector) => products.add(vector?.values));
  return { products, lengths: scaled.map((vector) => vector?.length ?? 1), places };
}

interface ScaledVector {
  readonly values: Int8Array;
  /** Of the values. */
  readonly length: number;
}

/** A vector on the scale of its greatest component; null for zeros. */
function scaledOf(vector: ArrayLike<number>): ScaledVector | null {
  let greatest = 0;
  for (let at = 0; at < vector.length; at += 1) greatest = Math.max(greatest, Math.abs(vector[at] as number));
  if (greatest === 0) return null;
  const values = new Int8Array(vector.length);
  let squares = 0;
  for (let at = 0; at < vector.length; at += 1) {
    const value = Math.round((greatestValue * (vector[at] as number)) / greatest);
    values[at] = value;
    squares += value * value;
  }
  return { values, length: Math.sqrt(squares) };
}
