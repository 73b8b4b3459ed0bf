export interface Turn {
  /** Whether another question of the conversation was being answered: what was read before is out of date. */
  readonly waited: boolean;
  release(): void;
}

/** Waits until no other question of the conversation is being answered here; throws the signal's reason. */
export type TakeTurn = (conversationId: string | undefined, signal: AbortSignal) => Promise<Turn>;

/** Two tabs of one conversation ask in turn, so that the second question is read with the first one's answer. */
export function createTurnTaking(): TakeTurn {
  /** Resolves when the last in line is done; one entry per conversation that has a question now. */
  const lines = new Map<string, Promise<void>>();
  const alone: Turn = { waited: false, release() {} };

  return async (conversationId, signal) => {
    if (conversationId === undefined) return alone;
    const ahead = lines.get(conversationId);
    let release = () => {};
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const line = ahead ? ahead.then(() => mine) : mine;
    lines.set(conversationId, line);
    void line.then(() => {
      if (lines.get(conversationId) === line) lines.delete(conversationId);
    });
    try {
      if (ahead) await untilAborted(ahead, signal);
    } catch (thrown) {
      release();
      throw thrown;
    }
    return {
      waited: ahead !== undefined,
      release() {
        release();
        if (lines.get(conversationId) === line) lines.delete(conversationId);
      },
    };
  };
}

function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}
