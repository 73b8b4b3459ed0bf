import { setMaxListeners } from 'node:events';

/** Answers under way: counted, and waited for at a stop. */
export interface RunningWork {
  /** Aborts when the bot has to end now. */
  readonly signal: AbortSignal;
  /** Whether nothing new is to be started. */
  isStopping(): boolean;
  count(): number;
  /** Runs something that is waited for. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Lets nothing new begin, waits for what runs, at most so long, and then aborts it. */
  stop(graceMs: number, sleep: (ms: number) => Promise<void>): Promise<void>;
}

/** Time for aborted answers to say so. */
const lastWordsMs = 1_500;

export function createRunningWork(): RunningWork {
  const running = new Set<Promise<unknown>>();
  const ending = new AbortController();
  // Every answer under way listens to it; Node takes more than ten for a leak.
  setMaxListeners(0, ending.signal);
  let stopping = false;

  async function drained(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
  }

  return {
    signal: ending.signal,
    isStopping: () => stopping,
    count: () => running.size,
    run(work) {
      const done = work();
      running.add(done);
      const forget = () => void running.delete(done);
      done.then(forget, forget);
      return done;
    },
    async stop(graceMs, sleep) {
      stopping = true;
      await Promise.race([drained(), sleep(graceMs)]);
      ending.abort();
      if (running.size > 0) await Promise.race([drained(), sleep(lastWordsMs)]);
    },
  };
}
