import { setImmediate } from 'node:timers/promises';

/** After so much work, the event loop gets a turn. */
const sliceMs = 10;

/** Called between the steps of a long work, it lets others run whenever a slice of time is over. Throws once the signal aborts. */
export function createGiveWay(signal?: AbortSignal): () => Promise<void> {
  let sliceEnd = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < sliceEnd) return;
    await setImmediate();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + sliceMs;
  };
}
