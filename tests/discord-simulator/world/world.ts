import type { Clock } from '../clock.ts';
import { createSnowflakes } from '../snowflake.ts';
import { everyoneByDefault, invitedByDefault } from './permissions.ts';
import {
  type Channel,
  type Command,
  channelTypes,
  type Guild,
  type Interaction,
  type Message,
  type User,
} from './types.ts';

/** Everything that exists, and who is told when it changes. */
export interface World {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly applicationId: string;
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Message>;
  /** Messages by channel, oldest first; those that were deleted too. */
  readonly messagesOf: Map<string, Message[]>;
  /** The latest message with each nonce. */
  readonly nonces: Map<string, Message>;
  readonly interactions: Map<string, Interaction>;
  /** Interactions by token. */
  readonly tokens: Map<string, Interaction>;
  /** Direct messages by person. */
  readonly direct: Map<string, Channel>;
  readonly commands: Map<string, Command>;
  /** Names of commands that a server shows to everybody, whatever the application wants (Integrations settings). */
  readonly shownCommands: Set<string>;
  /** Tells those who wait that something may be different now. */
  readonly changed: () => void;
  readonly onChange: (listener: () => void) => () => void;
}

export function createWorld(clock: Clock, botName: string): World {
  const newId = createSnowflakes(clock.now);
  const listeners = new Set<() => void>();
  let isTold = false;
  // A bot's user id is its application's id.
  const applicationId = newId();
  const bot: User = { id: applicationId, username: botName, displayName: botName, bot: true, locale: 'en-US' };
  return {
    clock,
    newId,
    applicationId,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    messagesOf: new Map(),
    nonces: new Map(),
    interactions: new Map(),
    tokens: new Map(),
    direct: new Map(),
    commands: new Map(),
    shownCommands: new Set(),
    changed: () => {
      // A thousand waiting people look once a round, not once for each message.
      if (isTold) return;
      isTold = true;
      setImmediate(() => {
        isTold = false;
        for (const listener of [...listeners]) listener();
      });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function addUser(world: World, name: string, locale = 'en-US'): User {
  const user = { id: world.newId(), username: name.toLowerCase(), displayName: name, bot: false, locale };
  world.users.set(user.id, user);
  return user;
}

/** A server that the bot has been invited to, without channels. */
export function addGuild(
  world: World,
  name: string,
  owner: User,
  { id = world.newId(), locale = 'en-US' } = {},
): Guild {
  const guild: Guild = {
    id,
    name,
    ownerId: owner.id,
    locale,
    members: new Map(),
    channelIds: new Set(),
    everyonePermissions: everyoneByDefault,
    botPermissions: invitedByDefault,
    botRoleId: world.newId(),
  };
  for (const user of [owner, world.bot]) guild.members.set(user.id, { user, permissions: 0n });
  world.guilds.set(guild.id, guild);
  return guild;
}

export function addChannel(world: World, guild: Guild, name: string): Channel {
  return keep(world, { type: channelTypes.text, guildId: guild.id, name });
}

/** A thread; one that starts from a message has that message's id (Threads > Creating Threads). */
export function addThread(
  world: World,
  parent: Channel,
  name: string,
  ownerId: string,
  type: number,
  id?: string,
): Channel {
  return keep(world, { id, type, guildId: parent.guildId, name, parentId: parent.id, ownerId });
}

/** The direct messages between the bot and a person; always the same channel. */
export function directMessages(world: World, user: User): Channel {
  const name = `dm-${user.username}`;
  const channel =
    world.direct.get(user.id) ?? keep(world, { type: channelTypes.dm, guildId: null, name, recipientId: user.id });
  world.direct.set(user.id, channel);
  return channel;
}

function keep(
  world: World,
  parts: Pick<Channel, 'type' | 'guildId' | 'name'> &
    Partial<Omit<Channel, 'id'>> & { readonly id?: string | undefined },
): Channel {
  const defaults = { parentId: null, ownerId: null, recipientId: null, denied: 0n, archived: false };
  const channel: Channel = { ...defaults, ...parts, id: parts.id ?? world.newId() };
  world.channels.set(channel.id, channel);
  if (channel.guildId !== null) world.guilds.get(channel.guildId)?.channelIds.add(channel.id);
  return channel;
}

export function messagesIn(world: World, channelId: string): readonly Message[] {
  return (world.messagesOf.get(channelId) ?? []).filter(({ deleted }) => !deleted);
}
