import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { DatabaseStore } from '../store/database-store.ts';
import { createResilientStore } from '../store/resilient-store.ts';
import type { Store } from '../store/store.ts';

/** Where the store is when no DATABASE_URL is set. */
export function storeFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'store', 'nape.sqlite');
}

/** The store of this installation. Nothing is opened, nor any database's code loaded, until it is first used. */
export function openStore(config: Pick<Config, 'dataDir' | 'store' | 'discord' | 'deadlineMs'>, log: Log): Store {
  const { databaseUrl, keepQuestionsDays, limits } = config.store;
  const { each, all } = limits;
  const options = {
    keepQuestionsDays,
    limits: {
      address: each,
      conversation: each,
      user: { ...each, perMinute: config.discord.limitPerMinute },
      everyone: all,
    },
    now: Date.now,
    // Longer than an answer can take, so that nobody answers the same request meanwhile.
    claimMs: Math.max(60_000, 2 * config.deadlineMs),
  };
  const openSqlite = async (file: string, onFault: (thrown: unknown) => void): Promise<DatabaseStore> => {
    const { openSqliteDatabaseStore } = await import('../store/open-sqlite-store.ts');
    return openSqliteDatabaseStore({ ...options, file, onFault });
  };
  const openPostgres = async (url: string, onFault: (thrown: unknown) => void): Promise<DatabaseStore> => {
    const [{ openPostgresDatabase }, { createDatabaseStore }] = await Promise.all([
      import('../store/postgres-database.ts'),
      import('../store/database-store.ts'),
    ]);
    return createDatabaseStore(await openPostgresDatabase(url), { ...options, onFault });
  };
  return createResilientStore({
    kind: databaseUrl ? 'postgres' : 'sqlite',
    open: (onFault) => (databaseUrl ? openPostgres(databaseUrl, onFault) : openSqlite(storeFile(config), onFault)),
    openMemory: () => openSqlite(':memory:', () => {}),
    now: Date.now,
    log,
  });
}
