import { createClaims } from './claims.ts';
import { createConversations } from './conversations.ts';
import { createFeedbackLog } from './feedback-log.ts';
import { createLimits } from './limits.ts';
import { createNotices } from './notices.ts';
import { purge } from './purge.ts';
import { createQuestionLog } from './question-log.ts';
import { createSettings } from './settings.ts';
import { createSharedGenerations } from './shared-generations.ts';
import type { LimitConfig, LimitKind, QuestionRow, Store } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export interface StoreOptions {
  /** Days for which masked words of questions are kept, at most 30; 0 keeps none. */
  readonly keepQuestionsDays: number;
  readonly limits: Readonly<Record<LimitKind, LimitConfig>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds between purges; 0 purges only when asked. */
  readonly purgeMs?: number;
  /** After so long, a claim that nobody finished is free again; longer than an answer can take. */
  readonly claimMs?: number;
  /** Hears what goes wrong when nobody waits: a purge, a late write. */
  readonly onFault?: (thrown: unknown) => void;
}

/** A store with what stands behind it. */
export interface DatabaseStore {
  readonly store: Store;
  readonly database: StoreDatabase;
  /** Takes away the log rows that are not written yet. */
  takeWaiting(): readonly QuestionRow[];
}

const firstPurgeMs = 1_000;

/** The store over an open database, which it closes. Its methods throw what the database says. */
export function createDatabaseStore(database: StoreDatabase, options: StoreOptions): DatabaseStore {
  const { keepQuestionsDays, limits, now, purgeMs = 5 * 60_000, claimMs, onFault = () => {} } = options;
  const notices = createNotices(database, now, onFault);
  const questions = createQuestionLog({ database, keepsWords: keepQuestionsDays > 0, onFault });
  const conversations = createConversations({ database, notices, now, forget: questions.forget });

  const runPurge = () => purge(database, now(), keepQuestionsDays);
  let purging: Promise<void> = Promise.resolve();
  function purgeSoon(): void {
    purging = runPurge().catch(onFault);
  }
  const timer = purgeMs > 0 ? setInterval(purgeSoon, purgeMs).unref() : undefined;
  // While nobody ran, much may have come past its time.
  const first = purgeMs > 0 ? setTimeout(purgeSoon, Math.min(firstPurgeMs, purgeMs)).unref() : undefined;

  const store: Store = {
    conversations: {
      ...conversations,
      async eraseAll() {
        questions.take();
        return conversations.eraseAll();
      },
    },
    questions,
    feedback: createFeedbackLog({ database, questions, now }),
    settings: createSettings(database),
    claims: createClaims({ database, now, ...(claimMs && { leaseMs: claimMs }) }),
    limits: createLimits({ database, limits, now }),
    generations: database.kind === 'postgres' ? createSharedGenerations({ database, notices }) : null,
    async health() {
      await database.db.selectFrom('nape_tokens').select('day').limit(1).execute();
      return { kind: database.kind, state: 'kept', detail: database.place };
    },
    purge: runPurge,
    async close() {
      clearInterval(timer);
      clearTimeout(first);
      await purging;
      await notices.close();
      try {
        await questions.flush();
      } finally {
        await database.close();
      }
    },
  };
  return { store, database, takeWaiting: questions.take };
}
