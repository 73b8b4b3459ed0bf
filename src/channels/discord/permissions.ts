/** Exactly what Nape needs in a channel, by Discord's names. */
export const neededPermissions = {
  'View Channel': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Embed Links': 1n << 14n,
  'Create Public Threads': 1n << 35n,
  'Send Messages in Threads': 1n << 38n,
} as const;

const administrator = 1n << 3n;
const manageServer = 1n << 5n;

/** Whether a bit field, as the decimal number that Discord sends, lets its holder change Nape's settings. */
export function canManage(permissions: string): boolean {
  return has(permissions, administrator) || has(permissions, manageServer);
}

export function isAdministrator(permissions: string): boolean {
  return has(permissions, administrator);
}

/** The link with which somebody who manages a server adds the bot to it. */
export function inviteLink(applicationId: string): string {
  const bits = Object.values(neededPermissions).reduce((all, bit) => all | bit, 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    permissions: bits.toString(),
    scope: 'bot applications.commands',
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

function has(permissions: string, bit: bigint): boolean {
  return /^\d+$/u.test(permissions) && (BigInt(permissions) & bit) !== 0n;
}
