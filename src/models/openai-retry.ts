import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type CallDeadline, untilAborted } from './openai-deadline.ts';
import { type ModelAddress, ModelFault, modelFault } from './openai-fault.ts';

export interface RetryOptions {
  /** Further attempts after the first. */
  readonly retries: number;
  readonly deadline: CallDeadline;
  readonly address: ModelAddress;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
}

const firstWaitMs = 250;

/**
 * Runs `attempt` until it succeeds, all within one deadline. What a server asks to wait is honoured, and a wait that
 * would outlast the deadline is not begun. Throws a ModelFault, or the reason of the caller's signal.
 */
export async function withRetries<Value>(attempt: () => Promise<Value>, options: RetryOptions): Promise<Value> {
  const { deadline, address, log } = options;
  for (let tried = 0; ; tried += 1) {
    try {
      return await untilAborted(attempt(), deadline.signal);
    } catch (thrown) {
      const fault = faultOf(thrown, deadline, address);
      if (!fault.isRetryable || tried >= options.retries) throw fault;
      const waitMs = fault.retryAfterMs ?? firstWaitMs * 2 ** tried * (0.5 + options.random());
      if (waitMs >= deadline.remainingMs()) throw fault;
      const { kind, status } = fault;
      log.warn(
        { model: address.model, kind, status, attempt: tried + 1, waitMs: Math.round(waitMs) },
        'a model call is tried again',
      );
      await wait(waitMs, undefined, { signal: deadline.signal }).catch(() => {
        throw faultOf(undefined, deadline, address);
      });
    }
  }
}

/** The fault of a call under a deadline: time up is a `timeout`; the caller's own abort is thrown as it is. */
export function faultOf(thrown: unknown, deadline: CallDeadline, address: ModelAddress): ModelFault {
  if (deadline.isOver()) {
    const message = `${address.host} did not finish a reply of the model "${address.model}" in time. Try again later, or raise NAPE_DEADLINE_MS.`;
    return new ModelFault('timeout', message);
  }
  if (deadline.signal.aborted) throw deadline.signal.reason;
  return modelFault(thrown, address);
}
