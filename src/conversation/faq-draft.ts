import { stringify } from 'yaml';
import type { FaqSuggestion } from './suggest-faq.ts';

/**
 * Suggestions as text for a `faq.yaml`. A question that the article answers is an entry; one that it does not answer is a
 * comment, because there is nothing to quote yet.
 */
export function faqDraft(suggestions: readonly FaqSuggestion[]): string {
  return suggestions.map(draft).join('\n');
}

function draft({ question, variants, times, answer }: FaqSuggestion): string {
  const asked = `# Asked ${times} times.`;
  const shown = { question: asQuestion(question), ...(variants.length > 0 && { variants }) };
  if (answer.length === 0) {
    const next = ' The article does not say. Once it does, quote it here and take the # marks away.';
    const text = yaml({ ...shown, answer: [{ quote: '', from: '' }] });
    return `${asked}${next}\n${text.replace(/^(?=.)/gmu, '# ')}`;
  }
  const sentences = answer.map(({ text, citations }) => ({ quote: text, from: sectionOf(citations[0] ?? '') }));
  return `${asked} Read the answer before you keep it.\n${yaml({ ...shown, answer: sentences })}`;
}

function yaml(entry: object): string {
  return stringify([entry], { lineWidth: 0 });
}

/** `document#section` of a passage's id, which stays when the text of the section is split anew. */
function sectionOf(passageId: string): string {
  return passageId.replace(/\/\d+$/u, '');
}

/** As it would stand on a page: a capital at the start and a question mark after a question. */
function asQuestion(typed: string): string {
  const text = typed.trim().replace(/\s+/gu, ' ');
  const capital = text.slice(0, 1).toLocaleUpperCase('en') + text.slice(1);
  return /[?!.…]$/u.test(capital) ? capital : `${capital}?`;
}
