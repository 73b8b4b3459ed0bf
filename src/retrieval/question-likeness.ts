import { words } from '../language/tokens.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import { type QueryPart, queryParts } from './query-parts.ts';
import type { StemComparisons } from './stem-comparisons.ts';
import { likeness, type Thesaurus } from './thesaurus.ts';

/** Questions taken apart, one part after another: those of question `q` are at `starts[q]` to `starts[q + 1] - 1`. */
export interface ReadQuestions {
  readonly starts: Uint32Array;
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

/** Reads lists of questions; the same list is read once. */
export function createReadQuestions(
  terms: TermVectors,
  thesaurus: Thesaurus,
  { numberOf }: StemComparisons,
): (questions: readonly string[]) => ReadQuestions {
  const remembered = new WeakMap<readonly string[], ReadQuestions>();
  // Questions that are known are spelt as their owner wants them.
  const matcher = { stemOf: () => null, mend: () => null };
  return (questions) => {
    const known = remembered.get(questions);
    if (known) return known;
    const starts = new Uint32Array(questions.length + 1);
    const parts: QueryPart[] = [];
    const placesOf = new Map<number, number[]>();
    for (const [at, question] of questions.entries()) {
      for (const part of queryParts({ terms, thesaurus, matcher }, words(question).join(' '))) {
        for (const group of part.groups) placesOf.set(group, [...(placesOf.get(group) ?? []), parts.length]);
        parts.push(part);
      }
      starts[at + 1] = parts.length;
    }
    const read = {
      starts,
      terms: Int32Array.from(parts, ({ stem }) => (stem === null ? -1 : numberOf(stem))),
      weights: Float64Array.from(parts, ({ weight }) => weight),
      placesOf,
    };
    remembered.set(questions, read);
    return read;
  };
}

/**
 * How alike what is asked and the likest of some questions are, 0 to 1: the mean of how much of the one is in the other and of the
 * other in the one. A passage may say more than what is asked; a known question that asks for more is another question.
 */
export function likestQuestion(asked: readonly ComparedPart[], known: ReadQuestions): number {
  const { starts, terms, weights, placesOf } = known;
  const count = starts.length - 1;
  if (count === 0) return 0;
  const forward = new Float64Array(count);
  /** For each part of the known questions, the best likeness with what is asked. */
  const found = new Float64Array(terms.length);
  /** The likeness by the groups of the part at hand; zeros between two parts. */
  const grouped = new Float64Array(terms.length);
  let total = 0;
  for (const { part, weight, cosines } of asked) {
    for (const group of part.groups) for (const at of placesOf.get(group) ?? []) grouped[at] = likeness;
    for (let question = 0; question < count; question += 1) {
      let best = 0;
      const end = starts[question + 1] as number;
      for (let at = starts[question] as number; at < end; at += 1) {
        const term = terms[at] as number;
        let like = grouped[at] as number;
        if (cosines && term >= 0 && (cosines[term] as number) > like) like = cosines[term] as number;
        if (like > best) best = like;
        if (like > (found[at] as number)) found[at] = like;
      }
      forward[question] = (forward[question] as number) + weight * best;
    }
    for (const group of part.groups) for (const at of placesOf.get(group) ?? []) grouped[at] = 0;
    total += weight;
  }
  let likest = 0;
  for (let question = 0; question < count; question += 1) {
    let backward = 0;
    let knownTotal = 0;
    const end = starts[question + 1] as number;
    for (let at = starts[question] as number; at < end; at += 1) {
      backward += (weights[at] as number) * (found[at] as number);
      knownTotal += weights[at] as number;
    }
    const like = ((forward[question] as number) / (total || 1) + backward / (knownTotal || 1)) / 2;
    if (like > likest) likest = like;
  }
  return likest;
}
