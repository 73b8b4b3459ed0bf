import { stem } from '../language/tokens.ts';

/** Finds the word that a visitor meant. */
export interface WordMatcher {
  /**
   * Stem of a lower-case word as the corpus or the vocabulary has it: the word's own when either knows it, else that
   * of the nearest corpus word, else the nearest stem of the vocabulary, both at edit distance 1; null when there is none.
   */
  stemOf(word: string): string | null;
  /** The word to read in its place: itself when known, else the nearest corpus word or stem of the vocabulary, else null. */
  mend(word: string): string | null;
}

export interface WordMatcherParts {
  /** Words of the article as `words` gives them, most frequent first where that is known: of two equally near, the earlier wins. */
  readonly corpusWords: Iterable<string>;
  /** Stems that the embedder knows, most frequent first. */
  readonly vocabulary: Iterable<string>;
}

const minimumLetters = 4;
/** A question has few unknown words, and a visitor tends to repeat them. */
const maximumRemembered = 1_000;

/** Edit distance is that of optimal string alignment: one letter more, less, other, or two neighbours swapped. */
export function createWordMatcher({ corpusWords, vocabulary }: WordMatcherParts): WordMatcher {
  const corpus = [...new Set(corpusWords)];
  const stems = new Set(vocabulary);
  const known = new Set(stems);
  for (const word of corpus) known.add(stem(word));
  const nearestWord = createNearest(corpus);
  const nearestStem = createNearest(stems);
  const remembered = new Map<string, Mended | null>();

  const correct = (word: string, own: string): Mended | null => {
    if (word.length < minimumLetters || /\p{N}/u.test(word)) return null;
    const corpusWord = nearestWord(word);
    if (corpusWord !== null) return { word: corpusWord, stem: stem(corpusWord) };
    const known = nearestStem(own);
    return known === null ? null : { word: known, stem: known };
  };
  const mended = (word: string): Mended | null => {
    const own = stem(word);
    if (known.has(own)) return { word, stem: own };
    const before = remembered.get(word);
    if (before !== undefined) return before;
    if (remembered.size >= maximumRemembered) remembered.clear();
    const found = correct(word, own);
    remembered.set(word, found);
    return found;
  };
  return {
    stemOf: (word) => mended(word)?.stem ?? null,
    mend: (word) => mended(word)?.word ?? null,
  };
}

interface Mended {
  readonly word: string;
  readonly stem: string;
}

/**
 * Nearest entry at edit distance 1, or null. A change in one half of an entry leaves its other half as it was, so the
 * entries are filed by length and half, and only those that share a half with the word are compared.
 */
function createNearest(entries: Iterable<string>): (word: string) => string | null {
  let index: Index | null = null;
  return (word) => {
    index ??= buildIndex(entries);
    const { ranks, heads, tails } = index;
    let best: string | null = null;
    let bestRank = Number.POSITIVE_INFINITY;
    const consider = (entry: string) => {
      // People rarely get the first letter wrong.
      const rank = (ranks.get(entry) ?? 0) + (entry[0] === word[0] ? 0 : ranks.size);
      if (rank >= bestRank || !isOneEditAway(word, entry)) return;
      best = entry;
      bestRank = rank;
    };
    for (let length = word.length - 1; length <= word.length + 1; length++) {
      const half = length >> 1;
      for (const entry of heads.get(length + word.slice(0, half)) ?? []) consider(entry);
      for (const entry of tails.get(length + word.slice(half - length)) ?? []) consider(entry);
    }
    // Swapping the two letters on either side of the middle changes both halves.
    for (let at = 1; at < word.length; at++) {
      const swapped = word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1);
      if (ranks.has(swapped)) consider(swapped);
    }
    return best;
  };
}

interface Index {
  readonly ranks: ReadonlyMap<string, number>;
  /** By length and first half, and by length and second half. */
  readonly heads: ReadonlyMap<string, readonly string[]>;
  readonly tails: ReadonlyMap<string, readonly string[]>;
}

function buildIndex(entries: Iterable<string>): Index {
  const ranks = new Map<string, number>();
  const heads = new Map<string, string[]>();
  const tails = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.length < minimumLetters - 1) continue;
    ranks.set(entry, ranks.size);
    const half = entry.length >> 1;
    file(heads, entry.length + entry.slice(0, half), entry);
    file(tails, entry.length + entry.slice(half), entry);
  }
  return { ranks, heads, tails };
}

function file(shelves: Map<string, string[]>, key: string, entry: string): void {
  const shelf = shelves.get(key);
  if (shelf === undefined) shelves.set(key, [entry]);
  else shelf.push(entry);
}

/** True when one letter more, less or other, or two swapped neighbours, turn one word into the other. */
export function isOneEditAway(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (at === short.length) return false;
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
