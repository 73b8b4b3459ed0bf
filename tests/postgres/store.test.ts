import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabaseStore } from '../../src/store/database-store.ts';
import { openPostgresDatabase } from '../../src/store/postgres-database.ts';
import { sharedGenerationsContract } from '../contracts/shared-generations.contract.ts';
import { noLimits, type StorePlace, storeContract, turn } from '../contracts/store.contract.ts';
import { dumpTables } from '../store/postgres-dump.ts';
import { type PostgresServer, run, startPostgresServer } from './postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.remove());

const options = { keepQuestionsDays: 0, limits: noLimits, now: Date.now, purgeMs: 0 };

const createPlace = async (): Promise<StorePlace> => {
  const url = await server.createDatabase();
  return {
    open: async (given) => createDatabaseStore(await openPostgresDatabase(url), given).store,
    dump: () => dumpTables((sql) => run(url, sql)),
    remove: () => server.dropDatabase(url),
  };
};

storeContract('PostgreSQL', createPlace);
sharedGenerationsContract('PostgreSQL without pgvector', createPlace, 'own');

describe('a store in PostgreSQL', () => {
  it('open > eight replicas at once on an empty database and the tables are made once', async () => {
    const url = await server.createDatabase();
    const open = async () => createDatabaseStore(await openPostgresDatabase(url), options).store;
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    expect(await run(url, 'select name from nape_migrations')).toHaveLength(1);
    const made = await Promise.all(stores.map((store) => store.conversations.create({ channel: 'http' })));
    const { id, token } = made[0]!;
    for (const store of stores) expect(await store.conversations.open(id, token)).not.toBeNull();
    await Promise.all(stores.map((store) => store.close()));
    await server.dropDatabase(url);
  });

  it('erase > while another replica appends and logs, nothing of the conversation is left', async () => {
    const url = await server.createDatabase();
    const open = async () => createDatabaseStore(await openPostgresDatabase(url), options).store;
    const [store, other] = await Promise.all([open(), open()]);
    for (let round = 0; round < 20; round += 1) {
      const { id } = await store.conversations.create({ channel: 'http' });
      const appended = Array.from({ length: 10 }, (_, at) => other.conversations.append(id, turn(`${round}-${at}`)));
      await Promise.all([...appended, store.conversations.erase(id)]);
      expect(await run(url, `select 1 from nape_turns where conversation_id = '${id}'`)).toEqual([]);
    }
    await Promise.all([store.close(), other.close()]);
    await server.dropDatabase(url);
  });

  it('open > a wrong password, database or port is told without the password', async () => {
    const url = new URL(await server.createDatabase());
    url.password = 'very-secret';
    for (const place of ['/nowhere', 'port']) {
      const wrong = new URL(url);
      if (place === 'port') wrong.port = '1';
      else wrong.pathname = place;
      const failure = await openPostgresDatabase(wrong.href).catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(Error);
      expect(String(failure)).not.toContain('very-secret');
    }
  });
});
