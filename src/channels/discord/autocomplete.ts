import { discordLimits } from './discord-limits.ts';
import { neutraliseLine } from './escape-markdown.ts';

/**
 * Questions to complete what is typed: first those that begin with it, then those that hold all its words, in the order
 * given. Without anything typed, the first ones. At most 25, each of at most 100 characters, because Discord takes no more.
 */
export function completions(typed: string, questions: readonly string[]): readonly string[] {
  const fitting = questions.map(neutraliseLine).filter((question) => question.length <= discordLimits.choiceText);
  const wanted = plain(typed);
  const words = wanted.split(' ').filter((word) => word !== '');
  const starts = (question: string) => plain(question).startsWith(wanted);
  const holds = (question: string) => {
    const among = plain(question).split(' ');
    return words.every((word) => among.some((other) => other.startsWith(word)));
  };
  const found = [...fitting.filter(starts), ...fitting.filter(holds)];
  return [...new Set(found)].slice(0, discordLimits.choices);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
