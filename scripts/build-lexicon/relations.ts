import { stopWords } from '../../src/language/stop-words.ts';
import { stem, words } from '../../src/language/tokens.ts';
import type { Synset, WordNet } from '../train-embedder/wordnet.ts';
import { type Sense, type Senses, synsetsById } from './senses.ts';

/** What WordNet says of one stem; a lemma of several words is its stems joined by `_`. */
export interface StemRelations {
  readonly synonyms: Set<string>;
  readonly derivations: Set<string>;
  readonly hypernyms: Set<string>;
  readonly antonyms: Set<string>;
}

const commonSenses = 3;
const commonHypernymSenses = 2;
const mostWordsOfLemma = 3;
// Symbols of wninput(5WN): `&` similar, `$` verb group; `+` derivation, `\` pertainym, `<` participle; `@` hypernym; `!` antonym.
const derived = new Set(['+', '\\', '<']);

/** Relations of the `limit` most common stems, by the tagged texts and the glosses, in alphabetical order. */
export function buildRelations(wordNet: WordNet, senses: Senses, limit: number): ReadonlyMap<string, StemRelations> {
  const byId = synsetsById(wordNet);
  const all = new Map<string, StemRelations>();
  for (const [lemma, ranked] of senses) {
    const key = keyOf(lemma);
    if (key === null) continue;
    const relations = all.get(key) ?? emptyRelations();
    all.set(key, relations);
    for (const sense of ranked) {
      const synset = byId.get(sense.synset);
      if (synset && isCommon(sense, ranked)) addSense(relations, key, lemma, synset, sense, byId);
    }
  }
  const frequency = frequencies(wordNet, senses);
  const kept = [...all]
    .filter(([, { synonyms, derivations, hypernyms, antonyms }]) =>
      [synonyms, derivations, hypernyms, antonyms].some(({ size }) => size > 0),
    )
    .sort(([left], [right]) => (frequency.get(right) ?? 0) - (frequency.get(left) ?? 0) || (left < right ? -1 : 1))
    .slice(0, limit);
  const known = new Set(kept.map(([key]) => key));
  for (const [, relations] of kept) {
    for (const set of Object.values(relations) as Set<string>[])
      for (const other of set) if (!known.has(other)) set.delete(other);
  }
  return new Map(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Stems of a lemma, joined; null for names, numbers, function words and long phrases. */
export function keyOf(lemma: string): string | null {
  if (!/^[a-z][a-z' -]*$/.test(lemma)) return null;
  const parts = words(lemma);
  if (parts.length === 0 || parts.length > mostWordsOfLemma) return null;
  if (parts.length === 1 && (stopWords.has(lemma) || lemma.length < 3)) return null;
  return parts.map(stem).join('_');
}

function emptyRelations(): StemRelations {
  return { synonyms: new Set(), derivations: new Set(), hypernyms: new Set(), antonyms: new Set() };
}

/** A later sense counts when the tagged texts hold it, or when they hold none of the lemma's. */
function isCommon(sense: Sense, ranked: readonly Sense[]): boolean {
  if (sense.number > commonSenses) return false;
  if (sense.number === 1) return true;
  const same = ranked.filter(({ part }) => part === sense.part);
  const total = same.reduce((sum, { count }) => sum + count, 0);
  return total === 0 ? sense.number === 2 : sense.count > 0;
}

function addSense(
  relations: StemRelations,
  key: string,
  lemma: string,
  synset: Synset,
  sense: Sense,
  byId: ReadonlyMap<string, Synset>,
): void {
  const add = (set: Set<string>, lemmas: readonly string[]) => {
    for (const other of lemmas) {
      const otherKey = keyOf(other.toLowerCase() === other ? other : '');
      if (otherKey !== null && otherKey !== key) set.add(otherKey);
    }
  };
  const place = synset.lemmas.findIndex((other) => other.toLowerCase() === lemma);
  add(relations.synonyms, synset.lemmas);
  for (const { symbol, target, words: places } of synset.pointers) {
    const other = byId.get(target);
    if (!other) continue;
    if (symbol === '$' && sense.number <= commonHypernymSenses) add(relations.synonyms, other.lemmas);
    // From a satellite adjective to its head, which alone has antonyms: the head is the wider word.
    if (symbol === '&' && sense.number <= commonHypernymSenses && isHead(other) && !isHead(synset)) {
      add(relations.hypernyms, other.lemmas);
    }
    if (symbol === '@' && sense.number <= commonHypernymSenses) add(relations.hypernyms, other.lemmas);
    const isOwn = places === null || places.from === place;
    const lemmas = places === null ? other.lemmas : other.lemmas.slice(places.to, places.to + 1);
    if (derived.has(symbol) && isOwn) add(relations.derivations, lemmas);
    if (symbol === '!' && isOwn) add(relations.antonyms, lemmas);
    // A satellite adjective has the antonyms of its head.
    if (symbol === '&' && sense.part === 'a' && sense.number === 1) {
      for (const further of other.pointers.filter(({ symbol: name }) => name === '!')) {
        add(relations.antonyms, byId.get(further.target)?.lemmas.slice(0, 1) ?? []);
      }
    }
  }
}

function isHead({ pointers }: Synset): boolean {
  return pointers.some(({ symbol }) => symbol === '!');
}

/** How often each key was tagged, and its stems occur in the glosses. */
function frequencies({ synsets }: WordNet, senses: Senses): ReadonlyMap<string, number> {
  const glosses = new Map<string, number>();
  for (const { definition, examples } of synsets) {
    for (const word of words([definition, ...examples].join(' '))) {
      const token = stem(word);
      glosses.set(token, (glosses.get(token) ?? 0) + 1);
    }
  }
  const counts = new Map<string, number>();
  for (const [lemma, ranked] of senses) {
    const key = keyOf(lemma);
    if (key === null) continue;
    const tagged = ranked.reduce((sum, { count }) => sum + count, 0);
    counts.set(key, (counts.get(key) ?? glosses.get(key) ?? 0) + 5 * tagged);
  }
  return counts;
}
