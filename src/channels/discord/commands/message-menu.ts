import { said } from '../answer-question.ts';
import { neutraliseLine } from '../escape-markdown.ts';
import { withoutTokens } from '../message-text.ts';
import { askHere } from './ask.ts';
import type { Visit } from './visit.ts';

/** "Ask Nape about this": the message is the question. Only the person sees the answer, because somebody else wrote it. */
export async function runMessageMenu(visit: Visit): Promise<void> {
  const { action } = visit.interaction;
  if (action.kind !== 'message-menu') return;
  const text = neutraliseLine(withoutTokens(action.message.content));
  if (text === '') return visit.reply.show([said(visit.words.noText)], 'one');
  await askHere(visit, text, 'one');
}
