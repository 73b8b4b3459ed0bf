import type { RegisteredCommands } from './cli-app.ts';
import type { Command, CommandContext } from './commands.ts';
import { printable, printableLine } from './printable.ts';
import { checkQuestion } from './read-question.ts';
import { aborted, untilStopped } from './until-stopped.ts';

/** `nape discord`: the bot alone, or one of the things around it. */
export const runDiscord: Command = async (context, { words: [action, ...rest] }) => {
  if (action === undefined) return join(context);
  if (action === 'register' && rest.length <= 1) return register(context, rest[0]);
  if (action === 'preview') return preview(context, rest.join(' '));
  return wrongUse(context, 'Expected nape discord, nape discord register or nape discord preview "…".');
};

async function join({ app, screen, errors, stop }: CommandContext): Promise<number> {
  const joining = app.discord.join();
  const bot = await untilStopped(joining, stop);
  if (bot === 'aborted') return 0;
  try {
    const servers = `${bot.servers} ${bot.servers === 1 ? 'server' : 'servers'}`;
    screen.write(`${screen.paint('bold', `${printableLine(bot.name)} is on Discord, on ${servers}.`)}\n`);
    screen.write(`Add it to a server: ${bot.invite}\n`);
    const lost = await Promise.race([bot.lost, aborted(stop).promise]);
    if (lost !== 'aborted') {
      errors.write(`nape: ${printableLine(lost)}\n`);
      return 1;
    }
    // After the ^C that a terminal shows.
    if (screen.terminal) screen.write('\n');
    screen.write('Stopping. Answers under way are finished first; a second signal stops at once.\n');
  } finally {
    await bot.stop();
  }
  return 0;
}

async function register(context: CommandContext, server: string | undefined): Promise<number> {
  if (server !== undefined && !/^\d{15,21}$/u.test(server)) {
    return wrongUse(context, `${printableLine(server)} is not a server id, which is a number of about 19 digits.`);
  }
  const done = await untilStopped(context.app.discord.register(server ?? null), context.stop);
  if (done === 'aborted') return 1;
  context.screen.write(registeredText(done));
  context.screen.write(`Add the bot to a server: ${await context.app.discord.inviteLink()}\n`);
  return 0;
}

function registeredText(done: RegisteredCommands): string {
  const lines = (['created', 'changed', 'removed', 'unchanged'] as const)
    .filter((kind) => done[kind].length > 0)
    .map((kind) => `${kind}: ${done[kind].map(printableLine).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

async function preview(context: CommandContext, given: string): Promise<number> {
  const read = checkQuestion(given);
  if (read.kind === 'wrong-use') return wrongUse(context, read.message);
  const html = await untilStopped(context.app.discord.preview(read.text), context.stop);
  if (html === 'aborted') return 1;
  context.screen.write(printable(html));
  return 0;
}

function wrongUse({ errors }: CommandContext, message: string): number {
  errors.write(`nape: ${message} See nape discord --help.\n`);
  return 2;
}
