import { stemmed } from '../../src/language/tokens.ts';
import type { Synset } from './wordnet.ts';

export interface Vocabulary {
  /** Most frequent first; a stem's place is its row. */
  readonly stems: readonly string[];
  /** Share of each stem in the running text. */
  readonly probabilities: Float64Array;
  /** Definitions and examples as rows of the vocabulary, other words left out. */
  readonly sentences: readonly Int32Array[];
}

/**
 * The `size` most frequent stems of definitions, examples and lemmas, and the text written in them. Synsets that only
 * have proper nouns do not count: their definitions are full of names and years.
 */
export function buildVocabulary(synsets: readonly Synset[], size: number): Vocabulary {
  const counts = new Map<string, number>();
  const textCounts = new Map<string, number>();
  const texts: string[][] = [];
  for (const synset of synsets) {
    const lemmas = synset.lemmas.filter(isCommon);
    for (const text of [synset.definition, ...synset.examples]) {
      const stems = stemmed(text);
      texts.push(stems);
      for (const stem of stems) increase(textCounts, stem);
      if (lemmas.length > 0) for (const stem of stems) increase(counts, stem);
    }
    for (const lemma of lemmas) for (const stem of stemmed(lemma)) increase(counts, stem);
  }
  // Of equally frequent stems the shorter ones are the more usual words.
  const stems = [...counts]
    .sort(([a, left], [b, right]) => right - left || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, size)
    .map(([stem]) => stem);
  const rows = new Map(stems.map((stem, row) => [stem, row]));
  const tokens = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    stems,
    probabilities: Float64Array.from(stems, (stem) => (textCounts.get(stem) ?? 0) / tokens),
    sentences: texts.map((text) => Int32Array.from(text.flatMap((stem) => rows.get(stem) ?? []))),
  };
}

function increase(counts: Map<string, number>, stem: string): void {
  counts.set(stem, (counts.get(stem) ?? 0) + 1);
}

/** False for a proper noun: any capital letter. */
export function isCommon(lemma: string): boolean {
  return !/\p{Lu}/u.test(lemma);
}
