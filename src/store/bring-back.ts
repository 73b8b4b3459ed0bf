import { insertConversation, insertTurns } from './conversation-rows.ts';
import { parseTurn } from './conversations.ts';
import type { DatabaseStore } from './database-store.ts';
import { insertQuestions } from './question-log.ts';
import type { Turn } from './store.ts';

/**
 * Copies what happened in memory into the database; what is there already stays as it is. `isNew` tells conversations
 * that began in memory from those that go on: of the latter, one that is not in the database has been erased elsewhere.
 */
export async function bringBack(
  memory: DatabaseStore,
  opened: DatabaseStore,
  isNew: (id: string) => boolean,
): Promise<void> {
  await memory.store.questions.flush();
  const from = memory.database.db;
  const to = opened.database.db;
  for (const row of await from.selectFrom('nape_conversations').selectAll().execute()) {
    const turns = await storedTurns(memory, row.id);
    await to.transaction().execute(async (transaction) => {
      if (isNew(row.id)) return insertConversation(transaction, { row, turns });
      const { numUpdatedRows } = await transaction
        .updateTable('nape_conversations')
        .set(row.crisis_open ? { used_at: row.used_at, crisis_open: 1 } : { used_at: row.used_at })
        .where('id', '=', row.id)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await insertTurns(transaction, row.id, turns);
    });
  }
  const questions = await from.selectFrom('nape_questions').selectAll().execute();
  await to.transaction().execute((transaction) => insertQuestions(transaction, questions));
}

async function storedTurns({ database }: DatabaseStore, id: string): Promise<readonly Turn[]> {
  const rows = await database.db
    .selectFrom('nape_turns')
    .select('content')
    .where('conversation_id', '=', id)
    .orderBy('number')
    .execute();
  return rows.flatMap(({ content }) => parseTurn(content) ?? []);
}
