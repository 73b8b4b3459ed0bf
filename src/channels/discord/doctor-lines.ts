import type { DiscordConfig } from '../../config.ts';
import type { DoctorLine } from '../cli/cli-app.ts';
import { type DiscordApi, DiscordFailure } from './discord-api.ts';
import { isAdministrator, neededPermissions } from './permissions.ts';

const subject = 'discord';

/** What `nape doctor` finds about Discord; `api` is null without a token. */
export async function discordDoctorLines(
  { token, publicKey, shards }: DiscordConfig,
  api: Pick<DiscordApi, 'application' | 'guilds'> | null,
): Promise<readonly DoctorLine[]> {
  const http: readonly DoctorLine[] =
    publicKey === undefined
      ? []
      : [{ state: 'ok', subject, text: 'interactions by HTTP are answered at /discord/interactions' }];
  if (token === undefined || api === null) {
    const text = 'the bot stays away from Discord; DISCORD_TOKEN is not set';
    return http.length > 0 ? http : [{ state: 'ok', subject, text }];
  }
  try {
    const { name } = await api.application();
    const guilds = await api.guilds();
    const connections =
      shards === 'auto' ? 'all connections' : `connections ${shards.ids.join(', ')} of ${shards.count}`;
    const text = `the token is that of ${name}, on ${guilds.length} ${guilds.length === 1 ? 'server' : 'servers'}, ${connections}`;
    return [{ state: 'ok', subject, text }, ...administratorLines(guilds), ...http];
  } catch (thrown) {
    const isRefused = thrown instanceof DiscordFailure && thrown.status === 401;
    const reason =
      thrown instanceof DiscordFailure ? thrown.message : 'Discord answers in a form that Nape does not know';
    return [
      {
        state: 'problem',
        subject,
        text: isRefused ? 'Discord refuses DISCORD_TOKEN' : reason,
        nextStep: isRefused
          ? 'Copy the token from the Developer Portal, page Bot.'
          : 'Check that this machine reaches discord.com, then run nape doctor again.',
      },
      ...http,
    ];
  }
}

/** A bot that may do everything is a danger to its server, and Nape needs five permissions. */
function administratorLines(guilds: Awaited<ReturnType<DiscordApi['guilds']>>): readonly DoctorLine[] {
  const names = guilds.filter(({ permissions }) => isAdministrator(permissions)).map(({ name }) => `“${name}”`);
  if (names.length === 0) return [];
  const shown = [
    ...names.slice(0, mostNames),
    ...(names.length > mostNames ? [`${names.length - mostNames} more`] : []),
  ];
  return [
    {
      state: 'warning',
      subject,
      text: `the bot is Administrator on ${shown.join(', ')}`,
      nextStep: `Take that permission away; it needs only ${Object.keys(neededPermissions).join(', ')}.`,
    },
  ];
}

const mostNames = 5;
