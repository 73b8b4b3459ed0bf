import type { CliApp } from './cli-app.ts';
import type { Screen } from './screen.ts';

export const commandNames = [
  'ask',
  'chat',
  'index',
  'serve',
  'discord',
  'faq',
  'eval',
  'lint',
  'doctor',
  'backup',
  'restore',
  'forget',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What the command line asked for, beyond the command's name. */
export interface CommandOptions {
  /** The question of `nape ask`. */
  readonly question: string;
  readonly json: boolean;
  /** Tell why each sentence was kept or dropped. */
  readonly explain: boolean;
  readonly watch: boolean;
  /** Of `nape forget`. */
  readonly all: boolean;
  /** What stands behind the command's name, for commands with words of their own. */
  readonly words: readonly string[];
  readonly html: boolean;
  readonly md: boolean;
  /** File to write to; null for standard output. */
  readonly out: string | null;
}

export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** What a running command has at hand. */
export interface CommandContext {
  readonly app: CliApp;
  readonly stdin: InputStream;
  /** Standard output. */
  readonly screen: Screen;
  /** Standard error. */
  readonly errors: Screen;
  /** Aborts at the first signal to the process, and when nobody reads standard output any more. */
  readonly stop: AbortSignal;
  /** The person's language as the system has it (`de_AT.UTF-8`). */
  readonly locale?: string | undefined;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** Runs one command and resolves to its exit code. */
export type Command = (context: CommandContext, options: CommandOptions) => Promise<number>;
