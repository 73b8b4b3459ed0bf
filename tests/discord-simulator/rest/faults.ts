/** What a request meets instead of a proper answer. */
export type FaultEffect =
  /** An HTTP error of Discord's edge or of its API: `code` and `message` as in its JSON. */
  | { readonly status: number; readonly code?: number; readonly message?: string }
  /** 429 (Rate Limits > Exceeding A Rate Limit). */
  | { readonly rateLimit: { readonly retryAfterSeconds: number; readonly scope?: 'user' | 'global' | 'shared' } }
  /**
   * The socket ends before the request is carried out, or after, so that only the reply is lost. With `reset` it ends
   * as ECONNRESET, which discord.js sends again by itself.
   */
  | { readonly destroySocket: 'before' | 'after'; readonly reset?: boolean }
  /** The reply comes late. */
  | { readonly delayMs: number }
  /** No reply at all. */
  | { readonly hang: true }
  /** A page of HTML with status 200, as a captive portal sends it. */
  | { readonly html: true };

export interface Fault {
  /** Which requests, by `METHOD path`, such as `/^POST \/channels/`. */
  readonly on: RegExp;
  readonly effect: FaultEffect;
  /** How many requests; 1 when not told. */
  readonly times?: number;
  /** How many matching requests are let through before. */
  readonly after?: number;
}

export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The effect that this request meets; counts it. */
  readonly next: (request: string) => FaultEffect | null;
  /** How many faults have not been met often enough yet. */
  readonly pending: () => number;
}

export function createFaults(): Faults {
  let scripted: { readonly fault: Fault; toSkip: number; left: number }[] = [];
  return {
    add: (fault) => {
      scripted.push({ fault, toSkip: fault.after ?? 0, left: fault.times ?? 1 });
    },
    clear: () => {
      scripted = [];
    },
    next: (request) => {
      for (const entry of scripted) {
        if (entry.left === 0 || !entry.fault.on.test(request)) continue;
        if (entry.toSkip > 0) {
          entry.toSkip -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault.effect;
      }
      return null;
    },
    pending: () => scripted.filter(({ left }) => left > 0).length,
  };
}
