import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { openSqliteDatabaseStore, openSqliteStore } from '../../src/store/open-sqlite-store.ts';
import { createResilientStore } from '../../src/store/resilient-store.ts';
import { conversationIdleMs } from '../../src/store/store.ts';
import { noLimits, row, storeContract, turn } from '../contracts/store.contract.ts';
import { createSqlitePlace } from './sqlite-place.ts';

storeContract('SQLite', async () => {
  const place = await createSqlitePlace();
  return { ...place, open: (options) => openSqliteStore({ ...options, file: place.file, watchMs: 20 }) };
});

storeContract('SQLite behind an outage switch', async () => {
  const place = await createSqlitePlace();
  return {
    ...place,
    async open(options) {
      const store = createResilientStore({
        kind: 'sqlite',
        open: (onFault) => openSqliteDatabaseStore({ ...options, file: place.file, watchMs: 20, onFault }),
        openMemory: () => openSqliteDatabaseStore({ ...options, file: ':memory:' }),
        now: options.now,
        log: silentLog,
      });
      await store.health();
      return store;
    },
  };
});

describe('a SQLite store on the disk', () => {
  const options = { keepQuestionsDays: 30, limits: noLimits, now: Date.now, purgeMs: 0 };

  /** Whether any file of the store has the words, in a row, in free pages or in the write-ahead log. */
  async function isAnywhere(file: string, words: string): Promise<boolean> {
    const folder = dirname(file);
    const contents = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));
    return contents.some((content) => content.includes(words));
  }

  it('erase > the words are in no byte of any file any more', async () => {
    const place = await createSqlitePlace();
    const store = await openSqliteStore({ ...options, file: place.file });
    const { id } = await store.conversations.create({ channel: 'http' });
    for (let at = 0; at < 10; at += 1) {
      await store.conversations.append(id, turn(`t${at}`, { asked: `walrus ${'x'.repeat(3000)}` }));
      store.questions.record(row(`t${at}`, { conversationId: id, question: 'a walrus?' }));
    }
    await store.questions.flush();
    await store.feedback.save({ turnId: 't1', value: 'down', comment: 'walrus' });
    expect(await isAnywhere(place.file, 'walrus')).toBe(true);
    await store.conversations.erase(id);
    expect(await isAnywhere(place.file, 'walrus')).toBe(false);
    await store.close();
    await place.remove();
  });

  it('purge > the words of idle conversations are in no byte of any file any more', async () => {
    const place = await createSqlitePlace();
    let clock = 0;
    const store = await openSqliteStore({ ...options, file: place.file, now: () => clock });
    const { id } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('t1', { asked: 'walrus' }));
    clock += conversationIdleMs;
    await store.purge();
    expect(await isAnywhere(place.file, 'walrus')).toBe(false);
    await store.close();
    await place.remove();
  });

  it('open > eight at once on a new file and the tables are made once', async () => {
    const place = await createSqlitePlace();
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => openSqliteStore({ ...options, file: place.file })),
    );
    await Promise.all(stores.map((store) => store.conversations.create({ channel: 'http' })));
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
  });
});
