import { stem } from '../../language/tokens.ts';
import type { NormaliseWord } from './normalise-word.ts';

/** A word as the gates see it: as it is written, in lower case, and the stem of its normalised form. */
export interface TermWord {
  readonly written: string;
  readonly stem: string;
}

/** Where a term was found: words `start` to `end`, the end excluded. */
export interface TermMatch {
  readonly start: number;
  readonly end: number;
  /** Stems of the term, joined by `_`; the entry's words when it asked for exact ones. */
  readonly key: string;
}

/** Words and phrases of one lexicon group. */
export interface TermSet {
  /** Terms in a text, the longest at each place; matches do not overlap. */
  find(tokens: readonly TermWord[]): readonly TermMatch[];
  /** Whether a single word is a term. */
  has(token: TermWord): boolean;
}

interface Term {
  readonly key: string;
  readonly parts: readonly { readonly text: string; readonly exact: boolean }[];
}

/** Letters that the stemmer never changes: entries are filed by them and stemmed when first looked for. */
const filedLetters = 2;

/** Entries as in the lexicons: compared by stems, or by exact words after a `=`. */
export function createTermSet(entries: Iterable<string>, normalise: NormaliseWord): TermSet {
  const drawers = new Map<string, (readonly string[])[]>();
  for (const entry of entries) {
    const exact = entry.startsWith('=');
    const found = entry.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const parts = exact ? ['=', ...found] : found.flatMap(normalise);
    const letters = (exact ? parts[1] : parts[0])?.slice(0, filedLetters);
    if (letters === undefined) continue;
    const drawer = drawers.get(letters);
    if (drawer) drawer.push(parts);
    else drawers.set(letters, [parts]);
  }
  const opened = new Map<string, ReadonlyMap<string, readonly Term[]>>();
  const startingWith = (text: string): readonly Term[] => {
    const letters = text.slice(0, filedLetters);
    const terms = opened.get(letters) ?? termsByFirst(drawers.get(letters) ?? []);
    opened.set(letters, terms);
    return terms.get(text) ?? [];
  };

  const at = (tokens: readonly TermWord[], start: number): TermMatch | undefined => {
    const token = tokens[start];
    if (!token) return undefined;
    const candidates = [
      ...startingWith(token.stem),
      ...(token.written === token.stem ? [] : startingWith(token.written)),
    ];
    const term = candidates
      .filter(({ parts }) =>
        parts.every(
          ({ text, exact }, offset) =>
            text === (exact ? tokens[start + offset]?.written : tokens[start + offset]?.stem),
        ),
      )
      .reduce<Term | undefined>(
        (best, next) => (best && best.parts.length >= next.parts.length ? best : next),
        undefined,
      );
    return term && { start, end: start + term.parts.length, key: term.key };
  };
  const findAnew = (tokens: readonly TermWord[]): readonly TermMatch[] => {
    const matches: TermMatch[] = [];
    for (let start = 0; start < tokens.length; ) {
      const match = at(tokens, start);
      if (match) matches.push(match);
      start = match?.end ?? start + 1;
    }
    return matches;
  };
  // The sentences of an article are looked through again for every sentence that is held against them.
  const known = new WeakMap<readonly TermWord[], readonly TermMatch[]>();
  return {
    find(tokens) {
      const before = known.get(tokens);
      if (before) return before;
      const found = findAnew(tokens);
      known.set(tokens, found);
      return found;
    },
    has: (token) => at([token], 0) !== undefined,
  };
}

function termsByFirst(entries: readonly (readonly string[])[]): ReadonlyMap<string, readonly Term[]> {
  const byFirst = new Map<string, Term[]>();
  for (const entry of entries) {
    const exact = entry[0] === '=';
    const texts = exact ? entry.slice(1) : entry.map(stem);
    const [first = ''] = texts;
    const shelf = byFirst.get(first) ?? [];
    shelf.push({ key: texts.join('_'), parts: texts.map((text) => ({ text, exact })) });
    byFirst.set(first, shelf);
  }
  return byFirst;
}
