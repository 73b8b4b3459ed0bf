import { z } from 'zod';
import type { Answer, AnswerEvent, ErrorCode } from '../../domain.ts';
import type { Log } from '../../log.ts';
import type { Claims } from '../../store/store.ts';
import type { RunningTurn } from './running-turns.ts';

/** What came of a question: an answer under way, one that was given before, or why there is none. */
export type Asked =
  | { readonly kind: 'turn'; readonly turn: RunningTurn; readonly token: string | undefined }
  | { readonly kind: 'answer'; readonly answer: Answer; readonly token: string | undefined }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly retryAfterMs?: number };

export interface OnceKey {
  /** The client's key, made its own: nobody else's equal key meets it. */
  readonly key: string;
  /** What was asked; another question with the same key is a conflict. */
  readonly body: string;
}

/** Begins a question only when nobody has begun the same one, here or on another replica. */
export type AskOnce = (once: OnceKey, begin: () => Promise<Asked>) => Promise<Asked>;

export interface AskOnceParts {
  readonly claims: Pick<Claims, 'claim' | 'finish' | 'release'>;
  readonly log: Log;
  /** Milliseconds to wait for an answer that another replica is writing. */
  readonly waitMs?: number;
}

/** How often a question is tried again whose first asker, elsewhere, got no answer. */
const mostTries = 3;

// Our own words, sealed in the store: the answer needs no further look.
const kept = z.object({ answer: z.custom<Answer>((value) => typeof value === 'object'), token: z.string().optional() });

export function createAskOnce({ claims, log, waitMs = 60_000 }: AskOnceParts): AskOnce {
  // While an answer is written here, equal questions follow it without asking the store.
  const here = new Map<string, { readonly body: string; readonly asked: Promise<Asked> }>();

  async function claimAndBegin({ key, body }: OnceKey, begin: () => Promise<Asked>): Promise<Asked> {
    const deadline = AbortSignal.timeout(waitMs);
    for (let tries = 0; tries < mostTries && !deadline.aborted; tries += 1) {
      const claim = await claims.claim(key, body);
      if (claim.state === 'different') return { kind: 'refused', code: 'conflict' };
      if (claim.state === 'mine') return beginMine(key, begin);
      const result = claim.state === 'done' ? claim.result : await claim.wait(deadline).catch(() => null);
      if (result !== null) return { kind: 'answer', token: undefined, ...kept.parse(JSON.parse(result)) };
    }
    return { kind: 'refused', code: 'deadline-exceeded' };
  }

  async function beginMine(key: string, begin: () => Promise<Asked>): Promise<Asked> {
    let asked: Asked;
    try {
      asked = await begin();
    } catch (thrown) {
      await claims.release(key);
      throw thrown;
    }
    if (asked.kind !== 'turn') {
      await claims.release(key);
      return asked;
    }
    const { turn, token } = asked;
    void turn.end
      .then((end) => settle(key, end, turn, token))
      .catch((thrown: unknown) => {
        log.warn({ error: thrown instanceof Error ? thrown.name : typeof thrown }, 'the answer to a key was not kept');
      });
    return asked;
  }

  async function settle(key: string, end: AnswerEvent, turn: RunningTurn, token: string | undefined): Promise<void> {
    if (end.type !== 'answer-end') return claims.release(key);
    await claims.finish(key, JSON.stringify({ answer: end.answer, token }), turn.conversationId);
  }

  return async (once, begin) => {
    const { key, body } = once;
    const known = here.get(key);
    if (known) return known.body === body ? known.asked : { kind: 'refused', code: 'conflict' };
    const asked = claimAndBegin(once, begin);
    here.set(key, { body, asked });
    void untilAnswered(asked).then(() => here.delete(key));
    return asked;
  };
}

/** Resolves when nothing of it is under way any more, whatever came of it. */
async function untilAnswered(asked: Promise<Asked>): Promise<void> {
  try {
    const found = await asked;
    if (found.kind === 'turn') await found.turn.end;
  } catch {
    // Whoever asked hears of it.
  }
}
