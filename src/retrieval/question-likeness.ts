import { words } from '../language/tokens.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import { type QueryPart, queryParts } from './query-parts.ts';
import type { StemComparisons } from './stem-comparisons.ts';
import { likeness, type Thesaurus } from './thesaurus.ts';

/** A question whose words are known by number. */
export interface ReadQuestion {
  /** Number of each part's stem, or -1 for a phrase of small words. */
  readonly terms: Int32Array;
  readonly weights: Float64Array;
  /** Places of the parts that belong to a group of the thesaurus. */
  readonly placesOf: ReadonlyMap<number, readonly number[]>;
}

/** A part of what is asked now, beside the cosines of its stem with the stems of texts. */
export interface ComparedPart {
  readonly part: QueryPart;
  readonly weight: number;
  readonly cosines: Float32Array | undefined;
}

const mostRemembered = 20_000;

/** Reads questions, each once. */
export function createReadQuestion(
  terms: TermVectors,
  thesaurus: Thesaurus,
  { numberOf }: StemComparisons,
): (question: string) => ReadQuestion {
  const remembered = new Map<string, ReadQuestion>();
  // Questions that are known are spelt as their owner wants them.
  const matcher = { stemOf: () => null, mend: () => null };
  return (question) => {
    const known = remembered.get(question);
    if (known) return known;
    if (remembered.size >= mostRemembered) remembered.clear();
    const parts = queryParts({ terms, thesaurus, matcher }, words(question).join(' '));
    const placesOf = new Map<number, number[]>();
    for (const [place, { groups }] of parts.entries()) {
      for (const group of groups) placesOf.set(group, [...(placesOf.get(group) ?? []), place]);
    }
    const read = {
      terms: Int32Array.from(parts, ({ stem }) => (stem === null ? -1 : numberOf(stem))),
      weights: Float64Array.from(parts, ({ weight }) => weight),
      placesOf,
    };
    remembered.set(question, read);
    return read;
  };
}

/**
 * How alike two questions are, 0 to 1: the mean of how much of the one is in the other and of the other in the one. A
 * passage may say more than what is asked; a known question that asks for more is another question.
 */
export function questionLikeness(asked: readonly ComparedPart[], known: ReadQuestion): number {
  const { terms, weights, placesOf } = known;
  const found = new Float64Array(terms.length);
  let forward = 0;
  let total = 0;
  for (const { part, weight, cosines } of asked) {
    let best = 0;
    for (let at = 0; cosines && at < terms.length; at += 1) {
      const term = terms[at] as number;
      const cosine = term < 0 ? 0 : (cosines[term] as number);
      if (cosine > best) best = cosine;
      if (cosine > (found[at] as number)) found[at] = cosine;
    }
    for (const group of part.groups) {
      for (const at of placesOf.get(group) ?? []) {
        best = Math.max(best, likeness);
        found[at] = Math.max(found[at] as number, likeness);
      }
    }
    forward += weight * best;
    total += weight;
  }
  let backward = 0;
  let knownTotal = 0;
  for (let at = 0; at < terms.length; at += 1) {
    backward += (weights[at] as number) * (found[at] as number);
    knownTotal += weights[at] as number;
  }
  return (forward / (total || 1) + backward / (knownTotal || 1)) / 2;
}
