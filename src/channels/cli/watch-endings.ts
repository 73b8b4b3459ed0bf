import type { OutputStream } from './screen.ts';

/** What can end a command from outside: signals, and a reader of its output that goes away. */
export interface Endings {
  /** Aborts at the first signal, and when standard output breaks. */
  readonly stop: AbortSignal;
  /** Resolves to the exit code when the command must not be waited for any longer. */
  readonly atOnce: Promise<number>;
  /** The exit code if standard output broke; null while it works. */
  brokenOutput(): number | null;
  release(): void;
}

export interface EndingParts {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly onSignal: (listener: () => void) => () => void;
  readonly graceMs: number;
}

/** The first signal asks the command to stop and starts the time of grace; the second ends it at once. */
export function watchEndings({ stdout, stderr, onSignal, graceMs }: EndingParts): Endings {
  const controller = new AbortController();
  let graceTimer: NodeJS.Timeout | undefined;
  let broken: number | null = null;
  let endAtOnce: (code: number) => void = () => {};
  const atOnce = new Promise<number>((resolve) => {
    endAtOnce = resolve;
  });

  const stopGently = (): void => {
    controller.abort();
    graceTimer = setTimeout(() => {
      stderr.write(`nape: Not everything ended within ${graceMs / 1_000} s; it was cut off.\n`);
      endAtOnce(1);
    }, graceMs);
  };
  const removeSignalListener = onSignal(() => {
    if (controller.signal.aborted) endAtOnce(1);
    else stopGently();
  });
  // These two listeners stay for good: an error that arrives after the command's end must not crash the process.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (broken !== null) return;
    // A reader such as `head` that has seen enough is no failure.
    broken = error.code === 'EPIPE' ? 0 : 1;
    if (broken === 1) stderr.write(`nape: Standard output cannot be written: ${error.message}.\n`);
    if (!controller.signal.aborted) stopGently();
  });
  stderr.on('error', () => {});

  return {
    stop: controller.signal,
    atOnce,
    brokenOutput: () => broken,
    release() {
      removeSignalListener();
      clearTimeout(graceTimer);
    },
  };
}
