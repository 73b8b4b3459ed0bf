import { conversationIdleMs } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

const dayMs = 24 * 60 * 60_000;
/** Log rows and feedback stay so long, without words. */
export const rowDays = 90;
/** Comments stay so long. */
export const commentDays = 30;
/** A process that was away for longer has nothing in memory that an older notice speaks of. */
const noticeMs = 2 * 60 * 60_000;

/** Removes what is past its time. `keptDays` is how long words of questions stay; 0 removes them all. */
export async function purge({ db, scrub }: StoreDatabase, now: number, keptDays: number): Promise<void> {
  const idleSince = now - conversationIdleMs;
  const idle = db.selectFrom('nape_conversations').select('id').where('used_at', '<=', idleSince);
  const removed = await db.deleteFrom('nape_turns').where('conversation_id', 'in', idle).executeTakeFirst();
  // What is left of a conversation serves to erase the rows that refer to it.
  await db
    .updateTable('nape_conversations')
    .set({ key_hash: null, locale: null })
    .where('used_at', '<=', idleSince)
    .where((of) => of.or([of('key_hash', 'is not', null), of('locale', 'is not', null)]))
    .execute();
  await db
    .deleteFrom('nape_questions')
    .where('asked_at', '<=', now - rowDays * dayMs)
    .execute();
  await db
    .deleteFrom('nape_feedback')
    .where('given_at', '<=', now - rowDays * dayMs)
    .execute();
  await db
    .deleteFrom('nape_conversations')
    .where('used_at', '<=', idleSince)
    .where(
      'id',
      'not in',
      db
        .selectFrom('nape_questions')
        .select('conversation_id')
        .where('conversation_id', 'is not', null)
        .$castTo<{ conversation_id: string }>(),
    )
    .where(
      'id',
      'not in',
      db
        .selectFrom('nape_feedback')
        .select('conversation_id')
        .where('conversation_id', 'is not', null)
        .$castTo<{ conversation_id: string }>(),
    )
    .execute();
  const words = await db
    .updateTable('nape_questions')
    .set({ words: null })
    .where('words', 'is not', null)
    .where('asked_at', '<=', now - keptDays * dayMs)
    .executeTakeFirst();
  await db
    .updateTable('nape_feedback')
    .set({ comment: null })
    .where('comment', 'is not', null)
    .where('given_at', '<=', now - commentDays * dayMs)
    .execute();
  await db.deleteFrom('nape_claims').where('expires_at', '<=', now).execute();
  await db.deleteFrom('nape_marks').where('expires_at', '<=', now).execute();
  await db.deleteFrom('nape_limits').where('expire', '<=', now).execute();
  await db
    .deleteFrom('nape_tokens')
    .where('day', '<', new Date(now - dayMs).toISOString().slice(0, 10))
    .execute();
  await db
    .deleteFrom('nape_notices')
    .where('posted_at', '<=', now - noticeMs)
    .execute();
  if (removed.numDeletedRows > 0n || words.numUpdatedRows > 0n) await scrub();
}
