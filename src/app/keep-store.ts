import { resolve } from 'node:path';
import type { KeepStore } from '../channels/cli/cli-app.ts';
import type { Config } from '../config.ts';
import { NapeError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { storeFile } from './open-store.ts';

/** A SQLite store is copied here; PostgreSQL has programs of its own for that. */
export function createKeepStore(config: Pick<Config, 'dataDir' | 'store'>, store: Store): KeepStore {
  const partsOf = (backup: string) => {
    if (config.store.databaseUrl) {
      const message = 'The store is in PostgreSQL. Use pg_dump and pg_restore with DATABASE_URL instead.';
      throw new NapeError('store-unavailable', message);
    }
    return { file: storeFile(config), backup: resolve(backup) };
  };
  return {
    async backUp(file) {
      const parts = partsOf(file);
      const { backUpSqlite } = await import('../store/sqlite-backup.ts');
      await backUpSqlite(parts);
      return parts.backup;
    },
    async restore(file) {
      const parts = partsOf(file);
      const { restoreSqlite } = await import('../store/sqlite-backup.ts');
      await restoreSqlite(parts, Date.now(), config.store.keepQuestionsDays);
    },
    async forget(target) {
      if (target === 'all') return store.conversations.eraseAll();
      return (await store.conversations.erase(target.id)) ? 1 : 0;
    },
  };
}
