import { memberJson, userJson } from './guild-json.ts';
import { interactionTypes, type Json, type Message, messageFlags } from './types.ts';
import type { World } from './world.ts';

export interface MessageView {
  /** Whether the application was granted the privileged MESSAGE_CONTENT intent. */
  readonly mayReadContent: boolean;
  /** In gateway events a guild's message names its guild and the author's member. */
  readonly forGateway?: boolean;
}

/**
 * Message Object as a bot sees it. Without MESSAGE_CONTENT, content, embeds, attachments and components are empty, except
 * in the bot's own messages, in direct messages and where the bot is mentioned (Gateway > Message Content Intent).
 */
export function messageJson(world: World, message: Message, view: MessageView): Json {
  const { id, channelId, type, flags, nonce, replyTo } = message;
  const author = world.users.get(message.authorId);
  const channel = world.channels.get(channelId);
  const guild = world.guilds.get(channel?.guildId ?? '');
  const member = guild?.members.get(message.authorId);
  const isReadable =
    view.mayReadContent ||
    message.authorId === world.bot.id ||
    guild === undefined ||
    message.mentions.includes(world.bot.id);
  const mentioned = message.mentions.flatMap((user) => world.users.get(user) ?? []);
  const referenced = replyTo === null ? undefined : world.messages.get(replyTo);
  const reference = { type: 0, channel_id: channelId, message_id: replyTo, ...(guild ? { guild_id: guild.id } : {}) };
  const { user: _, ...partialMember } = guild && member ? memberJson(guild, member) : {};
  const thread = world.channels.get(id);
  return {
    id,
    type,
    channel_id: channelId,
    author: author ? userJson(author) : null,
    content: isReadable ? message.content : '',
    embeds: isReadable ? message.embeds : [],
    components: isReadable ? message.components : [],
    attachments: message.fileNames.map((filename, at) => attachmentJson(id, filename, at)),
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions: mentioned.map(userJson),
    mention_roles: [],
    pinned: false,
    flags: flags | (message.onlyFor === null ? 0 : messageFlags.ephemeral),
    ...(nonce === null ? {} : { nonce }),
    ...(replyTo === null ? {} : { message_reference: reference }),
    ...(replyTo === null
      ? {}
      : { referenced_message: referenced ? messageJson(world, referenced, { ...view, forGateway: false }) : null }),
    ...(message.interactionId === null ? {} : interactionMetadata(world, message.interactionId)),
    ...(thread ? { thread: { id: thread.id, type: thread.type, name: thread.name } } : {}),
    ...(view.forGateway && guild ? { guild_id: guild.id, member: partialMember } : {}),
    ...(view.forGateway && channel ? { channel_type: channel.type } : {}),
  };
}

function attachmentJson(messageId: string, filename: string, at: number): Json {
  const url = `http://127.0.0.1/attachments/${messageId}/${filename}`;
  return { id: `${BigInt(messageId) + BigInt(at)}`, filename, size: 1, url, proxy_url: url };
}

/** Message Object > Message Interaction Metadata; such a message comes from the application's webhook. */
function interactionMetadata(world: World, interactionId: string): Json {
  const interaction = world.interactions.get(interactionId);
  const user = world.users.get(interaction?.userId ?? '');
  if (!interaction || !user) return {};
  const owners = { '0': interaction.guildId ?? '0' };
  const metadata = {
    id: interactionId,
    type: interaction.type,
    user: userJson(user),
    authorizing_integration_owners: owners,
  };
  const isCommand = interaction.type === interactionTypes.command;
  const old = { id: interactionId, type: interaction.type, name: interaction.data.name, user: userJson(user) };
  return {
    webhook_id: world.applicationId,
    application_id: world.applicationId,
    interaction_metadata: metadata,
    ...(isCommand ? { interaction: old } : {}),
  };
}
