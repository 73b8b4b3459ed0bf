import { createHash } from 'node:crypto';

/** How many requests a route takes in a stretch of time, per top-level resource (Rate Limits). */
export interface RouteLimit {
  /** Which routes, by `METHOD pattern`. */
  readonly on: RegExp;
  readonly limit: number;
  readonly windowMs: number;
}

export interface Admission {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait, with decimals; null when the request may pass. */
  readonly retryAfterSeconds: number | null;
  readonly isGlobal: boolean;
}

export interface RateLimits {
  /** Counts a request against its bucket and the global limit. */
  readonly admit: (route: string, majorId: string, countsGlobally: boolean) => Admission;
}

export interface RateLimitParts {
  readonly now: () => number;
  readonly limits: readonly RouteLimit[];
  /** Requests a second for the whole bot; interactions do not count (Rate Limits > Global Rate Limit). */
  readonly globalPerSecond: number;
}

/** Fixed windows, as Discord's headers describe them. */
export function createRateLimits({ now, limits, globalPerSecond }: RateLimitParts): RateLimits {
  const buckets = new Map<string, Window>();
  const everything: Window = { resetAt: 0, used: 0 };
  const count = (window: Window, limit: number, windowMs: number) => {
    const at = now();
    if (at >= window.resetAt) {
      window.resetAt = at + windowMs;
      window.used = 0;
    }
    const isOver = window.used >= limit;
    if (!isOver) window.used += 1;
    return { isOver, resetAfterSeconds: (window.resetAt - at) / 1000 };
  };
  return {
    admit: (route, majorId, countsGlobally) => {
      if (countsGlobally) {
        const whole = count(everything, globalPerSecond, 1000);
        if (whole.isOver) {
          return {
            headers: { 'x-ratelimit-global': 'true' },
            retryAfterSeconds: whole.resetAfterSeconds,
            isGlobal: true,
          };
        }
      }
      const limit = limits.find(({ on }) => on.test(route));
      if (!limit) return { headers: {}, retryAfterSeconds: null, isGlobal: false };
      const key = `${route} ${majorId}`;
      const window = buckets.get(key) ?? { resetAt: 0, used: 0 };
      buckets.set(key, window);
      const { isOver, resetAfterSeconds } = count(window, limit.limit, limit.windowMs);
      const headers = {
        'x-ratelimit-limit': String(limit.limit),
        'x-ratelimit-remaining': String(limit.limit - window.used),
        'x-ratelimit-reset': String(window.resetAt / 1000),
        'x-ratelimit-reset-after': resetAfterSeconds.toFixed(3),
        'x-ratelimit-bucket': createHash('md5').update(route).digest('hex'),
      };
      return { headers, retryAfterSeconds: isOver ? resetAfterSeconds : null, isGlobal: false };
    },
  };
}

interface Window {
  resetAt: number;
  used: number;
}
