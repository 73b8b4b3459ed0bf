import type { Log } from '../../log.ts';
import type { GatewayEnd } from './gateway-end.ts';

export interface ConnectParts {
  /** Opens the gateway once; rejects with a `GatewayEnd`, or with what went wrong on the way. */
  readonly open: () => Promise<void>;
  readonly describe: (thrown: unknown) => GatewayEnd | null;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Between 0 and 1, so that many replicas do not come back at once. */
  readonly random: () => number;
}

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Connects, again and again while Discord cannot be reached; gives why it is no use, or null once connected or stopped. */
export async function connect({
  open,
  describe,
  sleep,
  log,
  signal,
  random,
}: ConnectParts): Promise<GatewayEnd | null> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await open();
      return null;
    } catch (thrown) {
      const end = describe(thrown);
      if (end) return end;
      const waitMs = Math.round(pauseMs * (0.5 + random() / 2));
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      log.warn({ reason, waitMs }, 'Discord cannot be reached; trying again.');
      await sleep(waitMs, signal).catch(() => {});
    }
  }
  return null;
}
