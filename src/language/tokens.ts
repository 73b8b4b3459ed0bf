import { stemmer } from 'stemmer';

/**
 * Words of a text in order: NFKD, lower case, marks off, English clitics off ("it's" → it, "don't" → do, not).
 * Letters and digits of every script count, so an article in Greek is searchable too.
 */
export function words(text: string): string[] {
  // Most passages are plain ASCII, which takes a quarter of the time.
  const isAscii = !/[^\0-\x7f]/.test(text);
  const plain = isAscii
    ? text.toLowerCase().replaceAll('`', "'")
    : text
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[’ʼ`´]/g, "'");
  const split = plain.includes("'") ? withoutClitics(plain) : plain;
  return split.match(isAscii ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}

function withoutClitics(text: string): string {
  return text
    .replace(/\bcan't\b/g, 'can not')
    .replace(/\bwon't\b/g, 'will not')
    .replace(/n't\b/g, ' not')
    .replace(/'(?:s|re|ve|ll|d|m)\b/g, '');
}

const stems = new Map<string, string>();
const maximumCachedStems = 50_000;

/** Porter stem of one lower-case word (M. F. Porter, "An algorithm for suffix stripping", 1980). */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  // A visitor can type any word: the cache is emptied rather than left to grow.
  if (stems.size >= maximumCachedStems) stems.clear();
  const found = stemmer(word);
  stems.set(word, found);
  return found;
}

/** Stems of a text in order, stop words included. */
export function stemmed(text: string): string[] {
  return words(text).map(stem);
}
