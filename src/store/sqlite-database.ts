import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, Kysely } from 'kysely';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { migrate } from './migrations.ts';
import type { Schema } from './schema.ts';
import { createSqliteDialect, whenNotBusy } from './sqlite-dialect.ts';
import type { StoreDatabase } from './store-database.ts';

export interface SqliteDatabaseParts {
  /** Path of the file, made when it is missing, or `:memory:`. */
  readonly file: string;
  /** Milliseconds between looks for what other processes wrote. */
  readonly watchMs?: number;
}

/** Opens the file and brings its tables up to date. Throws what SQLite says. */
export async function openSqliteDatabase({ file, watchMs = 250 }: SqliteDatabaseParts): Promise<StoreDatabase> {
  const isFile = file !== ':memory:';
  if (isFile) await mkdir(dirname(file), { recursive: true });
  const sqlite = new Sqlite(file, { timeout: 0 });
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(sqlite) });
  try {
    // A killed process loses nothing in this mode; a power cut may lose the last writes unless they were made `durably`.
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    // What is deleted is overwritten with zeros.
    sqlite.pragma('secure_delete = ON');
    await migrate(db, 'sqlite');
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }

  return {
    kind: 'sqlite',
    place: isFile ? file : 'memory',
    db,
    durably: (work) =>
      db.connection().execute(async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('pragma synchronous = FULL'));
        try {
          return await connection.transaction().execute(work);
        } finally {
          await connection.executeQuery(CompiledQuery.raw('pragma synchronous = NORMAL'));
        }
      }),
    patiently: (work) => work(db),
    createLimiter(options) {
      const limiter = new RateLimiterSQLite({
        ...options,
        storeClient: sqlite,
        storeType: 'better-sqlite3',
        tableName: 'nape_limits',
        tableCreated: true,
        clearExpiredByTimeout: false,
        inMemoryBlockOnConsumed: options.points + 1,
      });
      // It writes past Kysely, so it takes its turn here: inside a transaction of another question, its count would be
      // rolled back with that.
      return {
        consume: (key) => db.connection().execute(() => whenNotBusy(sqlite, () => limiter.consume(key))),
      };
    },
    async scrub() {
      // The write-ahead log still has the pages as they were.
      if (isFile) await db.executeQuery(CompiledQuery.raw('pragma wal_checkpoint(truncate)'));
    },
    // Other processes see the version of the data change.
    announce: async () => {},
    onAnnounced(wake) {
      if (!isFile) return () => {};
      const version = () => sqlite.open && sqlite.pragma('data_version', { simple: true });
      let seen = version();
      const timer = setInterval(() => {
        const found = version();
        if (found === seen) return;
        seen = found;
        wake();
      }, watchMs);
      timer.unref();
      return () => clearInterval(timer);
    },
    close: () => db.destroy(),
  };
}
