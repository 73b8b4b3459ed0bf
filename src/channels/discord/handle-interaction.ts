import { said } from './answer-question.ts';
import type { Bot } from './bot.ts';
import { runAbout, runHelp } from './commands/about.ts';
import { runAsk } from './commands/ask.ts';
import { runFaq } from './commands/faq.ts';
import { runForget } from './commands/forget.ts';
import { runMessageMenu } from './commands/message-menu.ts';
import { runPress } from './commands/press.ts';
import { runSettings } from './commands/settings.ts';
import { runSources } from './commands/sources.ts';
import { runTopics } from './commands/topics.ts';
import { runTyping } from './commands/typing.ts';
import type { Visit } from './commands/visit.ts';
import type { InteractionResponse } from './discord-api.ts';
import type { Interaction } from './interaction.ts';
import { createInteractionReply } from './interaction-reply.ts';
import { discordWords, localeOf } from './words/discord-words.ts';

type Run = (visit: Visit) => Promise<void>;

const commands: Readonly<Record<string, Run>> = {
  ask: runAsk,
  faq: runFaq,
  sources: runSources,
  topics: runTopics,
  forget: runForget,
  about: runAbout,
  help: runHelp,
  nape: runSettings,
};

/** Discord takes an answer for this long; after it the same event cannot come again either. */
const tokenMs = 15 * 60_000;

/** Answers one interaction, however it came in. Never rejects: what fails is said to the person, or else logged. */
export async function handleInteraction(
  bot: Bot,
  interaction: Interaction,
  respond: (response: InteractionResponse) => Promise<void>,
): Promise<void> {
  const at = bot.parts.now();
  const reply = createInteractionReply({ api: bot.parts.api, to: interaction, respond });
  const run = runOf(interaction);
  await bot.running.run(async () => {
    try {
      if (interaction.action.kind !== 'typing' && !(await isFirstTime(bot, interaction))) return;
      const settings = await bot.guilds.settings(interaction.guildId);
      const locale = settings.language ?? localeOf(interaction.locale ?? interaction.guildLocale);
      const visit = { bot, interaction, reply, settings, locale, words: discordWords[locale], at };
      if (bot.running.isStopping()) {
        await (interaction.action.kind === 'typing'
          ? reply.choices([])
          : reply.show([said(visit.words.restarting)], 'one'));
        return;
      }
      await apologising(visit, run);
    } catch (thrown) {
      bot.logFailure('an interaction could not be answered', thrown);
    }
  });
}

function runOf({ action }: Interaction): Run {
  switch (action.kind) {
    case 'command':
      return commands[action.path[0] ?? ''] ?? unknown;
    case 'typing':
      return runTyping;
    case 'message-menu':
      return runMessageMenu;
    case 'press':
      return runPress;
    default:
      return unknown;
  }
}

/** A command of an older version of Nape. */
async function unknown({ reply, words }: Visit): Promise<void> {
  await reply.show([said(words.failed)], 'one');
}

/** The same interaction can come twice: after a resume, by two workers, or replayed. */
function isFirstTime({ parts }: Bot, { id }: Interaction): Promise<boolean> {
  return parts.store.claims.first(`discord-interaction:${id}`, tokenMs);
}

async function apologising(visit: Visit, run: Run): Promise<void> {
  try {
    await run(visit);
  } catch (thrown) {
    visit.bot.logFailure('a command failed', thrown);
    if (visit.interaction.action.kind !== 'typing') await visit.reply.show([said(visit.words.failed)], 'one');
  }
}
