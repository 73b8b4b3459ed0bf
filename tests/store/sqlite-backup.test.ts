import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite-store.ts';
import { backUpSqlite, restoreSqlite } from '../../src/store/sqlite-backup.ts';
import { conversationIdleMs, type Store } from '../../src/store/store.ts';
import { noLimits, row, turn } from '../contracts/store.contract.ts';
import { createSqlitePlace, type SqlitePlace } from './sqlite-place.ts';

describe('backup and restore of a SQLite store', () => {
  let place: SqlitePlace;
  let backup: string;
  const opened: Store[] = [];
  beforeEach(async () => {
    place = await createSqlitePlace();
    backup = join(dirname(dirname(place.file)), 'copies', 'nape-backup.sqlite');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await place.remove();
  });

  async function open(): Promise<Store> {
    const options = { keepQuestionsDays: 30, limits: noLimits, now: Date.now, purgeMs: 0 };
    const store = await openSqliteStore({ ...options, file: place.file });
    opened.push(store);
    return store;
  }
  async function close(): Promise<void> {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  }
  const parts = () => ({ file: place.file, backup });

  it('backup while others write > everything acknowledged before it is in the copy, which is whole', async () => {
    const store = await open();
    const { id, token } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('before', { asked: 'x'.repeat(200_000) }));
    let isRunning = true;
    const writing = (async () => {
      for (let at = 0; isRunning; at += 1) {
        const other = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(other.id, turn(`t${at}`, { asked: 'y'.repeat(2_000) }));
        // SQLite is done before it returns: without this, nothing else would ever have its turn.
        await setImmediate();
      }
    })();
    await backUpSqlite(parts());
    isRunning = false;
    await writing;
    await close();
    expect(await readdir(dirname(backup))).toEqual(['nape-backup.sqlite']);

    await restoreSqlite(parts(), Date.now(), 30);
    const restored = await open();
    expect((await restored.conversations.open(id, token))?.turns).toHaveLength(1);
    expect(new Sqlite(backup, { readonly: true }).pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('restore > the store is as it was, and what came later is gone', async () => {
    const store = await open();
    await store.settings.set('guild', 'language', 'de');
    await backUpSqlite(parts());
    await store.settings.set('guild', 'language', 'fr');
    await close();
    await restoreSqlite(parts(), Date.now(), 30);
    expect(await (await open()).settings.get('guild', 'language')).toBe('de');
    await close();
    expect((await readdir(dirname(place.file))).filter((name) => name !== 'nape.sqlite')).toEqual([]);
  });

  it('restore > a server has the store open, and it is refused', async () => {
    const store = await open();
    await store.settings.set('guild', 'language', 'de');
    await backUpSqlite(parts());
    await store.settings.set('guild', 'language', 'fr');
    await expect(restoreSqlite(parts(), Date.now(), 30)).rejects.toThrow(/stop the server first/);
    expect(await store.settings.get('guild', 'language')).toBe('fr');
    await store.settings.set('guild', 'language', 'it');
  });

  it('restore > words that are past their time do not come back', async () => {
    const store = await open();
    const { id } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('t1', { asked: 'walrus' }));
    store.questions.record(row('t1', { conversationId: id, question: 'kept walrus', at: Date.now() }));
    await store.questions.flush();
    await backUpSqlite(parts());
    await close();
    await restoreSqlite(parts(), Date.now() + conversationIdleMs + 1000, 0);
    expect(await readFile(place.file, 'latin1')).not.toContain('walrus');
    expect(await (await open()).questions.count(0)).toHaveLength(1);
  });

  it('restore > a damaged, foreign or missing file is refused, and the store stays as it is', async () => {
    const store = await open();
    for (let at = 0; at < 200; at += 1) await store.settings.set('guild', `${at}`, 'x'.repeat(500));
    await backUpSqlite(parts());
    await close();
    const whole = await readFile(backup);
    const before = await place.dump();

    const other = new Sqlite(':memory:');
    other.exec('create table somebody_elses (x)');
    const pages = Buffer.from(whole);
    for (let page = 5; page < 20; page += 1) pages.fill(7, page * 4096, page * 4096 + 64);
    const damaged: readonly Buffer[] = [
      whole.subarray(0, whole.length / 2),
      whole.subarray(0, 100),
      pages,
      Buffer.from('not a database'.repeat(1000)),
      Buffer.alloc(0),
      other.serialize(),
    ];
    for (const [at, content] of damaged.entries()) {
      await writeFile(backup, content);
      const restored = restoreSqlite(parts(), Date.now(), 30);
      await expect(restored, `the file ${at}`).rejects.toMatchObject({ code: 'store-unavailable' });
    }
    await expect(restoreSqlite({ file: place.file, backup: '/nowhere' }, 0, 0)).rejects.toThrow('no file /nowhere');
    expect(await place.dump()).toBe(before);
    expect((await readdir(dirname(place.file))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('backup > there is no store yet, or it would replace the store: refused', async () => {
    await expect(backUpSqlite(parts())).rejects.toThrow(/no store/);
    await open();
    await expect(backUpSqlite({ file: place.file, backup: place.file })).rejects.toThrow(/the store itself/);
  });
});
