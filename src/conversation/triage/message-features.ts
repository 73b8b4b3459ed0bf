import { boundary } from './pattern.ts';

/** Where a feature's weights stand, and how much it counts. */
export interface Feature {
  readonly row: number;
  readonly value: number;
}

/** How many rows the features share; two that share one are seldom both in a message. */
export const featureBits = 16;

const longest = 60;
const shortMessage = 3;
const gramLengths = [3, 4, 5] as const;

/** What a group of features counts for together, however many of them a message has. */
const shares = { words: 1, pairs: 1, apart: 0.7, letters: 1 } as const;
const singleShare = 0.5;
const listShare = 1;

/**
 * What a classifier sees of a message: its words, words beside and near each other, letters within words (which typos,
 * endings and other languages leave much of), its beginning, and what the word lists say of it.
 */
export function messageFeatures(tokens: readonly string[], listed: string): readonly Feature[] {
  const words = tokens.filter((token) => token !== boundary).slice(0, longest);
  const values = new Map<number, number>();
  const add = (features: ReadonlySet<string>, share: number) => {
    const value = share / Math.sqrt(features.size);
    for (const feature of features) {
      const row = rowOf(feature);
      values.set(row, (values.get(row) ?? 0) + value);
    }
  };
  const each = <Group extends string>(make: (word: string, at: number) => readonly Group[]) =>
    new Set(words.flatMap((word, at) => make(word, at)));
  const after = (at: number, ahead: number, mark: string) => {
    const other = words[at + ahead];
    return other === undefined ? [] : [`${mark}:${words[at]} ${other}`];
  };
  add(
    each((word) => [`w:${word}`]),
    shares.words,
  );
  add(
    each((_, at) => after(at, 1, 'b')),
    shares.pairs,
  );
  add(
    each((_, at) => [...after(at, 2, 's'), ...after(at, 3, 's')]),
    shares.apart,
  );
  add(each(lettersOf), shares.letters);
  const single = ['bias'];
  if (words.length <= shortMessage) single.push('short');
  if (words.length > 0) single.push(`first:${words[0]}`);
  if (words.length > 1) single.push(`first2:${words[0]} ${words[1]}`);
  for (const feature of single) add(new Set([feature]), singleShare);
  add(new Set([`k:${listed}`]), listShare);
  return [...values].map(([row, value]) => ({ row, value }));
}

function lettersOf(word: string): readonly string[] {
  const marked = `^${word}$`;
  return gramLengths.flatMap((length) =>
    Array.from({ length: Math.max(0, marked.length - length + 1) }, (_, at) => `n:${marked.slice(at, at + length)}`),
  );
}

/** FNV-1a over the UTF-16 units, with its high bits stirred into the low ones. */
function rowOf(feature: string): number {
  let hash = 2166136261;
  for (let at = 0; at < feature.length; at += 1) hash = Math.imul(hash ^ feature.charCodeAt(at), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) & ((1 << featureBits) - 1);
}
