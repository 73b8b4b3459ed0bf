/** A signal that aborts at a deadline, or when the caller's does; `release` it, or its timer stays. */
export interface CallDeadline {
  readonly signal: AbortSignal;
  /** True once the time was up, as opposed to the caller's abort. */
  isOver(): boolean;
  remainingMs(): number;
  /** Stops whatever still runs under the signal. */
  release(): void;
}

/** Starts a deadline of `deadlineMs` from now. */
export function startDeadline(deadlineMs: number, caller?: AbortSignal): CallDeadline {
  // Not AbortSignal.any with AbortSignal.timeout: Node 20 can collect such a pair before it fires.
  const controller = new AbortController();
  const endsAt = performance.now() + deadlineMs;
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort(new Error('the deadline is over'));
  }, deadlineMs);
  const follow = () => controller.abort(caller?.reason);
  if (caller?.aborted) follow();
  caller?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    release() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', follow);
      controller.abort(new Error('the call is over'));
    },
  };
}

/** The promise's outcome, or the signal's reason as soon as it aborts, whether or not the work notices. */
export async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    // The loser's failure is nobody's business any more.
    work.catch(() => {});
  }
}
