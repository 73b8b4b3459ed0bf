import { callbackTypes, type Interaction, type Json, type Message } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { type Shown, shown } from './shown.ts';
import { quiet, type Until } from './until.ts';

/** What a person did, and what the bot made of it. */
export interface Exchange {
  /** The interaction that it was; null for a written message. */
  readonly interaction: Interaction | null;
  /** The message that the person wrote; null for an interaction. */
  readonly question: Message | null;
  /** The bot's messages in answer that this person can see now, oldest first. */
  readonly replies: () => readonly Shown[];
  /** The first of them. */
  readonly reply: () => Shown;
  /** Milliseconds until the interaction was acknowledged. */
  readonly acknowledgedAfterMs: () => number;
  /** Choices of an autocomplete. */
  readonly choices: () => readonly Json[];
  readonly modal: () => Json | null;
  /** Waits for a reply that fits. */
  readonly until: (fits: (reply: Shown) => boolean, timeoutMs?: number) => Promise<Shown>;
  /** Waits until the conversation has been still for a while. */
  readonly settled: (quietMs?: number) => Promise<Exchange>;
}

/** How far to wait: until the bot was told, until it acknowledged, or until there is something to see. */
export type Patience = 'sent' | 'acknowledged' | 'shown';

export function createExchange(
  world: World,
  until: Until,
  userId: string,
  {
    interaction = null,
    question = null,
  }: { readonly interaction?: Interaction | null; readonly question?: Message | null },
): Exchange {
  const isVisible = ({ deleted, onlyFor }: Message) => !deleted && (onlyFor === null || onlyFor === userId);
  const replies = () => answers(world, interaction, question).filter(isVisible).map(shown);
  const exchange: Exchange = {
    interaction,
    question,
    replies,
    reply: () => {
      const [first] = replies();
      if (!first) throw new Error('there is no reply');
      return first;
    },
    acknowledgedAfterMs: () => {
      if (interaction === null || interaction.acknowledgedAt === null) throw new Error('it has not been acknowledged');
      return interaction.acknowledgedAt - interaction.createdAt;
    },
    choices: () => interaction?.choices ?? [],
    modal: () => interaction?.modal ?? null,
    until: (fits, timeoutMs) => until(() => replies().find(fits), 'a reply that fits', timeoutMs),
    settled: async (quietMs = 200) => {
      await quiet(world, quietMs);
      return exchange;
    },
  };
  return exchange;
}

/** Whether the person sees what came of it. */
export function isShown({ interaction, replies }: Exchange): boolean {
  if (interaction === null) return replies().some(({ isLoading }) => !isLoading);
  const { callbackType, acknowledgedAt } = interaction;
  if (acknowledgedAt === null) return false;
  const isReply = callbackType === callbackTypes.message || callbackType === callbackTypes.deferredMessage;
  return !isReply || replies().some(({ isLoading }) => !isLoading);
}

function answers(world: World, interaction: Interaction | null, question: Message | null): readonly Message[] {
  if (interaction) {
    const isUpdate =
      interaction.callbackType === callbackTypes.update || interaction.callbackType === callbackTypes.deferredUpdate;
    const ids = [...(isUpdate && interaction.messageId ? [interaction.messageId] : []), ...interaction.messageIds];
    return ids.flatMap((id) => world.messages.get(id) ?? []);
  }
  if (!question) return [];
  // An answer is a reply to the message, or stands after it in the channel or in a thread of the channel.
  const guild = world.guilds.get(world.channels.get(question.channelId)?.guildId ?? '');
  const isThread = (id: string) => world.channels.get(id)?.parentId === question.channelId;
  const places = [question.channelId, ...[...(guild?.channelIds ?? [])].filter(isThread)];
  return places
    .flatMap((id) => world.messagesOf.get(id) ?? [])
    .filter(({ id, authorId, interactionId, type, replyTo }) => {
      if (authorId !== world.bot.id || interactionId !== null || type === 18) return false;
      return BigInt(id) > BigInt(question.id) && (replyTo === null || replyTo === question.id);
    });
}
