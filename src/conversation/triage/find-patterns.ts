import type { Pattern } from './pattern.ts';

/** A place where a pattern was found: tokens from `start` up to `end`. */
export interface Found<Kind> {
  readonly kind: Kind;
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** Patterns of one kind; the order of the kinds is their rank. */
export interface PatternList<Kind> {
  readonly kind: Kind;
  readonly patterns: readonly Pattern[];
}

export interface FindPatterns<Kind> {
  /** The first match of the highest kind that ends after token `after` (0 for anywhere). */
  readonly first: (tokens: readonly string[], after?: number) => Found<Kind> | null;
  /** Every place where a pattern begins. */
  readonly all: (tokens: readonly string[]) => readonly Found<Kind>[];
}

interface Entry<Kind> {
  readonly rank: number;
  readonly kind: Kind;
  readonly pattern: Pattern;
}

/**
 * Looks for many patterns at once: a pattern is tried only where a word stands that it can begin with, so the time
 * grows with the length of the text and hardly with the number of patterns.
 */
export function createFindPatterns<Kind>(lists: readonly PatternList<Kind>[]): FindPatterns<Kind> {
  const byWord = new Map<string, Entry<Kind>[]>();
  const byPrefix = new Map<string, Entry<Kind>[]>();
  const byNumber: Entry<Kind>[] = [];
  const prefixLengths = new Set<number>();
  for (const [rank, { kind, patterns }] of lists.entries()) {
    for (const pattern of patterns) {
      const entry = { rank, kind, pattern };
      const first = pattern.parts[0];
      if (!first) continue;
      for (const word of first.words) add(byWord, word, entry);
      for (const prefix of first.prefixes) {
        add(byPrefix, prefix, entry);
        prefixLengths.add(prefix.length);
      }
      if (first.numbers) byNumber.push(entry);
    }
  }

  function* candidates(token: string): Generator<Entry<Kind>> {
    yield* byWord.get(token) ?? [];
    for (const length of prefixLengths) if (token.length >= length) yield* byPrefix.get(token.slice(0, length)) ?? [];
    if (/^\d/u.test(token)) yield* byNumber;
  }

  return {
    first: (tokens, after = 0) => {
      let best: Found<Kind> | null = null;
      let bestRank = Number.POSITIVE_INFINITY;
      for (const [start, token] of tokens.entries()) {
        for (const { rank, kind, pattern } of candidates(token)) {
          if (rank >= bestRank) continue;
          const end = endOf(pattern, tokens, start, after);
          if (end === -1) continue;
          best = { kind, source: pattern.source, start, end };
          bestRank = rank;
        }
      }
      return best;
    },
    all: (tokens) =>
      [...tokens.entries()].flatMap(([start, token]) =>
        [...candidates(token)].flatMap(({ kind, pattern }) => {
          const end = endOf(pattern, tokens, start, 0);
          return end === -1 ? [] : [{ kind, source: pattern.source, start, end }];
        }),
      ),
  };
}

/** Where the pattern's first part, begun at `start`, ends; -1 unless the other parts are there and what is unwanted is not. */
function endOf({ parts, absent }: Pattern, tokens: readonly string[], start: number, after: number): number {
  const [first, ...others] = parts;
  const own = first?.match(tokens, start, (at) => at) ?? -1;
  if (own === -1) return -1;
  let last = own;
  for (const other of others) {
    const end = furthestEnd(other, tokens, after);
    if (end === -1) return -1;
    last = Math.max(last, end);
  }
  if (last <= after || absent.some((part) => furthestEnd(part, tokens, 0) !== -1)) return -1;
  return own;
}

/** End of the first match, or of the first one that ends after token `after` when there is one. */
function furthestEnd(part: Pattern['parts'][number], tokens: readonly string[], after: number): number {
  let end = -1;
  for (let at = 0; at < tokens.length && end <= after; at += 1)
    end = Math.max(
      end,
      part.match(tokens, at, (reached) => reached),
    );
  return end;
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
