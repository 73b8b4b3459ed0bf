import { channelJson, guildJson, memberJson, userJson } from '../world/guild-json.ts';
import { directMessages } from '../world/world.ts';
import { apiErrors } from './api-error.ts';
import type { RestParts } from './rest-parts.ts';
import { type Call, ok, type Reply, type Route } from './route.ts';

export interface DirectoryParts extends RestParts {
  /** The application's public key, hex. */
  readonly publicKey: string;
  /** Get Gateway Bot: the address, shards and session start limit. */
  readonly gateway: () => Readonly<Record<string, unknown>>;
}

/** Who and what there is: the gateway's address, the application, users, guilds, members (Gateway, Application, User, Guild). */
export function directoryRoutes(parts: DirectoryParts): readonly Route[] {
  const { world } = parts;
  const guildOf = (call: Call) => {
    const guild = world.guilds.get(call.ids.guild ?? '');
    if (!guild) throw apiErrors.unknownGuild();
    return guild;
  };
  const application = () => {
    const { id, username } = world.bot;
    const keys = { verify_key: parts.publicKey, interactions_endpoint_url: null };
    const counts = { approximate_guild_count: world.guilds.size, flags: 0 };
    return ok({
      id,
      name: username,
      icon: null,
      description: '',
      bot_public: true,
      bot_require_code_grant: false,
      ...keys,
      ...counts,
      bot: userJson(world.bot),
      owner: null,
      team: null,
    });
  };
  const userOf = (call: Call): Reply => {
    const user = world.users.get(call.ids.user ?? '');
    if (!user) throw apiErrors.unknownUser();
    return ok(userJson(user));
  };
  const openDirectMessages = (call: Call): Reply => {
    const user = world.users.get(String(call.body.recipient_id));
    if (!user || user.bot) throw apiErrors.cannotMessageUser();
    return ok(channelJson(world, directMessages(world, user)));
  };
  const memberOf = (call: Call): Reply => {
    const guild = guildOf(call);
    const member = guild.members.get(call.ids.user === '@me' ? world.bot.id : (call.ids.user ?? ''));
    if (!member) throw apiErrors.unknownMember();
    return ok(memberJson(guild, member));
  };
  const channelsOf = (call: Call): Reply =>
    ok(
      [...guildOf(call).channelIds]
        .flatMap((id) => world.channels.get(id) ?? [])
        .map((channel) => channelJson(world, channel)),
    );
  return [
    { method: 'GET', pattern: '/gateway', isOpen: true, handle: () => ok({ url: parts.gateway().url }) },
    { method: 'GET', pattern: '/gateway/bot', handle: () => ok(parts.gateway()) },
    { method: 'GET', pattern: '/applications/@me', handle: application },
    { method: 'GET', pattern: '/oauth2/applications/@me', handle: application },
    { method: 'GET', pattern: '/users/@me', handle: () => ok(userJson(world.bot)) },
    {
      method: 'GET',
      pattern: '/users/@me/guilds',
      handle: ({ query }) => {
        const after = BigInt(query.get('after') ?? 0);
        const all = [...world.guilds.values()].filter(({ id }) => BigInt(id) > after);
        const page = all.slice(0, Number(query.get('limit') ?? 200));
        return ok(
          page.map(({ id, name, everyonePermissions, botPermissions }) => ({
            id,
            name,
            permissions: String(everyonePermissions | botPermissions),
          })),
        );
      },
    },
    { method: 'POST', pattern: '/users/@me/channels', handle: openDirectMessages },
    { method: 'GET', pattern: '/users/:user', handle: userOf },
    { method: 'GET', pattern: '/guilds/:guild', handle: (call) => ok(guildJson(world, guildOf(call))) },
    { method: 'GET', pattern: '/guilds/:guild/channels', handle: channelsOf },
    { method: 'GET', pattern: '/guilds/:guild/members/:user', handle: memberOf },
  ];
}
