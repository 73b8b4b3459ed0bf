import { completions } from '../autocomplete.ts';
import { ownQuestions } from '../own-questions.ts';
import type { Visit } from './visit.ts';

/** Completes the question while it is typed. */
export async function runTyping({ bot, interaction, reply }: Visit): Promise<void> {
  const { action } = interaction;
  if (action.kind !== 'typing') return;
  const questions = completions(action.typed, ownQuestions(bot.parts));
  await reply.choices(questions.map((question) => ({ name: question, value: question })));
}
