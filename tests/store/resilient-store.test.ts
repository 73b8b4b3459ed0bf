import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import type { DatabaseStore } from '../../src/store/database-store.ts';
import { openSqliteDatabaseStore, openSqliteStore } from '../../src/store/open-sqlite-store.ts';
import { createResilientStore } from '../../src/store/resilient-store.ts';
import type { Store } from '../../src/store/store.ts';
import { noLimits, row, turn } from '../contracts/store.contract.ts';
import { createSqlitePlace, type SqlitePlace } from './sqlite-place.ts';

const options = { keepQuestionsDays: 30, limits: noLimits, now: Date.now, purgeMs: 0 };

describe('a store whose database cannot be used', () => {
  let place: SqlitePlace;
  let store: Store;
  let opened: DatabaseStore[];
  let lines: string[];
  /** Whether SQLite finds no room for another page, in connections now open and in new ones. */
  let isFull: boolean;

  const limitPages = async ({ database }: DatabaseStore) => {
    await sql`pragma max_page_count = 1`.execute(database.db);
  };
  async function fillDisk(): Promise<void> {
    isFull = true;
    for (const one of opened) await limitPages(one).catch(() => {});
  }

  beforeEach(async () => {
    place = await createSqlitePlace();
    opened = [];
    lines = [];
    isFull = false;
    const line = (level: string) => (fields: object, message: string) =>
      void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    const log: Log = { debug() {}, info: line('info'), warn: line('warn'), error: line('error') };
    store = createResilientStore({
      kind: 'sqlite',
      async open(onFault) {
        const one = await openSqliteDatabaseStore({ ...options, file: place.file, watchMs: 20, onFault });
        if (isFull) await limitPages(one);
        opened.push(one);
        return one;
      },
      openMemory: () => openSqliteDatabaseStore({ ...options, file: ':memory:' }),
      now: Date.now,
      log,
      retryMs: 30,
    });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const long = 'x'.repeat(20_000);
  const recovered = async () => {
    isFull = false;
    for (let waits = 0; (await store.health()).state === 'memory'; waits += 1) {
      if (waits > 100) throw new Error('The store did not recover.');
      await pause(20);
    }
  };

  it('the disk is full > conversations go on, and all of it is on the disk afterwards', async () => {
    const before = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(before.id, turn('t1', { asked: 'one' }));
    const keyed = await store.conversations.findOrCreate({ channel: 'discord', key: 'thread', owner: 'mara' });
    await store.settings.set('guild', 'language', 'de');

    await fillDisk();
    expect(await store.conversations.append(before.id, turn('t2', { asked: long, isCrisis: true }))).toBe(true);
    expect(await store.health()).toMatchObject({ kind: 'sqlite', state: 'memory' });
    const open = await store.conversations.open(before.id, before.token);
    expect(open?.turns.map(({ turnId }) => turnId)).toEqual(['t1', 't2']);
    expect(await store.conversations.open(before.id, 'x')).toBeNull();
    expect((await store.conversations.findOrCreate({ channel: 'discord', key: 'thread' })).id).toBe(keyed.id);
    const during = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(during.id, turn('t3', { asked: long }));
    store.questions.record(row('t3', { conversationId: during.id, question: 'asked meanwhile' }));
    expect(await store.claims.claim('key', 'body')).toEqual({ state: 'mine' });
    expect(await store.claims.first('event', 1000)).toBe(true);
    expect(await store.settings.get('guild', 'language')).toBe('de');
    expect((await store.limits.consume('address', '192.0.2.1')).allowed).toBe(true);
    await pause(150);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error The store cannot be used.*full.*make room/);

    await recovered();
    expect(lines[1]).toMatch(/^info The store can be used again/);
    await store.conversations.append(before.id, turn('t4'));
    const other = await openSqliteStore({ ...options, file: place.file });
    const found = await other.conversations.open(before.id, before.token);
    expect(found?.turns.map(({ turnId }) => turnId)).toEqual(['t1', 't2', 't4']);
    expect(found?.crisisOpen).toBe(true);
    expect((await other.conversations.open(during.id, during.token))?.turns).toHaveLength(1);
    expect(await other.questions.kept()).toMatchObject([{ question: 'asked meanwhile' }]);
    await other.close();
  });

  it('the disk is full > what memory cannot promise is refused, and an erasure is made up for', async () => {
    const { id, token } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('t1', { asked: 'walrus' }));
    await fillDisk();
    await store.conversations.append(id, turn('t2', { asked: `walrus ${long}` }));
    const refused = { code: 'store-unavailable' };
    await expect(store.feedback.save({ turnId: 't1', value: 'up' })).rejects.toMatchObject(refused);
    await expect(store.settings.set('guild', 'language', 'de')).rejects.toMatchObject(refused);
    await expect(store.conversations.erase(id)).rejects.toMatchObject(refused);
    expect(await store.conversations.open(id, token)).toBeNull();
    await recovered();
    expect(await store.conversations.open(id, token)).toBeNull();
    expect(await place.dump()).not.toContain('walrus');
  });

  it('the disk is full > a conversation of the meantime is erased at once', async () => {
    await store.health();
    await fillDisk();
    for (let at = 0; (await store.health()).state === 'kept'; at += 1) {
      await store.conversations.findOrCreate({ channel: 'discord', key: `${at} ${long}`, locale: 'de' });
    }
    const { id, token } = await store.conversations.create({ channel: 'http' });
    expect(await store.conversations.erase(id)).toBe(true);
    await recovered();
    expect(await store.conversations.open(id, token)).toBeNull();
  });

  it('erased by another process meanwhile > it does not come back', async () => {
    const { id, token } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('t1', { asked: 'walrus' }));
    await fillDisk();
    await store.conversations.append(id, turn('t2', { asked: `walrus ${long}` }));
    const other = await openSqliteStore({ ...options, file: place.file });
    await other.conversations.erase(id);
    await other.close();
    await recovered();
    expect(await store.conversations.open(id, token)).toBeNull();
    expect(await place.dump()).not.toContain('walrus');
  });

  it('the folder cannot be made at start > it is used as soon as it can', async () => {
    await mkdir(dirname(dirname(place.file)), { recursive: true });
    await writeFile(dirname(place.file), 'a file in the way');
    const { id, token } = await store.conversations.create({ channel: 'http' });
    expect(await store.health()).toMatchObject({ state: 'memory' });
    expect(lines).toHaveLength(1);
    await rm(dirname(place.file));
    await recovered();
    const other = await openSqliteStore({ ...options, file: place.file });
    expect(await other.conversations.open(id, token)).not.toBeNull();
    await other.close();
  });

  it('the file is damaged > the log says what to do, and nothing is overwritten', async () => {
    await mkdir(dirname(place.file), { recursive: true });
    await writeFile(place.file, 'not a database'.repeat(1000));
    await store.conversations.create({ channel: 'http' });
    expect(lines[0]).toContain('move it away');
    expect((await store.health()).state).toBe('memory');
  });

  it('the files are removed > new ones are begun, and what was in the old ones stays gone', async () => {
    const { id, token } = await store.conversations.create({ channel: 'http' });
    await store.conversations.append(id, turn('t1'));
    await rm(dirname(place.file), { recursive: true });
    await store.conversations.append(id, turn('t2'));
    await recovered();
    expect(lines[0]).toContain('removed');
    const { id: next } = await store.conversations.create({ channel: 'http' });
    expect(await place.dump()).toContain(next);
    // What the owner removed is gone for good.
    expect(await store.conversations.open(id, token)).toBeNull();
  });

  it('nothing is used > nothing is opened', async () => {
    await pause(50);
    expect(opened).toEqual([]);
  });
});
