import { isIP } from 'node:net';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { digest } from './secrets.ts';
import type { LimitConfig, LimitKind, Limits } from './store.ts';
import type { Limiter, StoreDatabase } from './store-database.ts';

export interface LimitsParts {
  readonly database: StoreDatabase;
  readonly limits: Readonly<Record<LimitKind, LimitConfig>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const minuteSeconds = 60;
const daySeconds = 24 * 60 * minuteSeconds;

export function createLimits({ database, limits, now }: LimitsParts): Limits {
  const { db } = database;
  const limiters = new Map<LimitKind, readonly Limiter[]>();

  function limitersOf(kind: LimitKind): readonly Limiter[] {
    const known = limiters.get(kind);
    if (known) return known;
    const { perMinute, perDay } = limits[kind];
    const windows = [
      { keyPrefix: `${kind}-minute`, points: perMinute, duration: minuteSeconds },
      { keyPrefix: `${kind}-day`, points: perDay, duration: daySeconds },
    ];
    const made = windows.filter(({ points }) => points > 0).map(database.createLimiter);
    limiters.set(kind, made);
    return made;
  }

  const today = () => new Date(now()).toISOString().slice(0, 10);

  return {
    async consume(kind, key) {
      const hash = digest('limit', kind, kind === 'address' ? network(key) : key);
      for (const limiter of limitersOf(kind)) {
        const retryAfterMs = await refusal(limiter, hash);
        if (retryAfterMs > 0) return { allowed: false, retryAfterMs };
      }
      return { allowed: true, retryAfterMs: 0 };
    },
    async takeTokens(tokens, budget) {
      // One statement, so that replicas at once cannot both take the last tokens.
      if (tokens > budget) return false;
      const taken = await db
        .insertInto('nape_tokens')
        .values({ day: today(), used: tokens })
        .onConflict((conflict) =>
          conflict
            .column('day')
            .doUpdateSet((of) => ({ used: of('nape_tokens.used', '+', tokens) }))
            .where((of) => of(of('nape_tokens.used', '+', tokens), '<=', budget)),
        )
        .returning('used')
        .executeTakeFirst();
      return taken !== undefined;
    },
    async usedTokens() {
      const row = await db.selectFrom('nape_tokens').select('used').where('day', '=', today()).executeTakeFirst();
      return row?.used ?? 0;
    },
  };
}

/** 0 when a question was counted, else the milliseconds until the next is allowed. */
async function refusal(limiter: Limiter, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(1, thrown.msBeforeNext);
    throw thrown;
  }
}

/** The address as it is counted: IPv4 whole, also when it is written as IPv6; of IPv6 the /64 that one customer gets. */
export function network(address: string): string {
  const [plain = ''] = address.split('%');
  if (isIP(plain) !== 6) return plain;
  const groups = ipv6Groups(plain);
  const isIpv4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isIpv4)
    return `${groups
      .slice(0, 4)
      .map((group) => group.toString(16))
      .join(':')}::/64`;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** The eight numbers of an address that `isIP` accepts. */
function ipv6Groups(address: string): readonly number[] {
  const words = (part: string) =>
    part === ''
      ? []
      : part.split(':').flatMap((word) => {
          if (!word.includes('.')) return [Number.parseInt(word, 16)];
          const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number);
          return [a * 256 + b, c * 256 + d];
        });
  const [head = '', tail] = address.split('::');
  const [before, after] = [words(head), words(tail ?? '')];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}
