import { said } from '../answer-question.ts';
import type { Visit } from './visit.ts';

/** `/forget`: erases every conversation that this person has had with Nape on Discord, on any server. */
export async function runForget({ bot, interaction, reply, words }: Visit): Promise<void> {
  await bot.parts.store.conversations.eraseOwner('discord', interaction.userId);
  await reply.show([said(words.forgotten)], 'one');
}
