import type { Answer, Question } from '../domain.ts';
import type { Log } from '../log.ts';
import type { Conversations, QuestionLog } from '../store/store.ts';
import type { Told } from './ask.ts';

/** Starts a turn; what it gives makes the answer whole, once, and keeps what the next question needs of it. */
export type Remember = (
  question: Question,
  identity: Pick<Answer, 'turnId' | 'conversationId'>,
) => (told: Told) => Promise<Answer>;

export interface TurnStore {
  readonly conversations: Pick<Conversations, 'append'>;
  readonly questions: Pick<QuestionLog, 'record'>;
}

export interface RememberParts {
  readonly store: TurnStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** Keeps turns in their conversation and, without the visitor's words, in the log of questions. */
export function createRemember({ store, now, log }: RememberParts): Remember {
  return (question, identity) => {
    const startedAt = now();
    return async ({ reply, suggestions, question: standAlone, listed, logged }) => {
      const { turnId } = identity;
      const { outcome, reason, mode } = reply;
      const answer: Answer = { ...identity, ...reply, suggestions };
      const at = now();
      const passages = reply.passages.map(({ id }) => id);
      const conversationId = question.conversation?.id ?? null;
      const latencyMs = at - startedAt;
      log.info({ turnId, outcome, reason, mode, passages, latencyMs, question: logged }, 'answered');
      try {
        const isKept =
          conversationId === null ||
          (await store.conversations.append(conversationId, {
            turnId,
            asked: question.text,
            question: standAlone,
            outcome,
            reason,
            passages,
            listed,
            suggestions,
            isCrisis: reason === 'crisis',
            at,
            answer,
          }));
        // A conversation that was erased meanwhile leaves no row behind.
        if (isKept) {
          const channel = question.channel ?? 'cli';
          const row = { turnId, conversationId, at, channel, outcome, reason, passages, latencyMs, mode };
          // What Nape stepped back from is nobody's to collect, even where the owner keeps questions.
          store.questions.record({ ...row, question: outcome === 'redirected' ? '' : standAlone });
        }
      } catch (thrown) {
        // The answer is there; that the next question will not know of it is the smaller harm.
        log.error({ turnId, error: thrown instanceof Error ? thrown.name : typeof thrown }, 'a turn was not kept');
      }
      return answer;
    };
  };
}

/** Keeps nothing: for single questions and measurements. */
export const forgetful: Remember =
  (_question, identity) =>
  async ({ reply, suggestions }) => ({ ...identity, ...reply, suggestions });
