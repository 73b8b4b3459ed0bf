import { createDatabaseStore, type StoreOptions } from './database-store.ts';
import { openSqliteDatabase, type SqliteDatabaseParts } from './sqlite-database.ts';
import type { Store } from './store.ts';

/** A store in one file, or in memory when `file` is `:memory:`. Throws what SQLite says when the file cannot be used. */
export async function openSqliteStore({
  file,
  watchMs,
  ...options
}: SqliteDatabaseParts & StoreOptions): Promise<Store> {
  return createDatabaseStore(await openSqliteDatabase({ file, ...(watchMs && { watchMs }) }), options);
}
