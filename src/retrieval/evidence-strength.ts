import { words } from '../language/tokens.ts';

/** What tells a question that the corpus answers from one that it does not. */
export interface EvidenceTraits {
  /** How much of the question the candidates speak of, 0 to 1. */
  readonly support: number;
  /** Likeness with the likest question that is known to lead to one of them, 0 to 1. */
  readonly known: number;
  /** Cosine of the nearest candidate, -1 to 1. */
  readonly cosine: number;
  /** How much of the question a single candidate speaks of at most, 0 to 1. */
  readonly overlap: number;
  /** How much of the question a single heading speaks of at most, 0 to 1. */
  readonly heading: number;
  /** Content words and phrases of the question, from 0: the more there are, the less is by chance. */
  readonly parts: number;
  /** Share of them, by weight, of which no vector is known: slang and abbreviations tell nothing against the question. */
  readonly unknown: number;
  /** Words that take a subject as understood ("it", "the one", "which kind"), 0 to 2: people who ask about an article say its subject seldom. */
  readonly leaning: number;
  /** Cosine of the nearest utterance about anything else, -1 to 1. */
  readonly generic: number;
}

/**
 * Weights of a logistic regression on the spent question sets and the headings of four articles, as `npm run fit:evidence` prints them with
 * what each set has when the others alone are learnt from. They are from before the thesaurus learnt from the same sets, so that they do not
 * trust it more than a new question will find it right.
 */
export const evidenceWeights: Readonly<Record<keyof EvidenceTraits, number>> = {
  support: 5.8,
  known: 1.3,
  cosine: 1.1,
  overlap: 5.6,
  heading: 2.5,
  parts: 0.55,
  unknown: 6.5,
  leaning: 1.4,
  generic: -6.4,
};

/** Comparable within one corpus only, higher for what it speaks of. */
export function strengthOf(traits: EvidenceTraits): number {
  let strength = 0;
  for (const [trait, weight] of Object.entries(evidenceWeights))
    strength += weight * traits[trait as keyof EvidenceTraits];
  return strength;
}

const leaningWords = new Set(
  'it its they them their this these those that one ones kind kinds type types style styles sort sorts'.split(' '),
);
const mostLeaning = 2;

/** Different words of a text that take a subject as understood, up to two. */
export function leaningOf(text: string): number {
  return Math.min(mostLeaning, new Set(words(text).filter((word) => leaningWords.has(word))).size);
}

const mostParts = 6;

/** After some words one more tells nothing new. */
export function partsOf(count: number): number {
  return Math.min(mostParts, count);
}
