import { stopWords } from '../language/stop-words.ts';
import { stem, words } from '../language/tokens.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import type { WordMatcher } from '../models/word-matcher.ts';
import type { Mention, Thesaurus } from './thesaurus.ts';

/** One thing that a query speaks of: a content word, or a phrase of small words alone ("here and now"). */
export interface QueryPart {
  /** As typed. */
  readonly word: string;
  /** Stem, misspellings mended; null for a phrase. */
  readonly stem: string | null;
  /** How much it says, above 0. */
  readonly weight: number;
  /** Groups of the thesaurus that it or a phrase around it belongs to. */
  readonly groups: ReadonlySet<number>;
}

export interface QueryPartsReader {
  readonly terms: TermVectors;
  readonly thesaurus: Thesaurus;
  readonly matcher: WordMatcher;
}

/** Takes a query apart, each part once, in order. */
export function queryParts({ terms, thesaurus, matcher }: QueryPartsReader, query: string): readonly QueryPart[] {
  const typed = words(query);
  const stems = typed.map((word) => (stopWords.has(word) ? stem(word) : (matcher.stemOf(word) ?? stem(word))));
  const mentions = longest(thesaurus.mentions(stems));
  const groupsAt = (at: number) => mentions.filter(({ from, to }) => from <= at && at <= to);
  const parts = new Map<string, { readonly word: string; readonly stem: string | null; readonly groups: Mention[] }>();
  const smallPhrases = new Map<number, Mention[]>();
  for (const mention of mentions) {
    const isSmall = typed.slice(mention.from, mention.to + 1).every((word) => stopWords.has(word));
    if (isSmall && mention.to > mention.from) {
      smallPhrases.set(mention.from, [...(smallPhrases.get(mention.from) ?? []), mention]);
    }
  }
  for (const [at, word] of typed.entries()) {
    const phrase = smallPhrases.get(at);
    if (phrase) {
      const spoken = typed.slice(at, (phrase[0]?.to ?? at) + 1).join(' ');
      parts.set(spoken, { word: spoken, stem: null, groups: phrase });
    }
    const own = stems[at];
    if (own === undefined || stopWords.has(word)) continue;
    const known = parts.get(own);
    if (known) known.groups.push(...groupsAt(at));
    else parts.set(own, { word, stem: own, groups: groupsAt(at) });
  }
  return [...parts.values()].map(({ word, stem, groups }) => ({
    word,
    stem,
    weight: stem === null ? phraseWeight : terms.weight(stem),
    groups: new Set(groups.map(({ group }) => group)),
  }));
}

/** What a phrase of small words says, beside words of .3 to 1.2: as much as a plain word. */
const phraseWeight = 0.8;

/** A word within a phrase of the thesaurus means what the phrase means. */
function longest(mentions: readonly Mention[]): readonly Mention[] {
  const isWithin = (inner: Mention, outer: Mention) =>
    outer.to - outer.from > inner.to - inner.from && outer.from <= inner.from && outer.to >= inner.to;
  return mentions.filter((mention) => !mentions.some((other) => isWithin(mention, other)));
}
