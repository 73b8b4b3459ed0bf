import { createDatabaseStore, type DatabaseStore, type StoreOptions } from './database-store.ts';
import { openSqliteDatabase, type SqliteDatabaseParts } from './sqlite-database.ts';
import type { Store } from './store.ts';

/** A store in one file, or in memory when `file` is `:memory:`. Throws what SQLite says when the file cannot be used. */
export async function openSqliteStore(parts: SqliteDatabaseParts & StoreOptions): Promise<Store> {
  return (await openSqliteDatabaseStore(parts)).store;
}

export async function openSqliteDatabaseStore(parts: SqliteDatabaseParts & StoreOptions): Promise<DatabaseStore> {
  const { file, watchMs, ...options } = parts;
  return createDatabaseStore(await openSqliteDatabase({ file, ...(watchMs && { watchMs }) }), options);
}
