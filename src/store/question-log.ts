import type { Insertable, Kysely } from 'kysely';
import type { Outcome, Reason } from '../domain.ts';
import { maskPersonal } from './mask.ts';
import type { QuestionsTable, Schema } from './schema.ts';
import type { QuestionLog, QuestionRow } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export interface QuestionLogParts {
  readonly database: Pick<StoreDatabase, 'db'>;
  /** Whether masked words are kept. */
  readonly keepsWords: boolean;
  /** Hears why rows could not be written; they wait for the next time. */
  readonly onFault: (thrown: unknown) => void;
  /** Milliseconds that a row waits for others to be written with. */
  readonly delayMs?: number;
}

export interface BufferedQuestionLog extends QuestionLog {
  /** Drops what waits of erased conversations. */
  forget(conversationIds: readonly string[]): void;
  /** Takes away everything that waits. */
  take(): readonly QuestionRow[];
}

/** Rows that may wait while the database is slow; beyond that the oldest are lost, not the process. */
const mostWaiting = 10_000;
const retryMs = 2_000;

/** An answer does not wait for its row: rows are written together, a moment later. */
export function createQuestionLog({
  database,
  keepsWords,
  onFault,
  delayMs = 200,
}: QuestionLogParts): BufferedQuestionLog {
  const { db } = database;
  let waiting: QuestionRow[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    try {
      await db.transaction().execute(async (transaction) => {
        await insertQuestions(
          transaction,
          rows.map((row) => valuesOf(row, keepsWords)),
        );
      });
    } catch (thrown) {
      waiting = [...rows, ...waiting].slice(-mostWaiting);
      writeLater(retryMs);
      throw thrown;
    }
  }

  function writeLater(afterMs: number): void {
    timer ??= setTimeout(() => void flush().catch(onFault), afterMs).unref();
  }

  function flush(): Promise<void> {
    const written = writing.then(write);
    writing = written.catch(() => {});
    return written;
  }

  return {
    record(row) {
      waiting.push(row);
      if (waiting.length > mostWaiting) waiting.shift();
      writeLater(delayMs);
    },
    flush,
    forget(ids) {
      const gone = new Set(ids);
      waiting = waiting.filter(({ conversationId }) => conversationId === null || !gone.has(conversationId));
    },
    take() {
      const rows = waiting;
      waiting = [];
      return rows;
    },
    async kept({ outcome, atLeast = 1, limit = 200 } = {}) {
      await flush();
      const times = db.fn.countAll<number>();
      const rows = await db
        .selectFrom('nape_questions')
        .select(['words', 'outcome', 'reason', times.as('times'), db.fn.max('asked_at').as('last_at')])
        .where('words', 'is not', null)
        .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? ''))
        .groupBy(['words', 'outcome', 'reason'])
        .having(times, '>=', atLeast)
        .orderBy('times', 'desc')
        .orderBy('last_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        question: row.words ?? '',
        ...kindOf(row),
        times: row.times,
        lastAt: row.last_at,
      }));
    },
    async count(since) {
      await flush();
      const rows = await db
        .selectFrom('nape_questions')
        .select(['outcome', 'reason', db.fn.countAll<number>().as('times')])
        .where('asked_at', '>=', since)
        .groupBy(['outcome', 'reason'])
        .execute();
      return rows.map((row) => ({ ...kindOf(row), times: row.times }));
    },
  };
}

/** Rows of one statement: it has a limited number of parameters. */
const rowsAtOnce = 500;

/** Rows of conversations that have been erased meanwhile are not written. */
export async function insertQuestions(db: Kysely<Schema>, rows: readonly Insertable<QuestionsTable>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce);
    const known = await knownConversations(
      db,
      some.flatMap(({ conversation_id: id }) => id ?? []),
    );
    // One that is erased in this very moment breaks the reference, and the next attempt leaves it out.
    const kept = some.filter(({ conversation_id: id }) => id == null || known.has(id));
    if (kept.length === 0) continue;
    await db
      .insertInto('nape_questions')
      .values(kept)
      .onConflict((conflict) => conflict.column('turn_id').doNothing())
      .execute();
  }
}

async function knownConversations(db: Kysely<Schema>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('nape_conversations')
    .select('id')
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function valuesOf(row: QuestionRow, keepsWords: boolean): Insertable<QuestionsTable> {
  return {
    turn_id: row.turnId,
    conversation_id: row.conversationId,
    asked_at: row.at,
    channel: row.channel,
    outcome: row.outcome,
    reason: row.reason,
    passages: JSON.stringify(row.passages),
    latency_ms: row.latencyMs,
    mode: row.mode,
    words: keepsWords ? maskPersonal(row.question).trim().replace(/\s+/g, ' ') : null,
  };
}

function kindOf({ outcome, reason }: { readonly outcome: string; readonly reason: string | null }) {
  return { outcome: outcome as Outcome, reason: reason as Reason | null };
}
