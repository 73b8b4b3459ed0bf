import type { Channel, Guild } from './types.ts';
import { channelTypes } from './types.ts';

/** Permissions > Bitwise Permission Flags, those that a bot such as this one can meet. */
export const permissions = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useExternalEmojis: 1n << 18n,
  useApplicationCommands: 1n << 31n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendMessagesInThreads: 1n << 38n,
} as const;

export type PermissionName = keyof typeof permissions;

export function bits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | permissions[name], 0n);
}

/** What @everyone may do in a fresh server, as far as it matters here. */
export const everyoneByDefault = bits([
  'addReactions',
  'viewChannel',
  'sendMessages',
  'embedLinks',
  'attachFiles',
  'readMessageHistory',
  'useApplicationCommands',
  'createPublicThreads',
  'sendMessagesInThreads',
]);

/** What the bot's invite asks for: nothing else may be needed. */
export const invitedByDefault = bits([
  'viewChannel',
  'sendMessages',
  'sendMessagesInThreads',
  'createPublicThreads',
  'embedLinks',
]);

/** Permission bits of the bot in a channel; null where Discord knows none, as in direct messages. */
export function botPermissionsIn(guild: Guild | null, channel: Channel): bigint | null {
  if (guild === null || channel.type === channelTypes.dm) return null;
  const granted = guild.everyonePermissions | guild.botPermissions;
  if (granted & permissions.administrator) return granted;
  return granted & ~channel.denied;
}
