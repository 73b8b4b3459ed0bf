import { isObject, listOf } from '../limits/finding.ts';
import { channelJson, userJson } from '../world/guild-json.ts';
import { memberPermissions } from '../world/interaction-json.ts';
import { permissions } from '../world/permissions.ts';
import type { Command, Json } from '../world/types.ts';
import type { World } from '../world/world.ts';

export type OptionValue = string | number | boolean;

const subcommand = 1;
const subcommandGroup = 2;
const kinds = { user: 6, channel: 7 } as const;

/**
 * The data of a command as typed: `nape channel allow` is a command, its group and its subcommand. Types of options come
 * from the registered command; where none is registered, from the values.
 */
export function slashData(
  world: World,
  line: string,
  options: Readonly<Record<string, OptionValue>>,
  { guildId, userId, focused }: { readonly guildId: string | null; readonly userId: string; readonly focused?: string },
): Json {
  const [name = '', ...branch] = line.split(' ');
  const command = registered(world, name, 1, guildId);
  if (command && !mayUse(world, command, guildId, userId))
    throw new Error(`${world.users.get(userId)?.displayName} may not use /${name}`);
  let known = listOf(command?.body.options).filter(isObject);
  for (const step of branch) {
    const next = known.find((option) => option.name === step);
    if (command && !next) throw new Error(`/${name} has no ${step}`);
    known = listOf(next?.options).filter(isObject);
  }
  const given = Object.entries(options).map(([key, value]) => {
    const option = known.find((each) => each.name === key);
    if (command && !option) throw new Error(`/${line} has no option ${key}`);
    const type = Number(option?.type ?? inferred(value));
    return { name: key, type, value, ...(focused === key ? { focused: true } : {}) };
  });
  const missing = known.find((option) => option.required === true && options[String(option.name)] === undefined);
  if (missing && focused === undefined) throw new Error(`/${line} needs its option ${String(missing.name)}`);
  const nested = [...branch]
    .reverse()
    .reduce<readonly Json[]>(
      (inner, step, at) => [{ name: step, type: at === 0 ? subcommand : subcommandGroup, options: inner }],
      given,
    );
  return { id: command?.id ?? world.newId(), name, type: 1, options: nested, ...resolved(world, given) };
}

/** A registered command by the name that English shows; null when nothing at all is registered. */
export function registered(world: World, name: string, type: number, guildId: string | null): Command | null {
  if (world.commands.size === 0) return null;
  const found = [...world.commands.values()].find(
    ({ scope, body }) => body.name === name && (body.type ?? 1) === type && (scope === 'global' || scope === guildId),
  );
  if (!found) throw new Error(`no command ${name} is registered here`);
  return found;
}

/** Application Command Permissions > Syncing: `default_member_permissions` decides; "0" leaves it to administrators. */
function mayUse(world: World, command: Command, guildId: string | null, userId: string): boolean {
  const needed = command.body.default_member_permissions;
  if (world.shownCommands.has(String(command.body.name))) return true;
  const guild = world.guilds.get(guildId ?? '');
  const member = guild?.members.get(userId);
  if (!guild || !member || typeof needed !== 'string') return true;
  const has = memberPermissions(guild, member);
  return needed === '0' ? (has & permissions.administrator) !== 0n : (has & BigInt(needed)) === BigInt(needed);
}

function inferred(value: OptionValue): number {
  if (typeof value === 'boolean') return 5;
  return typeof value === 'number' ? 4 : 3;
}

function resolved(world: World, given: readonly { readonly type: number; readonly value: OptionValue }[]): Json {
  const of = (kind: number) => given.filter(({ type }) => type === kind).map(({ value }) => String(value));
  const channels = of(kinds.channel).flatMap((id) => world.channels.get(id) ?? []);
  const users = of(kinds.user).flatMap((id) => world.users.get(id) ?? []);
  if (channels.length + users.length === 0) return {};
  return {
    resolved: {
      channels: Object.fromEntries(
        channels.map((channel) => [channel.id, { ...channelJson(world, channel), permissions: '0' }]),
      ),
      users: Object.fromEntries(users.map((user) => [user.id, userJson(user)])),
    },
  };
}
