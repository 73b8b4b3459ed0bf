import { words } from '../language/tokens.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import { type QueryPart, queryParts } from './query-parts.ts';
import type { StemComparisons } from './stem-comparisons.ts';
import { likeness, type Thesaurus } from './thesaurus.ts';

/**
 * Questions taken apart. What their parts are, the slots, is kept once: questions that lead to one place repeat their words. The parts of question
 * `q` are at `starts[q]` to `starts[q + 1] - 1`.
 */
export interface ReadQuestions {
  readonly starts: Uint32Array;
  /** Slot of each part. */
  readonly slots: Uint32Array;
  readonly weights: Float64Array;
  /** Of all parts of a question, by question. */
  readonly totals: Float64Array;
  /** Number of each slot's stem, or -1 for a phrase of small words. */
  readonly terms: Int32Array;
  /** Slots that belong to a group of the thesaurus. */
  readonly slotsOf: ReadonlyMap<number, readonly number[]>;
  /** Room for one comparison at a time, because asking for memory takes longer than the comparison. */
  readonly room: {
    /** For each question, how much of what is asked is in it. */
    readonly forward: Float64Array;
    /** For each slot, the likeness with the part at hand, and the best with any. */
    readonly likes: Float64Array;
    readonly found: Float64Array;
  };
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
    for (const [at, question] of questions.entries()) {
      parts.push(...queryParts({ terms, thesaurus, matcher }, words(question).join(' ')));
      starts[at + 1] = parts.length;
    }
    const slotParts = new Map(parts.map((part) => [slotName(part), part]));
    const names = [...slotParts.keys()];
    const slotNumbers = new Map(names.map((name, slot) => [name, slot]));
    const slotsOf = new Map<number, number[]>();
    for (const [slot, { groups }] of [...slotParts.values()].entries()) {
      for (const group of groups) slotsOf.set(group, [...(slotsOf.get(group) ?? []), slot]);
    }
    const weights = Float64Array.from(parts, ({ weight }) => weight);
    const read = {
      starts,
      slots: Uint32Array.from(parts, (part) => slotNumbers.get(slotName(part)) ?? 0),
      weights,
      totals: Float64Array.from(questions, (_, at) =>
        weights.subarray(starts[at], starts[at + 1]).reduce((sum, weight) => sum + weight, 0),
      ),
      terms: Int32Array.from(slotParts.values(), ({ stem }) => (stem === null ? -1 : numberOf(stem))),
      slotsOf,
      room: {
        forward: new Float64Array(questions.length),
        likes: new Float64Array(names.length),
        found: new Float64Array(names.length),
      },
    };
    remembered.set(questions, read);
    return read;
  };
}

/** Two parts of one name are as near to whatever is asked. */
function slotName({ stem, groups }: QueryPart): string {
  return `${stem ?? ''} ${[...groups].join(' ')}`;
}

/**
 * How alike what is asked and the likest of some questions are, 0 to 1: the mean of how much of the one is in the other and of the
 * other in the one. A passage may say more than what is asked; a known question that asks for more is another question.
 */
export function likestQuestion(asked: readonly ComparedPart[], known: ReadQuestions): number {
  const { starts, slots, weights, totals, terms, slotsOf } = known;
  const { forward, likes, found } = known.room;
  const count = totals.length;
  if (count === 0) return 0;
  forward.fill(0);
  found.fill(0);
  let total = 0;
  for (const { part, weight, cosines } of asked) {
    for (let slot = 0; slot < terms.length; slot += 1) {
      const term = terms[slot] as number;
      const like = cosines && term >= 0 ? (cosines[term] as number) : 0;
      likes[slot] = like;
      if (like > (found[slot] as number)) found[slot] = like;
    }
    for (const group of part.groups) {
      for (const slot of slotsOf.get(group) ?? []) {
        likes[slot] = Math.max(likes[slot] as number, likeness);
        found[slot] = Math.max(found[slot] as number, likeness);
      }
    }
    for (let question = 0; question < count; question += 1) {
      let best = 0;
      const end = starts[question + 1] as number;
      for (let at = starts[question] as number; at < end; at += 1) {
        const like = likes[slots[at] as number] as number;
        if (like > best) best = like;
      }
      forward[question] = (forward[question] as number) + weight * best;
    }
    total += weight;
  }
  let likest = 0;
  for (let question = 0; question < count; question += 1) {
    let backward = 0;
    const end = starts[question + 1] as number;
    for (let at = starts[question] as number; at < end; at += 1) {
      backward += (weights[at] as number) * (found[slots[at] as number] as number);
    }
    const like = ((forward[question] as number) / (total || 1) + backward / ((totals[question] as number) || 1)) / 2;
    if (like > likest) likest = like;
  }
  return likest;
}
