import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import { createDatabaseStore } from '../../src/store/database-store.ts';
import { openSqliteDatabaseStore } from '../../src/store/open-sqlite-store.ts';
import { openPostgresDatabase } from '../../src/store/postgres-database.ts';
import { createResilientStore } from '../../src/store/resilient-store.ts';
import type { Store } from '../../src/store/store.ts';
import { noLimits, row, turn } from '../contracts/store.contract.ts';
import { type PostgresServer, run, startPostgresServer } from './postgres-server.ts';

describe('a PostgreSQL server that goes away and comes back', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server?.remove());

  function open(url: string, log: Log = silentLog): Store {
    const options = { keepQuestionsDays: 0, limits: noLimits, now: Date.now, purgeMs: 0 };
    return createResilientStore({
      kind: 'postgres',
      open: async (onFault) => createDatabaseStore(await openPostgresDatabase(url), { ...options, onFault }),
      openMemory: () => openSqliteDatabaseStore({ ...options, file: ':memory:' }),
      now: Date.now,
      log,
      retryMs: 200,
    });
  }

  async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    const end = performance.now() + 10_000;
    while (!(await isTrue())) {
      if (performance.now() > end) throw new Error('It did not happen within ten seconds.');
      await pause(20);
    }
  }
  const isKept = async (store: Store) => (await store.health()).state === 'kept';

  it('conversations go on meanwhile, everything is in the database afterwards, and no process ends', async () => {
    const url = await server.createDatabase();
    const lines: string[] = [];
    const line = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
    const store = open(url, { ...silentLog, error: line, info: line, warn: line });
    const { id, token } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('t1'));

    await server.stop();
    const started = performance.now();
    expect(await store.conversations.append(id, turn('t2'))).toBe(true);
    expect((await store.conversations.open(id, token))?.turns).toHaveLength(2);
    const during = await store.conversations.create({ channel: 'http' });
    store.questions.record(row('t3', { conversationId: during.id }));
    expect(performance.now() - started).toBeLessThan(3_000);
    await expect(store.feedback.save({ turnId: 't1', value: 'up' })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/cannot be used/);

    await server.start();
    await until(() => isKept(store));
    await store.conversations.append(id, turn('t4'));
    await store.questions.flush();
    const turns = await run(url, `select turn_id from nape_turns where conversation_id = '${id}' order by number`);
    expect(turns.map(({ turn_id }) => turn_id)).toEqual(['t1', 't2', 't4']);
    expect(await run(url, 'select turn_id from nape_questions')).toEqual([{ turn_id: 't3' }]);
    expect(await store.feedback.save({ turnId: 't1', value: 'up' })).toBe(true);
    expect((await store.conversations.open(during.id, during.token))?.id).toBe(during.id);
    expect(lines).toHaveLength(2);
    await store.close();
  });

  it('the server comes later than the store > it is used then', async () => {
    const url = await server.createDatabase();
    await server.stop();
    const store = open(url);
    const { id, token } = await store.conversations.create({ channel: 'http' });
    expect(await isKept(store)).toBe(false);
    await server.start();
    await until(() => isKept(store));
    const other = open(url);
    expect(await other.conversations.open(id, token)).not.toBeNull();
    await Promise.all([store.close(), other.close()]);
  });

  it('another replica hears of an erasure that came while it had lost its connection', async () => {
    const url = await server.createDatabase();
    const [store, other] = [open(url), open(url)];
    const { id, token } = await store.conversations.create({ channel: 'http' });
    const heard: string[] = [];
    other.conversations.onErased((erased) => heard.push(erased));
    await other.conversations.open(id, token);
    await pause(300);
    // Its listening connection alone is cut, and an erasure is posted before it can be back.
    await run(url, "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'");
    await store.conversations.erase(id);
    await until(() => heard.includes(id));
    // And it listens again.
    const next = await store.conversations.create({ channel: 'http' });
    const started = performance.now();
    await store.conversations.erase(next.id);
    await until(() => heard.includes(next.id));
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all([store.close(), other.close()]);
  });
});
