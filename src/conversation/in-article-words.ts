import { stopWords } from '../language/stop-words.ts';
import { words } from '../language/tokens.ts';

/** A question for the log: function words and the articles' own words stay, whatever else a visitor wrote is "…". */
export function inArticleWords(question: string, isMentioned: (word: string) => boolean): string {
  const kept = (word: string) => words(word).every((part) => stopWords.has(part) || isMentioned(part));
  return question.replace(/[\p{L}\p{M}\p{N}'’@._-]+/gu, (word) => (kept(word) ? word : '…'));
}
