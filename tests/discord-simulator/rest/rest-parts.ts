import type { Dispatch } from '../gateway/events.ts';
import type { Finding } from '../limits/finding.ts';
import { botPermissionsIn, type PermissionName, permissions } from '../world/permissions.ts';
import { type Channel, channelTypes, type Guild } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { type ApiError, apiErrors } from './api-error.ts';
import type { Recording } from './record.ts';
import type { Call } from './route.ts';

/** What every route works with. */
export interface RestParts {
  readonly world: World;
  readonly recording: Recording;
  readonly dispatch: Dispatch;
  /** Whether the application was granted MESSAGE_CONTENT: over REST, that alone decides. */
  readonly mayReadContent: () => boolean;
}

/** Records what is wrong with a request; throws 400 when Discord would refuse it. */
export function settle({ recording }: RestParts, call: Call, findings: readonly Finding[]): void {
  const route = `${call.method} ${call.path}`;
  for (const finding of findings) recording.violations.push({ ...finding, method: call.method, route });
  const refused = findings.filter(({ kind }) => kind === 'refused');
  if (refused.length > 0) throw apiErrors.invalidForm(refused);
}

/** Notes a request that Discord answers with an error that no careful bot provokes, and throws that error. */
export function misuse({ recording }: RestParts, call: Call, error: ApiError): never {
  const finding = { path: [], code: String(error.code), message: error.message, kind: 'refused' as const };
  recording.violations.push({ ...finding, method: call.method, route: `${call.method} ${call.path}` });
  throw error;
}

/** A channel that the bot can see. */
export function visibleChannel({ world }: RestParts, id: string | undefined): Channel {
  const channel = world.channels.get(id ?? '');
  if (!channel) throw apiErrors.unknownChannel();
  const allowed = botPermissionsIn(guildOf(world, channel), channel);
  if (allowed !== null && !(allowed & permissions.viewChannel)) throw apiErrors.missingAccess();
  return channel;
}

/** Throws 403 when the bot lacks a permission in a channel. */
export function needs({ world }: RestParts, channel: Channel, ...names: readonly PermissionName[]): void {
  const allowed = botPermissionsIn(guildOf(world, channel), channel);
  if (allowed === null || allowed & permissions.administrator) return;
  if (names.some((name) => !(allowed & permissions[name]))) throw apiErrors.missingPermissions();
}

export function mayRead({ world }: RestParts, channel: Channel): boolean {
  const allowed = botPermissionsIn(guildOf(world, channel), channel);
  return allowed === null || (allowed & (permissions.readMessageHistory | permissions.administrator)) !== 0n;
}

export function isThread({ type }: Channel): boolean {
  return type === channelTypes.publicThread || type === channelTypes.privateThread;
}

function guildOf(world: World, { guildId }: Channel): Guild | null {
  return guildId === null ? null : (world.guilds.get(guildId) ?? null);
}
