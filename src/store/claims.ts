import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { digest, seal, unseal } from './secrets.ts';
import type { Claim, Claims } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export interface ClaimsParts {
  readonly database: Pick<StoreDatabase, 'db'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** After so long, a claim that nobody finished is free again. */
  readonly leaseMs?: number;
  /** Milliseconds between looks for the result of another. */
  readonly lookMs?: number;
}

const resultMs = 10 * 60_000;

export function createClaims({ database, now, leaseMs = 60_000, lookMs = 50 }: ClaimsParts): Claims {
  const { db } = database;
  /** The claims of this process, by key, so that nobody else finishes them. */
  const held = new Map<string, string>();

  /** Takes the row of the key when there is none or its time is over; undefined when it is someone's. */
  async function take(keyHash: string, bodyHash: string): Promise<string | undefined> {
    const holder = randomUUID();
    const row = { body_hash: bodyHash, holder, result: null, conversation_id: null, expires_at: now() + leaseMs };
    const taken = await db
      .insertInto('nape_claims')
      .values({ key_hash: keyHash, ...row })
      .onConflict((conflict) =>
        conflict.column('key_hash').doUpdateSet(row).where('nape_claims.expires_at', '<=', now()),
      )
      .returning('holder')
      .executeTakeFirst();
    return taken?.holder;
  }

  const find = (keyHash: string) =>
    db
      .selectFrom('nape_claims')
      .select(['body_hash', 'holder', 'result'])
      .where('key_hash', '=', keyHash)
      .where('expires_at', '>', now())
      .executeTakeFirst();

  async function wait(key: string, holder: string, signal?: AbortSignal): Promise<string | null> {
    const keyHash = digest('claim', key);
    for (;;) {
      signal?.throwIfAborted();
      const row = await find(keyHash);
      if (row?.holder !== holder) return null;
      if (row.result) return unseal(row.result, key);
      await pause(lookMs, undefined, { signal, ref: false });
    }
  }

  return {
    async claim(key, body): Promise<Claim> {
      const [keyHash, bodyHash] = [digest('claim', key), digest('body', body)];
      for (;;) {
        const holder = await take(keyHash, bodyHash);
        if (holder) {
          held.set(keyHash, holder);
          return { state: 'mine' };
        }
        const row = await find(keyHash);
        // Released between the two looks.
        if (!row) continue;
        if (row.body_hash !== bodyHash) return { state: 'different' };
        if (!row.result) return { state: 'running', wait: (signal) => wait(key, row.holder, signal) };
        const result = unseal(row.result, key);
        if (result === null) throw new Error('The result of a claim cannot be read.');
        return { state: 'done', result };
      }
    },
    async finish(key, result, conversationId) {
      const keyHash = digest('claim', key);
      const holder = held.get(keyHash);
      held.delete(keyHash);
      if (holder === undefined) return;
      await db
        .updateTable('nape_claims')
        .set((of) => ({
          result: seal(result, key),
          // Null when it was erased meanwhile; then the result must not stay either.
          conversation_id: of.selectFrom('nape_conversations').select('id').where('id', '=', conversationId),
          expires_at: now() + resultMs,
        }))
        .where('key_hash', '=', keyHash)
        .where('holder', '=', holder)
        .execute();
      if (conversationId === null) return;
      await db
        .deleteFrom('nape_claims')
        .where('key_hash', '=', keyHash)
        .where('holder', '=', holder)
        .where('conversation_id', 'is', null)
        .execute();
    },
    async release(key) {
      const keyHash = digest('claim', key);
      const holder = held.get(keyHash);
      held.delete(keyHash);
      if (holder === undefined) return;
      await db.deleteFrom('nape_claims').where('key_hash', '=', keyHash).where('holder', '=', holder).execute();
    },
    async first(key, forMs) {
      const row = { expires_at: now() + forMs };
      const marked = await db
        .insertInto('nape_marks')
        .values({ key_hash: digest('mark', key), ...row })
        .onConflict((conflict) =>
          conflict.column('key_hash').doUpdateSet(row).where('nape_marks.expires_at', '<=', now()),
        )
        .returning('key_hash')
        .executeTakeFirst();
      return marked !== undefined;
    },
  };
}
