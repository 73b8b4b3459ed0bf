import type { Passage } from '../domain.ts';
import { contentStems } from '../language/stop-words.ts';
import type { TermVectors } from '../models/term-vectors.ts';

/** How the words of a query find their like in some passages. */
export interface Interaction {
  /** For each passage, 0 to 1: the weighted mean, over the query's words, of the best cosine with a word of the passage. */
  readonly overlaps: readonly number[];
  /** The same with the best word of all these passages together: how much of the query they speak of at all. */
  readonly support: number;
  /** For each query stem, in the order given: how much it says, and the best cosine with any word of these passages. */
  readonly terms: readonly { readonly weight: number; readonly closest: number }[];
}

export type LateInteraction = (stems: readonly string[], passages: readonly Passage[]) => Interaction;

const mostCachedQueryStems = 500;
const mostCachedPassages = 5_000;

/**
 * Compares word by word where a single vector blurs: MaxSim (O. Khattab and M. Zaharia, "ColBERT", 2020) over static
 * stem vectors, each word weighted by how much it says. Words are compared once and remembered.
 */
export function createLateInteraction(terms: TermVectors): LateInteraction {
  const numbers = new Map<string, number>();
  const units: (Float32Array | undefined)[] = [];
  const passageTerms = new Map<Passage, Uint32Array>();
  const similarities = new Map<string, Float32Array>();

  function numberOf(stem: string): number {
    const known = numbers.get(stem);
    if (known !== undefined) return known;
    const next = units.length;
    numbers.set(stem, next);
    units.push(terms.unit(stem));
    return next;
  }

  function termsOf(passage: Passage): Uint32Array {
    const known = passageTerms.get(passage);
    if (known) return known;
    if (passageTerms.size >= mostCachedPassages) passageTerms.clear();
    const text = [...passage.headings, ...passage.sentences.map((sentence) => sentence.text)].join('\n');
    const found = Uint32Array.from(new Set(contentStems(text)), numberOf);
    passageTerms.set(passage, found);
    return found;
  }

  /** Similarities of one query stem by term number, NaN where not compared yet. */
  function similaritiesOf(stem: string): Float32Array {
    const known = similarities.get(stem);
    if (known && known.length >= units.length) return known;
    if (!known && similarities.size >= mostCachedQueryStems) similarities.clear();
    // Twice as long as needed, so that a growing corpus seldom makes it grow.
    const table = new Float32Array(2 * units.length).fill(Number.NaN);
    if (known) table.set(known);
    similarities.set(stem, table);
    return table;
  }

  return (stems, passages) => {
    const overlaps = new Float64Array(passages.length);
    const lists = passages.map(termsOf);
    const compared: { readonly weight: number; readonly closest: number }[] = [];
    for (const stem of stems) {
      const weight = terms.weight(stem);
      const own = numbers.get(stem);
      const unit = terms.unit(stem);
      const table = similaritiesOf(stem);
      let bestOfAll = 0;
      for (let at = 0; at < lists.length; at += 1) {
        let best = 0;
        for (const term of lists[at] ?? []) {
          let similarity = table[term] ?? 0;
          if (Number.isNaN(similarity)) {
            // Rounded as it is remembered, so that the second time gives the same score as the first.
            similarity = term === own ? 1 : Math.fround(dot(unit, units[term]));
            table[term] = similarity;
          }
          if (similarity > best) best = similarity;
        }
        overlaps[at] = (overlaps[at] ?? 0) + weight * best;
        if (best > bestOfAll) bestOfAll = best;
      }
      compared.push({ weight, closest: bestOfAll });
    }
    const total = compared.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const support = compared.reduce((sum, { weight, closest }) => sum + weight * closest, 0) / total;
    return { overlaps: Array.from(overlaps, (sum) => sum / total), support, terms: compared };
  };
}

/** Cosine of two unit vectors of one length, 0 when either is unknown. Four sums at a time keep the processor busy. */
function dot(left: Float32Array | undefined, right: Float32Array | undefined): number {
  if (!left || !right) return 0;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const whole = left.length - (left.length % 4);
  for (let at = 0; at < whole; at += 4) {
    first += (left[at] as number) * (right[at] as number);
    second += (left[at + 1] as number) * (right[at + 1] as number);
    third += (left[at + 2] as number) * (right[at + 2] as number);
    fourth += (left[at + 3] as number) * (right[at + 3] as number);
  }
  for (let at = whole; at < left.length; at += 1) first += (left[at] as number) * (right[at] as number);
  return first + second + third + fourth;
}
