import { NapeError } from '../../errors.ts';
import type { CliApp } from './cli-app.ts';
import type { Command, CommandName, CommandOptions, InputStream } from './commands.ts';
import { helpText } from './help-text.ts';
import { parseArguments } from './parse-arguments.ts';
import { printable, printableLine } from './printable.ts';
import { checkQuestion, readQuestion } from './read-question.ts';
import { createScreen, type OutputStream, type Screen, type TerminalEnvironment } from './screen.ts';
import { untilStopped } from './until-stopped.ts';
import { watchEndings } from './watch-endings.ts';

/** The environment variables that tell a person's language, the first that is set. */
export interface LanguageEnvironment {
  readonly LC_ALL?: string | undefined;
  readonly LC_MESSAGES?: string | undefined;
  readonly LANG?: string | undefined;
}

export interface CliParts {
  /** Without the program's own name. */
  readonly arguments: readonly string[];
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: TerminalEnvironment & LanguageEnvironment;
  /** Opens the application; called only once the command line is known to be right. */
  readonly openApp: (command: CommandName) => Promise<CliApp>;
  readonly readVersion: () => Promise<string>;
  /** Calls back at every signal that asks the process to end; returns how to stop listening. */
  readonly onSignal: (listener: () => void) => () => void;
  /** Takes what failed without words of its own. */
  readonly logFailure: (thrown: unknown) => void;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** Time from the first signal to the end of the process, at most. */
  readonly graceMs: number;
}

// Loaded when run: `nape ask` need not wait for the code of the others.
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  ask: async () => (await import('./run-ask.ts')).runAsk,
  chat: async () => (await import('./run-chat.ts')).runChat,
  index: async () => (await import('./run-index.ts')).runIndex,
  serve: async () => (await import('./run-serve.ts')).runServe,
  faq: async () => (await import('./run-faq.ts')).runFaq,
  discord: async () => (await import('./run-discord.ts')).runDiscord,
  eval: async () => (await import('./run-evaluation.ts')).runEvaluation,
  lint: async () => (await import('./run-lint.ts')).runLint,
  backup: async () => (await import('./run-backup.ts')).runBackup,
  restore: async () => (await import('./run-backup.ts')).runRestore,
  forget: async () => (await import('./run-forget.ts')).runForget,
  doctor: async () => (await import('./run-doctor.ts')).runDoctor,
};

/** Runs one command line and resolves to the exit code: 0 done, 1 a failure, 2 wrong use. Never rejects. */
export async function runCli(parts: CliParts): Promise<number> {
  const screen = createScreen(parts.stdout, parts.environment);
  const errors = createScreen(parts.stderr, parts.environment);
  const endings = watchEndings(parts);
  try {
    const code = await Promise.race([endings.atOnce, runInvocation(parts, screen, errors, endings.stop)]);
    if (endings.brokenOutput() === null) await flush(parts.stdout);
    return endings.brokenOutput() ?? code;
  } catch (thrown) {
    return endings.brokenOutput() ?? reportFailure(thrown, errors, parts.logFailure);
  } finally {
    endings.release();
  }
}

async function runInvocation(parts: CliParts, screen: Screen, errors: Screen, stop: AbortSignal): Promise<number> {
  const invocation = parseArguments(parts.arguments);
  switch (invocation.kind) {
    case 'help':
      screen.write(helpText(invocation.command));
      return 0;
    case 'version':
      screen.write(`${await parts.readVersion()}\n`);
      return 0;
    case 'wrong-use':
      return reportWrongUse(invocation.message, errors);
    case 'run': {
      const { command } = invocation;
      let question = '';
      if (command === 'ask') {
        const given = invocation.question;
        const reading = given === null ? readQuestion(parts.stdin) : checkQuestion(given);
        const read = await untilStopped(Promise.resolve(reading), stop);
        if (read === 'aborted') return reportStopped(errors);
        if (read.kind === 'wrong-use') return reportWrongUse(read.message, errors);
        question = read.text;
      }
      return runCommand(parts, command, { ...invocation, question }, screen, errors, stop);
    }
  }
}

async function runCommand(
  parts: CliParts,
  command: CommandName,
  options: CommandOptions,
  screen: Screen,
  errors: Screen,
  stop: AbortSignal,
): Promise<number> {
  let app: CliApp | 'aborted';
  try {
    app = await untilStopped(parts.openApp(command), stop);
  } catch (thrown) {
    if (command !== 'doctor' || !(thrown instanceof NapeError)) throw thrown;
    // What keeps Nape from starting is exactly what the doctor is asked about.
    const { reportDoctorLines } = await import('./run-doctor.ts');
    return reportDoctorLines([{ state: 'problem', subject: 'start', text: thrown.message }], screen, errors);
  }
  if (app === 'aborted') return reportStopped(errors);
  try {
    const run = await commands[command]();
    const { LC_ALL, LC_MESSAGES, LANG } = parts.environment;
    const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
    return await run({ app, stdin: parts.stdin, screen, errors, stop, locale, now: parts.now }, options);
  } finally {
    await app.close();
  }
}

function reportStopped(errors: Screen): number {
  errors.write('nape: Stopped before anything was done.\n');
  return 1;
}

function reportWrongUse(message: string, errors: Screen): number {
  errors.write(`nape: ${printableLine(message)}\n`);
  return 2;
}

function reportFailure(thrown: unknown, errors: Screen, logFailure: (thrown: unknown) => void): number {
  if (thrown instanceof NapeError) {
    errors.write(`nape: ${printable(thrown.message)}\n`);
    return 1;
  }
  logFailure(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  errors.write(`nape: Something failed inside Nape: ${printable(message)}\nRun it with LOG_LEVEL=error for details.\n`);
  return 1;
}

/** Resolves when everything written has left the process, or cannot leave it any more. */
function flush(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}
