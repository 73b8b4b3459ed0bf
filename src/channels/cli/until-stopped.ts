/** What `work` resolves to, or `aborted` as soon as `stop` aborts; the work itself is then left alone. */
export async function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T | 'aborted'> {
  const stopped = aborted(stop);
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    stopped.release();
  }
}

/** A promise of the moment at which `signal` aborts; `release` lets go of the signal. */
export function aborted(signal: AbortSignal): { readonly promise: Promise<'aborted'>; release(): void } {
  let release = (): void => {};
  const promise = new Promise<'aborted'>((resolve) => {
    const onAbort = (): void => resolve('aborted');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    release = () => signal.removeEventListener('abort', onAbort);
  });
  return { promise, release };
}
