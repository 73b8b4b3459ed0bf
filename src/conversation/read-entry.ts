import type { WordRelations } from '../answering/lexicons/word-relations.ts';
import type { FaqEntry } from '../domain.ts';
import type { Phrasing, ReadPhrasing } from './phrasing.ts';

/** An entry of the FAQ as questions are compared with it. */
export interface ReadEntry {
  /** The question first, then its variants. */
  readonly phrasings: readonly (Phrasing & { readonly text: string })[];
  /** Stems of everything that the entry says and is asked by. */
  readonly vocabulary: ReadonlySet<string>;
}

export function readEntry({ question, variants, sentences, passages }: FaqEntry, read: ReadPhrasing): ReadEntry {
  const phrasings = [question, ...variants].map((text) => ({ text, ...read(text) }));
  const said = [...sentences.map(({ text }) => text), ...passages.map(({ headings }) => headings.at(-1) ?? '')];
  const contents = [...phrasings, ...said.map(read)].map(({ content }) => content);
  return { phrasings, vocabulary: new Set(contents.flatMap((content) => [...content])) };
}

/** Weight from which a word stands for another: a synonym or a derivation does, what is merely more general does not. */
const leastSupport = 0.9;

/**
 * Whether the entry knows every word of a question, itself or by one that stands for it. A word of another entry's
 * question, such as the name of another technique, stands for nothing.
 */
export function knowsEveryWord(
  entry: ReadEntry,
  { content }: Phrasing,
  others: readonly ReadEntry[],
  relations: WordRelations,
): boolean {
  const isNamedElsewhere = (token: string) =>
    others.some((other) => other !== entry && other.phrasings[0]?.content.has(token));
  return [...content].every((token) => {
    if (entry.vocabulary.has(token)) return true;
    if (isNamedElsewhere(token)) return false;
    const opposites = relations.antonyms(token);
    return [...entry.vocabulary].some((own) => !opposites.has(own) && standsFor(own, token, relations));
  });
}

/** Read strictly: WordNet's synonyms are those of any sense, and a knee is no elbow. */
function standsFor(own: string, token: string, { strictlySupportedBy }: WordRelations): boolean {
  const support = Math.max(strictlySupportedBy(own).get(token) ?? 0, strictlySupportedBy(token).get(own) ?? 0);
  return support >= leastSupport;
}
