import type { Answer } from '../../domain.ts';
import type { AnswerTarget } from './answer-question.ts';
import type { Bot } from './bot.ts';
import { isForbidden } from './discord-api.ts';
import { clip, discordLimits } from './discord-limits.ts';
import type { DiscordMessage } from './discord-message.ts';
import { neutraliseLine } from './escape-markdown.ts';
import type { ChannelMessage } from './read-message.ts';
import type { DiscordWords } from './words/discord-words.ts';

export interface MessageTargetParts {
  readonly bot: Bot;
  readonly message: ChannelMessage;
  /** The question, for the name of a thread. */
  readonly question: string;
  readonly words: DiscordWords;
  readonly opensThread: boolean;
}

/** Answers a message by replies, in its channel or in a thread that starts from it. */
export function createMessageTarget({ bot, message, question, words, opensThread }: MessageTargetParts): AnswerTarget {
  const { api, store } = bot.parts;
  let thread: string | undefined;
  let count = 0;
  // What an answer that grows is shown in.
  let shown: { readonly channelId: string; readonly id: string } | undefined;

  async function send(
    content: DiscordMessage,
    name?: string,
  ): Promise<{ readonly channelId: string; readonly id: string }> {
    if (opensThread && name !== undefined) thread ??= await openThread(name);
    const channelId = thread ?? message.channelId;
    const nonce = `${message.id}-${count}`;
    count += 1;
    const { id } = await api.send(channelId, content, {
      nonce,
      ...(channelId === message.channelId && { replyTo: message.id }),
    });
    return { channelId, id };
  }

  async function openThread(name: string): Promise<string | undefined> {
    try {
      return await api.openThread(message.channelId, message.id, clip(name, discordLimits.threadName));
    } catch (thrown) {
      // Without that permission, or in a channel that has no threads, the answer goes where the question is.
      bot.logFailure('a thread could not be opened', thrown);
      return undefined;
    }
  }

  async function excuse(content: DiscordMessage): Promise<void> {
    if (shown) await api.edit(shown.channelId, shown.id, content);
    else await send(content);
  }

  return {
    // That somebody writes is shown already.
    waiting: async () => {},
    async preview(content) {
      if (shown) await api.edit(shown.channelId, shown.id, content);
      else shown = await send(content, nameOf(question, words));
    },
    async show([first, ...rest], { isUrgent, answer }) {
      if (!first) return;
      const name = isUrgent ? undefined : threadName(answer, question, words);
      if (shown) await api.edit(shown.channelId, shown.id, first);
      else shown = await send(first, name);
      for (const part of rest) await send(part, name);
    },
    excuse,
    async slowDown(content, waitMs) {
      const isNews = await store.claims.first(`discord-slow-down:${message.authorId}`, waitMs);
      if (isNews) await excuse(content);
    },
  };
}

/** Only an answered question gives its thread a name: nobody's troubles belong in the list of channels. */
function threadName({ outcome }: Pick<Answer, 'outcome'>, question: string, words: DiscordWords): string {
  return outcome === 'answered' ? nameOf(question, words) : words.threadName;
}

function nameOf(question: string, words: DiscordWords): string {
  return neutraliseLine(question).replace(/@/gu, '') || words.threadName;
}

/** Runs something that writes into a channel; where Nape may not write, it keeps quiet from now on. */
export async function whereAllowed(
  bot: Bot,
  { guildId, channelId }: ChannelMessage,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!isForbidden(thrown)) throw thrown;
    if (guildId !== null) await bot.guilds.mute(guildId, channelId);
    bot.logFailure(`may not write in channel ${channelId}, which is left alone for a day`, thrown);
  }
}
