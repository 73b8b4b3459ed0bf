/** The simulator's time: the real one plus what a test has let pass, so that 3 seconds or 15 minutes need no waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly advance: (ms: number) => void;
}

export function createClock(realNow: () => number = Date.now): Clock {
  let offsetMs = 0;
  return {
    now: () => realNow() + offsetMs,
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}
