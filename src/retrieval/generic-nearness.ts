import { stem, words } from '../language/tokens.ts';
import { createRowProducts } from '../models/row-products.ts';
import type { TermVectors } from '../models/term-vectors.ts';

/** The cosine of a text with the nearest of some utterances about anything, -1 to 1; `except` is the place of one that does not count. */
export type GenericNearness = (text: string, except?: number) => number;

const greatestValue = 127;

/** What is as near to small talk as to anything is no question for an article. Made at the first text. */
export function createGenericNearness(terms: TermVectors, utterances: readonly string[]): GenericNearness {
  let rows: UtteranceRows | null = null;
  return (text, except = -1) => {
    rows ??= readUtterances(terms, utterances);
    const vector = sumOf(terms, text);
    if (!vector) return 0;
    const { products, lengths, places } = rows;
    const sums = products.of(vector.values, places);
    let nearest = -1;
    for (let at = 0; at < sums.length; at += 1) {
      if (at === except) continue;
      const cosine = (sums[at] as number) / (vector.length * (lengths[at] as number));
      if (cosine > nearest) nearest = cosine;
    }
    return nearest;
  };
}

interface UtteranceRows {
  readonly products: ReturnType<typeof createRowProducts>;
  readonly lengths: readonly number[];
  readonly places: readonly number[];
}

function readUtterances(terms: TermVectors, utterances: readonly string[]): UtteranceRows {
  const products = createRowProducts(terms.dimension);
  const vectors = utterances.map((utterance) => sumOf(terms, utterance));
  const places = vectors.map((vector) => products.add(vector?.values));
  return { products, lengths: vectors.map((vector) => vector?.length ?? 1), places };
}

interface ScaledVector {
  readonly values: Int8Array;
  /** Of the values. */
  readonly length: number;
}

/** The sum of the vectors of a text's stems, each once, on the scale of its greatest component; null without any. */
function sumOf(terms: TermVectors, text: string): ScaledVector | null {
  const sum = new Float64Array(terms.dimension);
  for (const token of new Set(words(text).map(stem))) {
    const row = terms.row(token);
    if (!row) continue;
    const scale = terms.weight(token) / row.length;
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] as number) + scale * (row.values[at] as number);
  }
  let greatest = 0;
  for (const component of sum) greatest = Math.max(greatest, Math.abs(component));
  if (greatest === 0) return null;
  const values = Int8Array.from(sum, (component) => Math.round((greatestValue * component) / greatest));
  let squares = 0;
  for (const value of values) squares += value * value;
  return { values, length: Math.sqrt(squares) };
}
