import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Answer, Outcome, Reason } from '../domain.ts';
import type { Notices } from './notices.ts';
import type { ConversationsTable, Schema } from './schema.ts';
import { digest, randomToken, sameDigest } from './secrets.ts';
import {
  type Conversation,
  type Conversations,
  conversationIdleMs,
  keptTurns,
  type StoreChannel,
  type Turn,
} from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export interface ConversationsParts {
  readonly database: StoreDatabase;
  readonly notices: Notices;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with each erased id before anything else can be written. */
  readonly forget: (ids: readonly string[]) => void;
}

/** Being used more than so long ago is written down again. */
const touchMs = 60_000;
/** Stands in for an id that cannot exist, so that looking for it takes as long. */
const nobody = '-'.repeat(22);
const noToken = digest('token', '');

export function createConversations({ database, notices, now, forget }: ConversationsParts): Conversations {
  const { db } = database;
  const isLive = ({ used_at }: Pick<Row, 'used_at'>) => used_at > now() - conversationIdleMs;

  const rowOf = (id: string) => db.selectFrom('nape_conversations').selectAll().where('id', '=', id).executeTakeFirst();

  /** The row if the token is its own. An unknown id is looked up and compared like any other. */
  async function ownRow(id: string, token: string): Promise<Row | undefined> {
    const row = await rowOf(isId(id) ? id : nobody);
    const isSame = sameDigest(row?.token_hash ?? noToken, digest('token', token));
    return row?.token_hash && isSame ? row : undefined;
  }

  async function touch(row: Row): Promise<void> {
    if (now() - row.used_at < touchMs) return;
    await db.updateTable('nape_conversations').set({ used_at: now() }).where('id', '=', row.id).execute();
  }

  async function insert(row: Partial<Row> & Pick<Row, 'id' | 'channel'>): Promise<void> {
    const empty = { token_hash: null, key_hash: null, owner_hash: null, locale: null, crisis_open: 0 };
    await db
      .insertInto('nape_conversations')
      .values({ ...empty, used_at: now(), ...row })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  const liveByKey = (keyHash: string) =>
    db
      .selectFrom('nape_conversations')
      .selectAll()
      .where('key_hash', '=', keyHash)
      .where('used_at', '>', now() - conversationIdleMs)
      .executeTakeFirst();

  /** Removes the rows that `choose` finds; everything that refers to them goes with them. */
  async function remove(choose: (rows: Kysely<Schema>) => Promise<readonly string[]>): Promise<readonly string[]> {
    const ids = await database.durably(async (transaction) => {
      const removed = await choose(transaction);
      await notices.post(transaction, 'erased', removed);
      return removed;
    });
    forget(ids);
    notices.told('erased', ids);
    if (ids.length > 0) await database.scrub();
    return ids;
  }

  return {
    async create({ channel, locale }) {
      const [id, token] = [newId(), randomToken(256)];
      await insert({ id, channel, locale: languageTag(locale), token_hash: digest('token', token) });
      return { id, token };
    },
    async open(id, token) {
      const row = await ownRow(id, token);
      // Looked for in any case: the time must not tell an id that exists from one that does not.
      const turns = await turnsOf(db, row?.id ?? nobody);
      if (!row || !isLive(row)) return null;
      await touch(row);
      return conversationOf(row, turns);
    },
    async findOrCreate({ channel, key, owner, locale }) {
      const keyHash = digest('key', channel, key);
      const ownerHash = owner === undefined ? null : digest('owner', channel, owner);
      const row = { channel, key_hash: keyHash, owner_hash: ownerHash, locale: languageTag(locale) };
      for (;;) {
        const found = await liveByKey(keyHash);
        if (found) {
          await touch(found);
          return conversationOf(found, await turnsOf(db, found.id));
        }
        await db
          .updateTable('nape_conversations')
          .set({ key_hash: null })
          .where('key_hash', '=', keyHash)
          .where('used_at', '<=', now() - conversationIdleMs)
          .execute();
        // Of two that come at once, one inserts nothing and then finds the other's.
        await insert({ id: newId(), ...row });
      }
    },
    append: (id, turn) => database.db.transaction().execute((transaction) => appendTurn(transaction, id, turn, now())),
    async findTurn(turnId) {
      const row = await db
        .selectFrom('nape_turns')
        .innerJoin('nape_conversations', 'nape_conversations.id', 'nape_turns.conversation_id')
        .select(['conversation_id', 'content'])
        .where('turn_id', '=', isId(turnId) ? turnId : nobody)
        .where('used_at', '>', now() - conversationIdleMs)
        .executeTakeFirst();
      const turn = row && parseTurn(row.content);
      return row && turn ? { conversationId: row.conversation_id, turn } : null;
    },
    owns: async (id, token) => (await ownRow(id, token)) !== undefined,
    async erase(id) {
      if (!isId(id)) return false;
      const erased = await remove((rows) => removeWhere(rows, 'id', id));
      return erased.length > 0;
    },
    eraseOwner: (channel, owner) => remove((rows) => removeWhere(rows, 'owner_hash', digest('owner', channel, owner))),
    async eraseAll() {
      const erased = await remove(async (rows) => {
        await rows.deleteFrom('nape_questions').execute();
        await rows.deleteFrom('nape_feedback').execute();
        await rows.deleteFrom('nape_claims').execute();
        await rows.deleteFrom('nape_marks').execute();
        await rows.deleteFrom('nape_limits').execute();
        const removed = await rows.deleteFrom('nape_conversations').returning('id').execute();
        return removed.map(({ id }) => id);
      });
      await database.scrub();
      return erased.length;
    },
    onErased: (listener) => notices.hear('erased', listener),
  };
}

type Row = Selectable<ConversationsTable>;

/** Adds a turn unless the conversation is gone; the row is locked first, so turns are numbered one after the other. */
export async function appendTurn(db: Kysely<Schema>, id: string, turn: Turn, now: number): Promise<boolean> {
  const used = await db
    .updateTable('nape_conversations')
    .set(turn.isCrisis ? { used_at: now, crisis_open: 1 } : { used_at: now })
    .where('id', '=', id)
    .where('used_at', '>', now - conversationIdleMs)
    .executeTakeFirst();
  if (used.numUpdatedRows === 0n) return false;
  const { turnId, ...content } = turn;
  const latest = await db
    .selectFrom('nape_turns')
    .select((of) => of.fn.max('number').as('number'))
    .where('conversation_id', '=', id)
    .executeTakeFirst();
  const number = (latest?.number ?? 0) + 1;
  await db
    .insertInto('nape_turns')
    .values({ turn_id: turnId, conversation_id: id, number, content: JSON.stringify({ turnId, ...content }) })
    .onConflict((conflict) => conflict.column('turn_id').doNothing())
    .execute();
  await db
    .deleteFrom('nape_turns')
    .where('conversation_id', '=', id)
    .where('number', '<=', number - keptTurns)
    .execute();
  return true;
}

async function removeWhere(db: Kysely<Schema>, column: 'id' | 'owner_hash', value: string): Promise<readonly string[]> {
  const removed = await db.deleteFrom('nape_conversations').where(column, '=', value).returning('id').execute();
  return removed.map(({ id }) => id);
}

async function turnsOf(db: Kysely<Schema>, id: string): Promise<readonly Turn[]> {
  const rows = await db
    .selectFrom('nape_turns')
    .select('content')
    .where('conversation_id', '=', id)
    .orderBy('number')
    .execute();
  return rows.flatMap(({ content }) => parseTurn(content) ?? []);
}

function conversationOf(row: Row, turns: readonly Turn[]): Conversation {
  const { id, locale, crisis_open } = row;
  return { id, channel: row.channel as StoreChannel, locale, crisisOpen: crisis_open !== 0, turns };
}

const texts = z.array(z.string());
const turnSchema = z.object({
  turnId: z.string(),
  asked: z.string(),
  question: z.string(),
  outcome: z.string().transform((value) => value as Outcome),
  reason: z
    .string()
    .nullable()
    .transform((value) => value as Reason | null),
  passages: texts,
  listed: texts,
  suggestions: texts,
  isCrisis: z.boolean(),
  at: z.number(),
  answer: z.unknown().transform((value) => (value ?? null) as Answer | null),
});

/** Null for what another version wrote and this one cannot read: the conversation goes on without it. */
export function parseTurn(content: string): Turn | null {
  const parsed = turnSchema.safeParse(JSON.parse(content));
  return parsed.success ? parsed.data : null;
}

/** Not one that a command line would take for an option. */
function newId(): string {
  for (;;) {
    const id = randomToken(128);
    if (!id.startsWith('-')) return id;
  }
}

/** Anything else would only trouble the database: PostgreSQL has no text with a zero character. */
function isId(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id);
}

function languageTag(locale: string | undefined): string | null {
  return locale !== undefined && /^[A-Za-z0-9-]{1,35}$/.test(locale) ? locale : null;
}
