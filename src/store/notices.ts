import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** `erased`: a conversation, by its id; `generation`: the name of the new current one. */
export type NoticeKind = 'erased' | 'generation';

/** What one process tells the others through the database. */
export interface Notices {
  /** Posts in a transaction; call `told` once it is committed. */
  post(transaction: Transaction<Schema>, kind: NoticeKind, subjects: readonly string[]): Promise<void>;
  /** Tells the listeners of this process. */
  told(kind: NoticeKind, subjects: readonly string[]): void;
  /** Hears of notices posted from now on, here and elsewhere. Returns the way to stop. */
  hear(kind: NoticeKind, listener: (subject: string) => void): () => void;
  close(): Promise<void>;
}

/** Numbers are given before a transaction commits, so a lower one may appear after a higher one. */
const overlap = 200;

export function createNotices(database: StoreDatabase, now: () => number, onFault: (thrown: unknown) => void): Notices {
  const { db } = database;
  const sender = randomUUID();
  const listeners = new Map<NoticeKind, Set<(subject: string) => void>>();
  let stopWaking: (() => void) | undefined;
  let reading: Promise<void> = Promise.resolve();
  let last = 0;
  const handled = new Set<number>();

  function told(kind: NoticeKind, subjects: readonly string[]): void {
    for (const subject of subjects) for (const listener of listeners.get(kind) ?? []) listener(subject);
  }

  const read = () =>
    db
      .selectFrom('nape_notices')
      .select(['id', 'kind', 'subject', 'sender'])
      .where('id', '>', last - overlap)
      .orderBy('id')
      .execute();

  async function skip(): Promise<void> {
    for (const { id } of await read()) remember(id);
  }

  async function catchUp(): Promise<void> {
    for (const notice of await read()) {
      if (handled.has(notice.id)) continue;
      remember(notice.id);
      if (notice.sender !== sender) told(notice.kind === 'erased' ? 'erased' : 'generation', [notice.subject]);
    }
  }

  function remember(id: number): void {
    last = Math.max(last, id);
    handled.add(id);
    for (const old of handled) if (old <= last - overlap) handled.delete(old);
  }

  /** One reading at a time; the next change brings another chance. */
  function inTurn(work: () => Promise<void>): void {
    reading = reading.then(work).catch(onFault);
  }

  function start(): void {
    if (stopWaking) return;
    inTurn(async () => {
      const newest = await db
        .selectFrom('nape_notices')
        .select((of) => of.fn.max('id').as('id'))
        .executeTakeFirst();
      last = newest?.id ?? 0;
      await skip();
    });
    stopWaking = database.onAnnounced(() => inTurn(catchUp));
  }

  return {
    async post(transaction, kind, subjects) {
      if (subjects.length === 0) return;
      const rows = subjects.map((subject) => ({ kind, subject, sender, posted_at: now() }));
      // A statement has a limited number of parameters.
      for (let at = 0; at < rows.length; at += 1000) {
        await transaction
          .insertInto('nape_notices')
          .values(rows.slice(at, at + 1000))
          .execute();
      }
      await database.announce(transaction);
    },
    told,
    hear(kind, listener) {
      start();
      const heard = listeners.get(kind) ?? new Set();
      listeners.set(kind, heard.add(listener));
      return () => void heard.delete(listener);
    },
    async close() {
      stopWaking?.();
      await reading;
    },
  };
}
