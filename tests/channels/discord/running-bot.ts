import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { BotParts } from '../../../src/channels/discord/bot-parts.ts';
import { commandDefinitions } from '../../../src/channels/discord/command-definitions.ts';
import { createDiscordBot, type DiscordBot, type DiscordBotParts } from '../../../src/channels/discord/discord-bot.ts';
import { registerCommands } from '../../../src/channels/discord/register-commands.ts';
import { createRestDiscordApi } from '../../../src/channels/discord/rest-discord-api.ts';
import { createRemember } from '../../../src/conversation/remember.ts';
import { createSuggest } from '../../../src/conversation/suggestions.ts';
import type { Ask } from '../../../src/domain.ts';
import { type Log, silentLog } from '../../../src/log.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite-store.ts';
import type { LimitConfig, Store } from '../../../src/store/store.ts';
import { type AskOver, askOver, triage } from '../../conversation/ask-over.ts';
import {
  createDiscordSimulator,
  type DiscordSimulator,
  type SimulatorOptions,
} from '../../discord-simulator/discord-simulator.ts';

const article = await readFile(new URL('../../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
export const nape: AskOver = await askOver({ 'neck-and-spine-massage.md': article });
const suggestions = await createSuggest(nape.search)(nape.index);

export interface RunningBot {
  readonly simulator: DiscordSimulator;
  readonly bot: DiscordBot;
  readonly store: Store;
  readonly logged: readonly string[];
}

export interface RunningBotOptions {
  readonly simulator?: SimulatorOptions;
  readonly ask?: Ask;
  readonly faq?: readonly { readonly question: string }[];
  readonly perMinute?: number;
  readonly parts?: Partial<DiscordBotParts>;
  readonly gateway?: Partial<NonNullable<DiscordBotParts['gateway']>> | null;
  readonly registers?: boolean;
  /** Of the running test; told by tests that run at the same time. */
  readonly onTestFinished?: (end: () => Promise<void>) => void;
}

/** The whole bot against the simulator, with the shipped article, in memory; gone at the end of the test. */
export async function runningBot(options: RunningBotOptions = {}): Promise<RunningBot> {
  const simulator = await createDiscordSimulator(options.simulator);
  const logged: string[] = [];
  const perMinute: LimitConfig = { perMinute: options.perMinute ?? 0, perDay: 0 };
  const none: LimitConfig = { perMinute: 0, perDay: 0 };
  const store = await openSqliteStore({
    file: ':memory:',
    keepQuestionsDays: 0,
    limits: { address: none, conversation: none, user: perMinute, everyone: none },
    now: Date.now,
  });
  const api = createRestDiscordApi({ token: simulator.token, api: simulator.api });
  const remember = createRemember({ store, now: Date.now, log: silentLog });
  const bot = createDiscordBot({
    ...botParts(api, store, logged),
    ask: options.ask ?? nape.askWith({ remember }),
    faq: () => options.faq ?? [],
    gateway:
      options.gateway === null
        ? null
        : { token: simulator.token, api: simulator.api, shards: 'auto', random: Math.random, ...options.gateway },
    publicKey: simulator.publicKey,
    graceMs: 2_000,
    ...options.parts,
  });
  (options.onTestFinished ?? onTestFinished)(async () => {
    await bot.stop();
    await simulator.stop();
    await store.close();
  });
  if (options.registers) await registerCommands(api.commands(simulator.applicationId, null), commandDefinitions());
  return { simulator, bot, store, logged };
}

function botParts(api: BotParts['api'], store: Store, logged: string[]): BotParts {
  return {
    api,
    store,
    ask: nape.ask,
    passage: (id) => nape.index.passage(id),
    topics: () =>
      nape.index.documents.flatMap(({ sections }) =>
        sections.flatMap(({ heading, level }) => (heading && level === 1 ? [heading] : [])),
      ),
    faq: () => [],
    suggestions: () => suggestions,
    isUrgent: (text) => isUrgentReason(triage({ text, earlier: [], crisisOpen: false })?.reason),
    detectLocale: () => 'en',
    keepQuestionsDays: 0,
    contacts: { contact: 'desk@calm-spa.example' },
    log: recordingLog(logged),
    now: Date.now,
    sleep: async (ms, signal) =>
      void (await pause(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => {})),
  };
}

function isUrgentReason(reason: string | undefined): boolean {
  return reason === 'crisis' || reason === 'emergency';
}

function recordingLog(lines: string[]): Log {
  const record = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { debug() {}, info: record('info'), warn: record('warn'), error: record('error') };
}
