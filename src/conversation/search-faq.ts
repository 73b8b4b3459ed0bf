import type { FaqEntry } from '../domain.ts';
import { stopWords } from '../language/stop-words.ts';
import { words } from '../language/tokens.ts';

/** The entries that have every word of a query, as a word or the start of one, in their order; all for an empty query. */
export function searchFaq(entries: readonly FaqEntry[], query: string): readonly FaqEntry[] {
  const typed = words(query);
  const content = typed.filter((word) => !stopWords.has(word));
  const wanted = content.length > 0 ? content : typed;
  if (wanted.length === 0) return entries;
  return entries.filter((entry) => {
    const own = searchedWords(entry);
    return wanted.every((word) => own.some((other) => other.startsWith(word)));
  });
}

/** The words by which an entry is found, each once. */
export function searchedWords(entry: FaqEntry): readonly string[] {
  return [...new Set(words(searched(entry).join(' ')))];
}

function searched({ question, variants, sentences, passages }: FaqEntry): readonly string[] {
  const headings = passages.flatMap((passage) => passage.headings.at(-1) ?? []);
  return [question, ...variants, ...sentences.map(({ text }) => text), ...headings];
}
