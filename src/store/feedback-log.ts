import { maskPersonal } from './mask.ts';
import type { FeedbackLog, QuestionLog } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export interface FeedbackLogParts {
  readonly database: StoreDatabase;
  readonly questions: Pick<QuestionLog, 'flush'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Longer than anyone types into a small field. */
const longestComment = 1_000;

export function createFeedbackLog({ database, questions, now }: FeedbackLogParts): FeedbackLog {
  const { db } = database;

  /** The conversation of a turn that was answered here or on another replica; undefined for any other id. */
  async function conversationOf(turnId: string): Promise<string | null | undefined> {
    const turn = await db
      .selectFrom('nape_turns')
      .select('conversation_id')
      .where('turn_id', '=', turnId)
      .executeTakeFirst();
    if (turn) return turn.conversation_id;
    // Its row may still be waiting.
    await questions.flush();
    const question = await db
      .selectFrom('nape_questions')
      .select('conversation_id')
      .where('turn_id', '=', turnId)
      .executeTakeFirst();
    return question?.conversation_id;
  }

  return {
    async save({ turnId, value, comment }) {
      if (!/^[\w-]{1,64}$/.test(turnId)) return false;
      const conversation = await conversationOf(turnId);
      if (conversation === undefined) return false;
      const words = comment === undefined ? null : maskPersonal(comment.slice(0, longestComment)).trim() || null;
      const given = { value, comment: words, given_at: now() };
      await database.durably((transaction) =>
        transaction
          .insertInto('nape_feedback')
          .values({ turn_id: turnId, conversation_id: conversation, ...given })
          .onConflict((conflict) => conflict.column('turn_id').doUpdateSet(given))
          .execute(),
      );
      return true;
    },
    async count() {
      const rows = await db
        .selectFrom('nape_feedback')
        .select(['value', db.fn.countAll<number>().as('times')])
        .groupBy('value')
        .execute();
      const times = (wanted: string) => rows.find(({ value }) => value === wanted)?.times ?? 0;
      return { up: times('up'), down: times('down') };
    },
  };
}
