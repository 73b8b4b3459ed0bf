import { isObject } from '../limits/finding.ts';
import { privilegedIntents } from './events.ts';

/** An IDENTIFY that came, whatever became of it. */
export interface Identify {
  readonly at: number;
  readonly intents: number;
  readonly shard: readonly [number, number];
  readonly compress: boolean;
  /** The close code that it met; null when it was let in; `invalid-session` when it came too fast. */
  refused: number | 'invalid-session' | null;
}

export interface AdmissionParts {
  readonly token: () => string;
  /** Privileged intents that the Developer Portal has granted. */
  readonly granted: () => number;
  readonly now: () => number;
  readonly guilds: () => number;
  readonly maxConcurrency: number;
  readonly startsPerDay: number;
  /** Milliseconds in which one bucket of shards may identify once. */
  readonly identifyEveryMs: number;
}

export interface Admission {
  readonly identifies: Identify[];
  readonly identify: (data: unknown) => Identify;
  /** Session Start Limit Object. */
  readonly startLimit: () => Readonly<Record<string, number>>;
}

/** Guilds above which a bot has to shard (Gateway > Sharding). */
const guildsOfOneShard = 2500;
const dayMs = 86_400_000;
/** All intents that there are: bits 0 to 16, 20, 21, 24 and 25. */
const knownIntents = 0x1_ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/** Decides on IDENTIFYs as Gateway > Identify and Opcodes and Status Codes > Gateway Close Event Codes say. */
export function createAdmission(parts: AdmissionParts): Admission {
  const identifies: Identify[] = [];
  const today = () => identifies.filter(({ at }) => parts.now() - at < dayMs);
  const refusal = (data: unknown, identify: Identify): Identify['refused'] => {
    const [index, count] = identify.shard;
    if (!isObject(data) || data.token !== parts.token()) return 4004;
    if (!(count >= 1 && index >= 0 && index < count)) return 4010;
    if (parts.guilds() / count > guildsOfOneShard) return 4011;
    if (typeof data.intents !== 'number' || (identify.intents & ~knownIntents) !== 0) return 4013;
    if (identify.intents & privilegedIntents & ~parts.granted()) return 4014;
    const bucket = index % parts.maxConcurrency;
    const isTooFast = identifies.some(
      ({ at, shard, refused }) =>
        refused === null &&
        shard[0] % parts.maxConcurrency === bucket &&
        identify.at - at < parts.identifyEveryMs * clockSlack,
    );
    return isTooFast ? 'invalid-session' : null;
  };
  return {
    identifies,
    identify: (data) => {
      const body = isObject(data) ? data : {};
      const [index, count] = Array.isArray(body.shard) ? body.shard.map(Number) : [0, 1];
      const intents = Number(body.intents ?? 0);
      const shard = [index ?? 0, count ?? 1] as const;
      const identify: Identify = {
        at: parts.now(),
        intents,
        shard,
        compress: body.compress === true,
        refused: null,
      };
      identify.refused = refusal(data, identify);
      identifies.push(identify);
      return identify;
    },
    startLimit: () => ({
      total: parts.startsPerDay,
      remaining: Math.max(0, parts.startsPerDay - today().length),
      reset_after: dayMs,
      max_concurrency: parts.maxConcurrency,
    }),
  };
}

/** Timers of two sides never agree to the millisecond. */
const clockSlack = 0.99;
