export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** The environment variables that say how a terminal wants to be written to. */
export interface TerminalEnvironment {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type Style = keyof typeof styles;

/** An output stream with what is known about who reads it. */
export interface Screen {
  readonly stream: OutputStream;
  /** A person reads this, not a pipe or a file. */
  readonly terminal: boolean;
  /** A terminal on which the cursor can be moved. */
  readonly animated: boolean;
  /** Only ASCII marks can be relied on. */
  readonly ascii: boolean;
  /** Columns to wrap at; infinite where no terminal does the wrapping. */
  readonly width: number;
  /** Lines that fit. */
  readonly height: number;
  paint(style: Style, text: string): string;
  write(text: string): void;
}

// Longer lines are tiring to read, however wide the window is.
const widestColumns = 100;

export function createScreen(stream: OutputStream, environment: TerminalEnvironment): Screen {
  const terminal = stream.isTTY === true;
  const dumb = environment.TERM === 'dumb';
  const coloured = wantsColour(environment, terminal && !dumb);
  return {
    stream,
    terminal,
    animated: terminal && !dumb,
    ascii: dumb,
    // Getters, because a window can be resized while it is used.
    get width() {
      return terminal ? Math.min(stream.columns || 80, widestColumns) : Number.POSITIVE_INFINITY;
    },
    get height() {
      return stream.rows || 24;
    },
    paint(style, text) {
      const [on, off] = styles[style];
      return coloured && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
    },
    write(text) {
      stream.write(text);
    },
  };
}

/** FORCE_COLOR has the last word, as in Node.js; then NO_COLOR (no-color.org); then what the stream is. */
function wantsColour({ FORCE_COLOR, NO_COLOR }: TerminalEnvironment, byDefault: boolean): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR) return false;
  return byDefault;
}
