import type { Log } from '../../log.ts';

export interface IdentifyThrottleParts {
  /** Connections that may identify at once, from Discord's `max_concurrency`. */
  readonly maxConcurrency: number;
  readonly now: () => number;
  /** Rejects with the signal's reason when it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  /** Milliseconds of the hour; another length is for tests. */
  readonly hourMs?: number;
}

/** Has the form that discord.js asks for. */
export interface IdentifyThrottle {
  /** Resolves when this shard may identify itself; rejects when it closed meanwhile. */
  waitForIdentify(shardId: number, signal: AbortSignal): Promise<void>;
}

/** Discord lets a bucket of shards identify every five seconds ("Gateway", Rate Limiting). */
const bucketMs = 5_000;
/** A bot that identifies a thousand times a day is stopped by Discord; a shard that cannot keep a session is not worth it. */
export const identifiesPerHour = 10;

/**
 * Keeps shards from identifying too often: within a bucket every five seconds, and each shard at most ten times an hour,
 * with twice as long a wait after each further time.
 */
export function createIdentifyThrottle({
  maxConcurrency,
  now,
  sleep,
  log,
  hourMs = 60 * 60_000,
}: IdentifyThrottleParts): IdentifyThrottle {
  const scale = hourMs / (60 * 60_000);
  const times = new Map<number, readonly number[]>();
  const buckets = new Map<number, number>();

  function waitMs(shardId: number): number {
    const recent = (times.get(shardId) ?? []).filter((at) => now() - at < hourMs);
    times.set(shardId, recent);
    const bucketFree = (buckets.get(shardId % maxConcurrency) ?? Number.NEGATIVE_INFINITY) + bucketMs * scale;
    const [oldest = 0] = recent;
    const last = recent.at(-1);
    // 0, 0, 5 s, 10 s, 20 s, … after the one before; the tenth of an hour is followed by the end of that hour.
    const apart = recent.length < 2 ? 0 : bucketMs * scale * 2 ** (recent.length - 2);
    const shardFree =
      last === undefined
        ? Number.NEGATIVE_INFINITY
        : recent.length >= identifiesPerHour
          ? oldest + hourMs
          : last + apart;
    return Math.max(0, bucketFree - now(), shardFree - now());
  }

  return {
    async waitForIdentify(shardId, signal) {
      for (let wait = waitMs(shardId); wait > 0; wait = waitMs(shardId)) {
        if (wait > 2 * bucketMs * scale)
          log.warn({ shard: shardId, waitMs: wait }, 'Discord: waiting before identifying again');
        await sleep(wait, signal);
      }
      buckets.set(shardId % maxConcurrency, now());
      times.set(shardId, [...(times.get(shardId) ?? []), now()]);
      const inLastHour = times.get(shardId)?.length ?? 0;
      log.info({ shard: shardId, inLastHour }, 'Discord: identifying');
    },
  };
}
