import { z } from 'zod';

/** A message in a channel, of what Discord says about it only what Nape uses. */
export interface ChannelMessage {
  readonly id: string;
  readonly channelId: string;
  /** Null in a direct message. */
  readonly guildId: string | null;
  readonly authorId: string;
  /** Whether a person wrote it, by hand. */
  readonly isFromPerson: boolean;
  /** Empty where Discord does not let us read it: then it neither mentions us nor was sent to us. */
  readonly content: string;
  readonly mentionedIds: readonly string[];
  /** Who wrote the message that this one replies to. */
  readonly repliedToId: string | null;
}

const payload = z.object({
  id: z.string(),
  channel_id: z.string(),
  guild_id: z.string().optional(),
  type: z.number().default(0),
  author: z.object({ id: z.string(), bot: z.boolean().optional(), system: z.boolean().optional() }),
  webhook_id: z.string().optional(),
  content: z.string().default(''),
  mentions: z.array(z.object({ id: z.string() })).default([]),
  referenced_message: z.object({ author: z.object({ id: z.string() }) }).nullish(),
});

/** What people write: a message, or a reply. */
const writtenTypes = [0, 19];

/** Reads a message as the gateway brings it; null for what is none. */
export function readMessage(given: unknown): ChannelMessage | null {
  const parsed = payload.safeParse(given);
  if (!parsed.success) return null;
  const { author, type, webhook_id: webhook, referenced_message: referenced, ...message } = parsed.data;
  return {
    id: message.id,
    channelId: message.channel_id,
    guildId: message.guild_id ?? null,
    authorId: author.id,
    isFromPerson: !author.bot && !author.system && webhook === undefined && writtenTypes.includes(type),
    content: message.content,
    mentionedIds: message.mentions.map(({ id }) => id),
    repliedToId: referenced?.author.id ?? null,
  };
}
