import { findReference } from './reference.ts';
import { isYes, leaningOf } from './wording.ts';

/** Whether the wording of a question points at something that was said before; a model need not look at others. */
export function leansOnConversation(question: string): boolean {
  const { pronoun, pointing, ellipsis, instead } = leaningOf(question);
  return pronoun || pointing || ellipsis || instead !== null || isYes(question) || findReference(question) !== null;
}
