import type { Passage } from '../../../domain.ts';
import { said } from '../answer-question.ts';
import { renderPassages } from '../render-message.ts';
import { conversationKey, type Visit } from './visit.ts';

/** `/sources`: the passages behind the person's last answer here, for the person alone. */
export async function runSources(visit: Visit): Promise<void> {
  const { bot, interaction, locale, words } = visit;
  const { guildId, channelId, userId } = interaction;
  const { turns } = await bot.parts.store.conversations.findOrCreate({
    channel: 'discord',
    key: conversationKey(guildId, channelId, userId),
    owner: userId,
    locale,
  });
  const last = turns.findLast(({ passages }) => passages.length > 0);
  await showPassages(visit, last?.passages ?? [], words.noSources);
}

/** Behind an answer, whoever asked. */
export async function runPassages(visit: Visit, turnId: string): Promise<void> {
  const found = await visit.bot.parts.store.conversations.findTurn(turnId);
  await showPassages(visit, found?.turn.passages ?? [], visit.words.answerGone);
}

async function showPassages({ bot, reply }: Visit, ids: readonly string[], otherwise: string): Promise<void> {
  const passages = ids
    .map((id) => bot.parts.passage(id))
    .filter((passage): passage is Passage => passage !== undefined);
  await reply.show(passages.length > 0 ? renderPassages(passages) : [said(otherwise)], 'one');
}
