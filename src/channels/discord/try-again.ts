import { DiscordFailure } from './discord-api.ts';

export interface TryAgainParts {
  readonly sleep: (ms: number) => Promise<void>;
  /** Waits before the second and later tries, in milliseconds. */
  readonly pausesMs?: readonly number[];
}

/** Which failures are worth another try: none that Discord answered with a reason. */
export type Retry =
  /** Doing it twice is the same as doing it once. */
  | 'any'
  /** Doing it twice would show: only when Discord says that it failed itself. */
  | 'refused-only';

/** Tries a request again after a lost connection, a timeout or a fault at Discord. */
export async function tryAgain<T>(
  request: (attempt: number) => Promise<T>,
  retry: Retry,
  { sleep, pausesMs = [200, 600, 1_800] }: TryAgainParts,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request(attempt);
    } catch (thrown) {
      const pause = pausesMs[attempt];
      if (pause === undefined || !isPassing(thrown, retry)) throw thrown;
      await sleep(pause);
    }
  }
}

function isPassing(thrown: unknown, retry: Retry): boolean {
  if (!(thrown instanceof DiscordFailure)) return false;
  return thrown.status >= 500 || (thrown.status === 0 && retry === 'any');
}
