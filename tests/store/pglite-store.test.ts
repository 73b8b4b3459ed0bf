import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { afterAll, beforeAll } from 'vitest';
import { createDatabaseStore } from '../../src/store/database-store.ts';
import { openDatabaseOver } from '../../src/store/postgres-database.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { createTurns, pgliteConnections } from './pglite-connections.ts';
import { dumpTables, type RunSql } from './postgres-dump.ts';

let pglite: PGlite;
beforeAll(async () => {
  pglite = await PGlite.create({ extensions: { vector } });
}, 120_000);
afterAll(() => pglite.close());

storeContract('PostgreSQL in this process', async () => {
  const turns = createTurns();
  const run: RunSql = async (sql) => {
    const release = await turns.take();
    try {
      return (await pglite.query<Record<string, unknown>>(sql)).rows;
    } finally {
      release();
    }
  };
  return {
    open: async (options) =>
      createDatabaseStore(await openDatabaseOver(pgliteConnections(pglite, turns)), options).store,
    dump: () => dumpTables(run),
    async remove() {
      await run('drop schema public cascade');
      await run('create schema public');
    },
  };
});
