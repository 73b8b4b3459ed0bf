import { appPermissions, channelJson, memberJson, userJson } from './guild-json.ts';
import { messageJson } from './message-json.ts';
import { permissions } from './permissions.ts';
import type { Guild, Interaction, Json, Member } from './types.ts';
import type { World } from './world.ts';

/** Interaction Object, as INTERACTION_CREATE and as the body of an outgoing webhook carry it. */
export function interactionJson(world: World, interaction: Interaction, mayReadContent: boolean): Json {
  const { id, token, type, data, channelId, guildId } = interaction;
  const user = world.users.get(interaction.userId);
  const channel = world.channels.get(channelId);
  if (!user || !channel) throw new Error(`interaction ${id} names a user or a channel that there is not`);
  const guild = guildId === null ? undefined : world.guilds.get(guildId);
  const member = guild?.members.get(user.id);
  const source = interaction.messageId === null ? undefined : world.messages.get(interaction.messageId);
  const invoker =
    guild && member
      ? { member: { ...memberJson(guild, member), permissions: String(memberPermissions(guild, member)) } }
      : { user: userJson(user) };
  return {
    id,
    application_id: world.applicationId,
    type,
    token,
    version: 1,
    data,
    channel_id: channelId,
    channel: channelJson(world, channel),
    ...(guild
      ? { guild_id: guild.id, guild: { id: guild.id, locale: guild.locale, features: [] }, guild_locale: guild.locale }
      : {}),
    ...invoker,
    ...(source ? { message: messageJson(world, source, { mayReadContent }) } : {}),
    locale: user.locale,
    app_permissions: appPermissions(world, channel),
    entitlements: [],
    authorizing_integration_owners: { '0': guildId ?? '0' },
    context: guild ? 0 : 1,
    attachment_size_limit: 10 * 1024 * 1024,
  };
}

/** What a person may do in a guild. */
export function memberPermissions(guild: Guild, member: Member): bigint {
  const all = (1n << 50n) - 1n;
  if (member.user.id === guild.ownerId || member.permissions & permissions.administrator) return all;
  return guild.everyonePermissions | member.permissions;
}
