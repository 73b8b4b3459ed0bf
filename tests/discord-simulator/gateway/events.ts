import { channelJson, guildJson } from '../world/guild-json.ts';
import { messageJson } from '../world/message-json.ts';
import type { Channel, Json, Message } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** Gateway > List of Intents, those that matter here. */
export const intents = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;

/** Intents that the Developer Portal has to grant first. */
export const privilegedIntents = intents.guildMembers | intents.guildPresences | intents.messageContent;

/** An event before it is known who hears it. */
export interface GatewayEvent {
  readonly name: string;
  /** The guild that decides the shard; null goes to shard 0. */
  readonly guildId: string | null;
  /** The intent that a session needs; 0 for what every session gets. */
  readonly intent: number;
  /** The payload, for a session that may read content or one that may not. */
  readonly data: (mayReadContent: boolean) => Json;
}

export type Dispatch = (event: GatewayEvent) => void;

export function messageEvent(world: World, name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message): GatewayEvent {
  const guildId = world.channels.get(message.channelId)?.guildId ?? null;
  return {
    name,
    guildId,
    intent: guildId === null ? intents.directMessages : intents.guildMessages,
    data: (mayReadContent) => messageJson(world, message, { mayReadContent, forGateway: true }),
  };
}

export function messageDeleteEvent(world: World, { id, channelId }: Message): GatewayEvent {
  const guildId = world.channels.get(channelId)?.guildId ?? null;
  const intent = guildId === null ? intents.directMessages : intents.guildMessages;
  const guild = guildId === null ? {} : { guild_id: guildId };
  return { name: 'MESSAGE_DELETE', guildId, intent, data: () => ({ id, channel_id: channelId, ...guild }) };
}

export function channelEvent(
  world: World,
  name: 'CHANNEL_UPDATE' | 'CHANNEL_DELETE' | 'THREAD_CREATE' | 'THREAD_UPDATE' | 'THREAD_DELETE',
  channel: Channel,
): GatewayEvent {
  const isNew = name === 'THREAD_CREATE' ? { newly_created: true } : {};
  return {
    name,
    guildId: channel.guildId,
    intent: intents.guilds,
    data: () => ({ ...channelJson(world, channel), ...isNew }),
  };
}

export function guildCreateEvent(world: World, guildId: string): GatewayEvent {
  return {
    name: 'GUILD_CREATE',
    guildId,
    intent: intents.guilds,
    data: () => {
      const guild = world.guilds.get(guildId);
      return guild ? guildJson(world, guild) : { id: guildId, unavailable: true };
    },
  };
}
