import type { Locale } from '../../../conversation/locale.ts';
import type { Bot } from '../bot.ts';
import type { GuildSettings } from '../guild-settings.ts';
import type { Interaction } from '../interaction.ts';
import type { InteractionReply } from '../interaction-reply.ts';
import type { DiscordWords } from '../words/discord-words.ts';

/** One interaction with all that its handler needs. */
export interface Visit {
  readonly bot: Bot;
  readonly interaction: Interaction;
  readonly reply: InteractionReply;
  readonly settings: GuildSettings;
  readonly locale: Locale;
  readonly words: DiscordWords;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

/** A conversation is between one person and Nape, in one channel or thread. */
export function conversationKey(guildId: string | null, channelId: string, userId: string): string {
  return `${guildId ?? 'direct'}/${channelId}/${userId}`;
}
