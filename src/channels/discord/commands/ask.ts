import { type AnswerTarget, answerQuestion, said } from '../answer-question.ts';
import { mayAnswer } from '../guild-settings.ts';
import { ownQuestions } from '../own-questions.ts';
import { conversationKey, type Visit } from './visit.ts';

/** `/ask`: answers for everyone in the channel, or for the person alone. */
export async function runAsk(visit: Visit): Promise<void> {
  const { action } = visit.interaction;
  if (action.kind !== 'command') return;
  const { question, private: isPrivate } = action.options;
  await askHere(visit, String(question ?? ''), isPrivate === true ? 'one' : 'everyone');
}

/** Answers a question where the person is, unless the people who run the server do not want that. */
export async function askHere(visit: Visit, text: string, to: 'everyone' | 'one'): Promise<void> {
  const { bot, interaction, reply, settings, locale, words, at } = visit;
  const { userId, guildId, channelId, parentId } = interaction;
  const isAllowed = mayAnswer(settings, channelId, parentId);
  // Reading the text first takes a moment that others wait for; what turns out to be urgent is told to one alone anyway.
  const isUrgent = (!isAllowed || !bot.isBusy()) && bot.parts.isUrgent(text);
  // An urgent answer only the person sees, so it disturbs nobody.
  if (!isAllowed && !isUrgent) return reply.show([said(words.notHere)], 'one');
  const whom = isUrgent ? 'one' : to;
  const target: AnswerTarget = {
    waiting: () => reply.defer(whom),
    preview: (message) => reply.show([message], whom),
    show: (messages, how) => reply.show(messages, how.isUrgent ? 'one' : whom),
    excuse: (message) => reply.show([message], 'one'),
    slowDown: (message) => reply.show([message], 'one'),
  };
  const key = conversationKey(guildId, channelId, userId);
  const isOurs = ownQuestions(bot.parts).includes(text);
  await answerQuestion(bot, { text, userId, key, locale, isOurs, askedAt: at }, target);
}
