import { setImmediate as nextRound } from 'node:timers/promises';

/**
 * Lets one piece of work begin in each round of the event loop. An answer begins with some milliseconds of search that
 * nothing interrupts; a thousand of them in a row would leave no room to tell anybody that an answer is coming.
 */
export function createFairStart(): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return async () => {
    const turn = last.then(() => nextRound());
    last = turn;
    await turn;
  };
}
