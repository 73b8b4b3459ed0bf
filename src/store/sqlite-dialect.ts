import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, SqliteDialect } from 'kysely';

/** How long a write waits for another process. */
const busyMs = 5_000;

/**
 * Kysely's dialect for a database whose own timeout is 0, with three differences. A transaction takes the lock when it
 * begins: one that first reads and then writes fails when another process wrote in between. Waiting for the lock
 * leaves this process free, where SQLite's own timeout would stop it. And a file that was removed is an error: SQLite
 * would go on writing where nobody will ever read.
 */
export function createSqliteDialect(sqlite: Database): Dialect {
  const dialect = new SqliteDialect({ database: sqlite });
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => createDriver(dialect.createDriver(), sqlite),
  };
}

/** Does it again for as long as another process writes. Throws like `work`. */
export async function whenNotBusy<T>(sqlite: Database, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + busyMs;
  for (let waitMs = 1; ; waitMs = Math.min(2 * waitMs, 20)) {
    try {
      return await work();
    } catch (thrown) {
      // Inside a transaction the lock is held already.
      if (!isBusy(thrown) || sqlite.inTransaction || performance.now() > end) throw thrown;
    }
    await pause(waitMs);
  }
}

function createDriver(driver: Driver, sqlite: Database): Driver {
  let connection: DatabaseConnection | undefined;
  const isInPlace = fileCheck(sqlite);
  return {
    init: () => driver.init(),
    async acquireConnection() {
      if (!isInPlace()) throw new Error(`${sqlite.name} has been removed or replaced.`);
      const plain = await driver.acquireConnection();
      connection ??= {
        executeQuery: (query) => whenNotBusy(sqlite, async () => plain.executeQuery(query)),
        streamQuery: (query, size) => plain.streamQuery(query, size),
      };
      return connection;
    },
    beginTransaction: (of) => run(of, 'begin immediate'),
    commitTransaction: (of) => run(of, 'commit'),
    async rollbackTransaction(of) {
      // A full disk ends the transaction by itself.
      if (sqlite.inTransaction) await run(of, 'rollback');
    },
    releaseConnection: (of) => driver.releaseConnection(of),
    destroy: () => driver.destroy(),
  };
}

/** Whether the path still leads to the file that was opened. */
function fileCheck(sqlite: Database): () => boolean {
  if (sqlite.memory) return () => true;
  const inode = () => statSync(sqlite.name, { throwIfNoEntry: false })?.ino;
  const opened = inode();
  return () => inode() === opened;
}

async function run(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement));
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY');
}
