import type { Kysely, Selectable } from 'kysely';
import type { ConversationsTable, Schema } from './schema.ts';
import { digest } from './secrets.ts';
import type { Conversation, KeyedConversation, Turn } from './store.ts';

/** A conversation as it is stored, to carry it from one database to another. */
export interface ConversationRows {
  readonly row: Readonly<Selectable<ConversationsTable>>;
  readonly turns: readonly Turn[];
}

/** The rows of a conversation that its token opened. */
export function rowsOfToken({ turns, ...conversation }: Conversation, token: string): ConversationRows {
  return { row: { ...plainRow(conversation), token_hash: digest('token', token) }, turns };
}

/** The rows of a conversation that was found by its key. */
export function rowsOfKey({ turns, ...conversation }: Conversation, of: KeyedConversation): ConversationRows {
  const { channel, key, owner } = of;
  const ownerHash = owner === undefined ? null : digest('owner', channel, owner);
  return {
    row: { ...plainRow(conversation), key_hash: digest('key', channel, key), owner_hash: ownerHash },
    turns,
  };
}

function plainRow({ id, channel, locale, crisisOpen }: Omit<Conversation, 'turns'>): ConversationRows['row'] {
  const none = { token_hash: null, key_hash: null, owner_hash: null };
  return { ...none, id, channel, locale, crisis_open: crisisOpen ? 1 : 0, used_at: 0 };
}

/** Writes a conversation unless its id is there already; its key goes to whoever has it first. */
export async function insertConversation(db: Kysely<Schema>, { row, turns }: ConversationRows): Promise<void> {
  for (const values of [row, { ...row, key_hash: null }]) {
    await db
      .insertInto('nape_conversations')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await insertTurns(db, row.id, turns);
}

/** Adds turns that are not there yet, in their order, behind those that are. */
export async function insertTurns(db: Kysely<Schema>, id: string, turns: readonly Turn[]): Promise<void> {
  const latest = await db
    .selectFrom('nape_turns')
    .select((of) => of.fn.max('number').as('number'))
    .where('conversation_id', '=', id)
    .executeTakeFirst();
  let number = latest?.number ?? 0;
  for (const turn of turns) {
    number += 1;
    await db
      .insertInto('nape_turns')
      .values({ turn_id: turn.turnId, conversation_id: id, number, content: JSON.stringify(turn) })
      .onConflict((conflict) => conflict.column('turn_id').doNothing())
      .execute();
  }
}
