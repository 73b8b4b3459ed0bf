import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { afterAll, beforeAll } from 'vitest';
import { createDatabaseStore } from '../../src/store/database-store.ts';
import { openDatabaseOver } from '../../src/store/postgres-database.ts';
import type { StorePlace } from '../contracts/store.contract.ts';
import { createTurns, pgliteConnections } from './pglite-connections.ts';
import { dumpTables, type RunSql } from './postgres-dump.ts';

/** PostgreSQL in this process for the tests of one file; each place empties it first. */
export function pglitePlaces({ withVectors }: { readonly withVectors: boolean }): () => Promise<StorePlace> {
  let pglite: PGlite;
  beforeAll(async () => {
    pglite = await PGlite.create(withVectors ? { extensions: { vector } } : {});
  }, 120_000);
  afterAll(() => pglite.close());

  return async () => {
    const turns = createTurns();
    const connections = () => pgliteConnections(pglite, turns);
    const run: RunSql = async (sql) => {
      const release = await turns.take();
      try {
        return (await pglite.query<Record<string, unknown>>(sql)).rows;
      } finally {
        release();
      }
    };
    const empty = async () => {
      await run('drop schema public cascade');
      await run('create schema public');
    };
    await empty();
    return {
      async open(options) {
        return createDatabaseStore(await openDatabaseOver(connections(), connections), options).store;
      },
      dump: () => dumpTables(run),
      remove: empty,
    };
  };
}
