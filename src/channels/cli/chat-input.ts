import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { InputStream } from './commands.ts';
import type { Screen } from './screen.ts';

/** Lines that a person types, or that a pipe brings. */
export interface ChatInput {
  /** The next line; null when there are no more. */
  next(): Promise<string | null>;
  close(): void;
}

export interface ChatInputParts {
  readonly stdin: InputStream;
  readonly screen: Screen;
  /** Empty when nobody types. */
  readonly prompt: string;
  /** Ctrl-C while no line is being waited for. */
  readonly onInterrupt: () => void;
}

/** Line editing and history on a terminal, plain lines elsewhere. */
export function createChatInput({ stdin, screen, prompt, onInterrupt }: ChatInputParts): ChatInput {
  const edited = prompt !== '' && screen.animated;
  const waitingLines: string[] = [];
  let waiting: ((line: string | null) => void) | undefined;
  let closed = false;
  let leaveOnInterrupt = false;

  // What is typed while an answer is printed must not appear in the middle of it.
  const echo = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      if (waiting) screen.write(String(chunk));
      done();
    },
  });
  Object.defineProperty(echo, 'columns', { get: () => screen.stream.columns });
  const onResize = (): void => void echo.emit('resize');
  screen.stream.on('resize', onResize);

  const lines = createInterface({
    input: stdin,
    ...(edited ? { output: echo } : {}),
    terminal: edited,
    prompt,
    historySize: 200,
    removeHistoryDuplicates: true,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  lines.on('line', (line) => {
    leaveOnInterrupt = false;
    const resolve = waiting;
    waiting = undefined;
    if (resolve) resolve(line);
    else waitingLines.push(line);
  });
  lines.on('close', () => {
    closed = true;
    screen.stream.off('resize', onResize);
    waiting?.(null);
    waiting = undefined;
  });
  lines.on('SIGINT', () => {
    if (!waiting) {
      onInterrupt();
    } else if (lines.line !== '') {
      leaveOnInterrupt = false;
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
    } else if (leaveOnInterrupt) {
      lines.close();
    } else {
      leaveOnInterrupt = true;
      screen.write(`\n${screen.paint('dim', 'Press Ctrl-C again to leave.')}\n`);
      lines.prompt();
    }
  });

  return {
    next() {
      const line = waitingLines.shift();
      if (line !== undefined) {
        // Typed ahead: it has not been seen yet.
        if (edited) screen.write(`${prompt}${line}\n`);
        return Promise.resolve(line);
      }
      if (closed) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting = resolve;
        if (edited) lines.prompt(true);
        else if (prompt !== '') screen.write(prompt);
      });
    },
    close: () => lines.close(),
  };
}
