import { commandFindings, commandListFindings, mostCommands } from '../limits/command-limits.ts';
import { isObject } from '../limits/finding.ts';
import type { Command, Json } from '../world/types.ts';
import { apiErrors } from './api-error.ts';
import { misuse, type RestParts, settle } from './rest-parts.ts';
import { type Call, created, noContent, ok, type Reply, type Route } from './route.ts';

/** Commands of the application, for every guild or for one (Application Commands > Endpoints). */
export function commandRoutes(parts: RestParts): readonly Route[] {
  const { world } = parts;
  const inScope = (call: Call) => {
    const scope = scopeOf(parts, call);
    return [...world.commands.values()].filter((command) => command.scope === scope);
  };
  const shown = (command: Command): Json => {
    const guild = command.scope === 'global' ? {} : { guild_id: command.scope };
    return {
      ...withDefaults(command.body),
      id: command.id,
      application_id: world.applicationId,
      version: command.version,
      ...guild,
    };
  };
  const one = (call: Call) => {
    const command = inScope(call).find(({ id }) => id === call.ids.command);
    if (!command) throw apiErrors.unknownCommand();
    return command;
  };
  const upsert = (scope: string, body: Json): { readonly command: Command; readonly isNew: boolean } => {
    const twin = [...world.commands.values()].find((command) => command.scope === scope && isSame(command.body, body));
    const command: Command = twin ?? { id: world.newId(), scope, version: '', body };
    // Discord gives a command a new version when something about it changes.
    if (!twin || JSON.stringify(twin.body) !== JSON.stringify(body)) command.version = world.newId();
    command.body = body;
    world.commands.set(command.id, command);
    return { command, isNew: twin === undefined };
  };
  const post = (call: Call): Reply => {
    settle(parts, call, commandFindings(call.body));
    const type = Number(call.body.type ?? 1);
    const sameType = inScope(call).filter(({ body }) => (body.type ?? 1) === type && !isSame(body, call.body));
    if (sameType.length >= (mostCommands[type] ?? 1)) misuse(parts, call, apiErrors.tooManyCommands());
    const { command, isNew } = upsert(scopeOf(parts, call), call.body);
    return isNew ? created(shown(command)) : ok(shown(command));
  };
  const put = (call: Call): Reply => {
    const bodies = (call.list ?? []).filter(isObject);
    settle(parts, call, commandListFindings(bodies));
    for (const [type, most] of Object.entries(mostCommands)) {
      if (bodies.filter((body) => String(body.type ?? 1) === type).length > most)
        misuse(parts, call, apiErrors.tooManyCommands());
    }
    const scope = scopeOf(parts, call);
    const kept = bodies.map((body) => upsert(scope, body).command);
    for (const command of inScope(call)) if (!kept.includes(command)) world.commands.delete(command.id);
    return ok(kept.map(shown));
  };
  const patch = (call: Call): Reply => {
    const command = one(call);
    const body = { ...command.body, ...call.body };
    settle(parts, call, commandFindings(body));
    command.body = body;
    command.version = world.newId();
    return ok(shown(command));
  };
  const remove = (call: Call): Reply => {
    world.commands.delete(one(call).id);
    return noContent;
  };
  return ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'].flatMap(
    (pattern) => [
      { method: 'GET', pattern, handle: (call: Call) => ok(inScope(call).map(shown)) },
      { method: 'POST', pattern, handle: post },
      { method: 'PUT', pattern, handle: put },
      { method: 'GET', pattern: `${pattern}/:command`, handle: (call: Call) => ok(shown(one(call))) },
      { method: 'PATCH', pattern: `${pattern}/:command`, handle: patch },
      { method: 'DELETE', pattern: `${pattern}/:command`, handle: remove },
    ],
  );
}

function scopeOf({ world }: RestParts, call: Call): string {
  if (call.ids.application !== world.applicationId) throw apiErrors.missingAccess();
  const guild = call.ids.guild;
  if (guild !== undefined && !world.guilds.has(guild)) throw apiErrors.missingAccess();
  return guild ?? 'global';
}

/** A name is unique for each type within its scope. */
function isSame(one: Json, other: Json): boolean {
  return one.name === other.name && (one.type ?? 1) === (other.type ?? 1);
}

/** What Discord adds to what it was sent. */
function withDefaults(body: Json): Json {
  const type = body.type ?? 1;
  const rest = { default_member_permissions: null, nsfw: false, integration_types: [0], contexts: null };
  return { ...rest, description: '', name_localizations: null, description_localizations: null, ...body, type };
}
