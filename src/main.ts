#!/usr/bin/env node
// The process edge: the command line, the environment, signals and the exit code come together here and nowhere
// else. What is heavy is imported only once the command line is known to need it.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CliApp } from './channels/cli/cli-app.ts';
import type { CommandName } from './channels/cli/commands.ts';
import { runCli } from './channels/cli/run-cli.ts';
import type { Log } from './log.ts';

/** Folder of the package, in src/ as in dist/. */
const root = fileURLToPath(new URL('..', import.meta.url));
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const tracingVariables = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'];

let log: Log | undefined;

async function openApp(command: CommandName): Promise<CliApp> {
  const [{ createApp }, { readConfig }, { createLog, silentLog }, { readEnvironmentFile }] = await Promise.all([
    import('./app.ts'),
    import('./config.ts'),
    import('./log.ts'),
    import('./channels/cli/read-environment-file.ts'),
  ]);
  for (const [name, value] of Object.entries(await readEnvironmentFile(resolve('.env')))) {
    process.env[name] ??= value;
  }
  // LangChain would send prompts to its maker's tracing service when these are set, whatever they are set for elsewhere.
  for (const name of tracingVariables) delete process.env[name];
  const config = readConfig(process.env, root);
  // A command that speaks to a person logs only when asked to; a server always does.
  log =
    command === 'serve' || (command === 'discord' && process.argv.length === 3) || process.env.LOG_LEVEL
      ? await createLog(config.logLevel)
      : silentLog;
  return createApp({ config, log, root });
}

async function readVersion(): Promise<string> {
  return JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')).version;
}

function onSignal(listener: () => void): () => void {
  for (const name of endingSignals) process.on(name, listener);
  return () => {
    for (const name of endingSignals) process.off(name, listener);
  };
}

/** Something broke outside every promise that is waited for: the state is unknown, so the process ends. */
function crash(thrown: unknown): never {
  const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  log?.error({ error: details }, 'unexpected failure');
  process.stderr.write(`nape: Something failed inside Nape: ${details}\n`);
  process.exit(1);
}

process.on('unhandledRejection', crash);
process.on('uncaughtException', crash);

const exitCode = await runCli({
  arguments: process.argv.slice(2),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: {
    NO_COLOR: process.env.NO_COLOR,
    FORCE_COLOR: process.env.FORCE_COLOR,
    TERM: process.env.TERM,
    LC_ALL: process.env.LC_ALL,
    LC_MESSAGES: process.env.LC_MESSAGES,
    LANG: process.env.LANG,
  },
  openApp,
  readVersion,
  onSignal,
  logFailure: (thrown) => log?.error({ error: thrown instanceof Error ? thrown.stack : thrown }, 'command failed'),
  now: () => performance.now(),
  graceMs: 10_000,
});
// Not process.exitCode: a socket or a watcher that is still open must not keep a finished command alive.
process.exit(exitCode);
