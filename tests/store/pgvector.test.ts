import { afterAll, beforeAll, expect } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import { createDatabaseIndex } from '../../src/retrieval/database-index.ts';
import { distinctRows } from '../../src/retrieval/distinct-rows.ts';
import { type VectorTable, vectorAt } from '../../src/retrieval/vector-index.ts';
import type { Store } from '../../src/store/store.ts';
import { sharedGenerationsContract } from '../contracts/shared-generations.contract.ts';
import { noLimits, type StorePlace } from '../contracts/store.contract.ts';
import { vectorIndexContract } from '../contracts/vector-index.contract.ts';
import { pglitePlaces } from './pglite-place.ts';

const createPlace = pglitePlaces({ withVectors: true });
let place: StorePlace;
let store: Store;
beforeAll(async () => {
  place = await createPlace();
  store = await place.open({ keepQuestionsDays: 0, limits: noLimits, now: Date.now, purgeMs: 0 });
}, 120_000);
afterAll(async () => {
  await store.close();
  await place.remove();
});

/** A search that the database could not do would be done here instead, and prove nothing. */
const log: Log = {
  ...silentLog,
  warn: (fields, message) => expect.unreachable(`${message} ${JSON.stringify(fields)}`),
};
let tables = 0;

vectorIndexContract('pgvector', async (table: VectorTable) => {
  tables += 1;
  const name = `table-${tables}`;
  const { ordinals } = await distinctRows(table);
  const rows = ordinals.map((ordinal) => ({ ordinal, vector: vectorAt(table, ordinal) }));
  await store.generations!.publish(name, new Map([['a', Buffer.from('a')]]), { dimension: table.dimension, rows });
  const index = await createDatabaseIndex(
    table,
    async (vector, count) => {
      const found = await store.generations!.nearest(name, vector, count);
      expect(found).not.toBeNull();
      return found;
    },
    log,
  );
  return index;
});

sharedGenerationsContract('PostgreSQL in this process with pgvector', createPlace, 'pgvector');
