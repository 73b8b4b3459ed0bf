import type { BotParts } from './bot-parts.ts';
import { DiscordFailure } from './discord-api.ts';
import { createFairStart, type FairStart } from './fair-start.ts';
import { createGuildStore, type GuildStore } from './guild-settings.ts';
import { createRunningWork, type RunningWork } from './running-work.ts';

/** What every handler works with, however a question came in. */
export interface Bot {
  readonly parts: BotParts;
  readonly guilds: GuildStore;
  readonly running: RunningWork;
  readonly fairStart: FairStart;
  /** Whether so many answers are under way that the next one cannot be expected at once. */
  isBusy(): boolean;
  /** One line for the owner, without anybody's words. */
  logFailure(what: string, thrown: unknown): void;
}

/** More answers than this at the same time are many. */
const fewAnswers = 8;

export function createBot(parts: BotParts): Bot {
  const running = createRunningWork();
  return {
    parts,
    guilds: createGuildStore(parts.store.settings, parts.now),
    running,
    isBusy: () => running.count() > fewAnswers,
    fairStart: createFairStart(parts.now),
    logFailure(what, thrown) {
      const fields =
        thrown instanceof DiscordFailure
          ? { status: thrown.status, code: thrown.code, reason: thrown.message }
          : { error: thrown instanceof Error ? thrown.name : typeof thrown, at: placeOf(thrown) };
      parts.log.warn(fields, `Discord: ${what}`);
    },
  };
}

/** Where it was thrown, without the message, which could repeat somebody's words. */
function placeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.stack?.match(/^\s+at .*$/mu)?.[0].trim() : undefined;
}
