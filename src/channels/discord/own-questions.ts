import type { BotParts } from './bot-parts.ts';

/** Questions that Nape itself proposes, frequent ones first, each once. */
export function ownQuestions({ faq, suggestions }: Pick<BotParts, 'faq' | 'suggestions'>): readonly string[] {
  return [...new Set([...faq().map(({ question }) => question), ...suggestions()])];
}
