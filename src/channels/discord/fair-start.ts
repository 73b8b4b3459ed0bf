import { setImmediate as nextRound } from 'node:timers/promises';

/** Who is told first that an answer is coming, and who begins to be answered. */
export interface FairStart {
  /** Runs what tells somebody that an answer is coming; no answer begins meanwhile. */
  telling<T>(tell: () => Promise<T>): Promise<T>;
  /** Resolves when an answer may begin: one in each round of the event loop, and none while somebody is being told. */
  turn(): Promise<void>;
}

/** Telling that takes longer than this has met with a fault, which answers need not wait for. */
const longestTellingMs = 1_500;

/**
 * An answer begins with some milliseconds of search that nothing interrupts; a thousand of them in a row would leave no
 * room to tell anybody, within Discord's three seconds, that an answer is coming.
 */
export function createFairStart(now: () => number): FairStart {
  const beingTold = new Set<{ readonly since: number }>();
  let last: Promise<void> = Promise.resolve();

  function isTelling(): boolean {
    const [oldest] = beingTold;
    return oldest !== undefined && now() - oldest.since < longestTellingMs;
  }

  async function quietRound(): Promise<void> {
    do await nextRound();
    while (isTelling());
  }

  return {
    async telling(tell) {
      const entry = { since: now() };
      beingTold.add(entry);
      try {
        return await tell();
      } finally {
        beingTold.delete(entry);
      }
    },
    turn() {
      last = last.then(quietRound);
      return last;
    },
  };
}
