import type { LimitKind, Limits } from '../../store/store.ts';

/** Counts one question; milliseconds to wait when a limit is reached, else null. */
export type CountQuestion = (address: string, conversationId: string | undefined) => Promise<number | null>;

/** The limits of an address, of a conversation and of everyone together, in this order: a visitor over the first uses up none of the last. */
export function createCountQuestion(limits: Pick<Limits, 'consume'>): CountQuestion {
  return async (address, conversationId) => {
    const keys: readonly (readonly [LimitKind, string | undefined])[] = [
      ['address', address],
      ['conversation', conversationId],
      ['everyone', ''],
    ];
    for (const [kind, key] of keys) {
      if (key === undefined) continue;
      const { allowed, retryAfterMs } = await limits.consume(kind, key);
      if (!allowed) return retryAfterMs;
    }
    return null;
  };
}
