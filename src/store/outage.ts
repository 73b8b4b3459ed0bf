/**
 * Whether the database is to blame for a failure, and memory should stand in for it. A value that breaks a rule of the
 * tables and a caller that went away are the caller's affair; anything else, from a full disk to a lost server, is not.
 */
export function isOutage(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return true;
  if (thrown.name === 'AbortError' || thrown.name === 'TimeoutError') return false;
  const code = 'code' in thrown ? String(thrown.code) : '';
  // SQLSTATE classes: 22 is a bad value, 23 a broken constraint, 40 a transaction that crossed another.
  return !/^(?:SQLITE_(?:CONSTRAINT|TOOBIG|MISMATCH)|(?:22|23|40)[0-9A-Z]{3}$)/.test(code);
}

/** What to do about it, for the owner's log; undefined where the reason says it all. */
export function adviceOn(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  for (const [pattern, advice] of advices) if (pattern.test(code)) return advice;
  return undefined;
}

const advices: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_FULL|^ENOSPC|^53100/, 'The disk is full: make room.'],
  [/^SQLITE_(?:READONLY|CANTOPEN|PERM)|^E(?:ACCES|PERM|ROFS)/, 'Make the data folder writable for this user.'],
  [/^SQLITE_(?:CORRUPT|NOTADB)/, 'The file is damaged: move it away, or run `nape restore` with a backup.'],
  [/^ECONN|^ENOTFOUND|^ETIMEDOUT|^08|^57P/, 'Start the PostgreSQL server, or check DATABASE_URL.'],
  [/^28|^3D/, 'Check user, password and database in DATABASE_URL.'],
];
