import { bits, botPermissionsIn } from './permissions.ts';
import { type Channel, channelTypes, type Guild, type Json, type Member, type User } from './types.ts';
import type { World } from './world.ts';

/** Receiving and Responding > Interaction Object: `app_permissions` in direct messages with the app. */
const inDirectMessages = bits(['attachFiles', 'embedLinks', 'mentionEveryone', 'useExternalEmojis']);

/** User Object. */
export function userJson({ id, username, displayName, bot }: User): Json {
  const name = { username, global_name: bot ? null : displayName, discriminator: bot ? '0001' : '0' };
  return { id, ...name, avatar: null, bot, public_flags: 0, flags: 0 };
}

/** Guild Member Object. A person's own permissions are a role of their own here. */
export function memberJson(guild: Guild, member: Member): Json {
  const isBot = member.user.bot;
  const roles = isBot ? [guild.botRoleId] : member.permissions > 0n ? [roleOf(guild, member.user.id)] : [];
  const times = {
    joined_at: '2025-01-01T00:00:00.000000+00:00',
    premium_since: null,
    communication_disabled_until: null,
  };
  return { user: userJson(member.user), nick: null, avatar: null, roles, ...times, deaf: false, mute: false, flags: 0 };
}

/** Threads are not part of a guild's channels (Gateway Events > Guild Create). */
export function guildJson(world: World, guild: Guild): Json {
  const channels = [...guild.channelIds].flatMap((id) => world.channels.get(id) ?? []);
  const isThread = ({ parentId }: Channel) => parentId !== null;
  const inGuild = { joined_at: '2025-01-01T00:00:00.000000+00:00', large: false, unavailable: false };
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    preferred_locale: guild.locale,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    nsfw: false,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    application_id: null,
    vanity_url_code: null,
    max_members: 500_000,
    features: [],
    emojis: [],
    stickers: [],
    roles: rolesJson(guild),
    ...inGuild,
    member_count: guild.members.size,
    // Without GUILD_MEMBERS a guild comes with the bot's own member only.
    members: [...guild.members.values()].filter(({ user }) => user.bot).map((member) => memberJson(guild, member)),
    channels: channels.filter((channel) => !isThread(channel)).map((channel) => channelJson(world, channel)),
    threads: channels.filter((channel) => isThread(channel) && !channel.archived).map((c) => channelJson(world, c)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

function rolesJson(guild: Guild): readonly Json[] {
  const role = (id: string, name: string, permissions: bigint, managed = false): Json => {
    const look = { color: 0, hoist: false, icon: null, unicode_emoji: null, mentionable: false, flags: 0 };
    return { id, name, permissions: String(permissions), position: name === '@everyone' ? 0 : 1, managed, ...look };
  };
  const own = [...guild.members.values()].filter(({ permissions, user }) => permissions > 0n && !user.bot);
  return [
    role(guild.id, '@everyone', guild.everyonePermissions),
    role(guild.botRoleId, 'bot', guild.botPermissions, true),
    ...own.map(({ user, permissions }) => role(roleOf(guild, user.id), `role of ${user.username}`, permissions)),
  ];
}

function roleOf(guild: Guild, userId: string): string {
  return String(BigInt(guild.id) + (BigInt(userId) % 1_000_000n) + 1n);
}

/** Channel Object. */
export function channelJson(world: World, channel: Channel): Json {
  const { id, type, guildId, name, parentId, ownerId, recipientId } = channel;
  const last = { last_message_id: null };
  if (type === channelTypes.dm) {
    const recipient = world.users.get(recipientId ?? '');
    return { id, type, ...last, recipients: recipient ? [userJson(recipient)] : [], flags: 0 };
  }
  const common = { id, type, guild_id: guildId, name, ...last, rate_limit_per_user: 0, flags: 0 };
  if (parentId !== null) {
    const archive = {
      archived: channel.archived,
      auto_archive_duration: 1440,
      archive_timestamp: '2025-01-01T00:00:00+00:00',
    };
    const counts = { message_count: 0, member_count: 1, total_message_sent: 0 };
    const metadata = { thread_metadata: { ...archive, locked: false, create_timestamp: '2025-01-01T00:00:00+00:00' } };
    return { ...common, parent_id: parentId, owner_id: ownerId, ...metadata, ...counts };
  }
  const denied = { id: guildId, type: 0, allow: '0', deny: String(channel.denied) };
  const overwrites = channel.denied > 0n ? [denied] : [];
  return { ...common, position: 0, parent_id: null, topic: null, nsfw: false, permission_overwrites: overwrites };
}

/** `app_permissions` of an interaction. */
export function appPermissions(world: World, channel: Channel): string {
  const guild = channel.guildId === null ? null : (world.guilds.get(channel.guildId) ?? null);
  return String(botPermissionsIn(guild, channel) ?? inDirectMessages);
}
