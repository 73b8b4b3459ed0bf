import { setTimeout as pause } from 'node:timers/promises';
import type { DoctorLine, JoinedDiscord } from '../channels/cli/cli-app.ts';
import { DiscordFailure } from '../channels/discord/discord-api.ts';
import type { DiscordBot } from '../channels/discord/discord-bot.ts';
import { endOfCode } from '../channels/discord/gateway-end.ts';
import type { RegistrationReport } from '../channels/discord/register-commands.ts';
import type { Config } from '../config.ts';
import type { DetectLocale } from '../conversation/locale.ts';
import { coverage } from '../conversation/reply.ts';
import type { Suggest } from '../conversation/suggestions.ts';
import type { Triage } from '../conversation/triage/triage.ts';
import type { Ask } from '../domain.ts';
import { NapeError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { KnowledgeBase } from './knowledge-base.ts';

export interface DiscordParts {
  readonly config: Pick<Config, 'discord' | 'contacts' | 'store'>;
  /** Address of the REST interface; Discord's own unless given. */
  readonly api?: string;
  readonly log: Log;
  readonly ask: Ask;
  readonly store: Store;
  readonly knowledge: KnowledgeBase;
  readonly suggest: Suggest;
  readonly faq: () => readonly { readonly question: string }[];
  readonly triage: Triage['triage'];
  readonly detectLocale: DetectLocale;
}

/** What the commands and the server do with Discord. Its code is loaded by the first of them that is used. */
export interface Discord {
  /** The bot as configured, not yet connected; null when neither a token nor a public key is set. */
  open(): Promise<DiscordBot | null>;
  /** The link that adds the bot to a server. Throws a `config-invalid` NapeError without a token. */
  inviteLink(): Promise<string>;
  /** Registers the commands, for one server or everywhere; sends only what changed. */
  register(guildId: string | null): Promise<RegistrationReport>;
  /** A page with the answer as Discord would show it. */
  preview(question: string): Promise<string>;
  doctor(): Promise<readonly DoctorLine[]>;
}

/** As the web server's: answers under way get this long at a stop, in milliseconds. */
const graceMs = 7_500;

export function createDiscord(parts: DiscordParts): Discord {
  const { config, log, ask, knowledge, suggest, triage, detectLocale } = parts;
  const { token, publicKey } = config.discord;
  const at = parts.api === undefined ? {} : { api: parts.api };

  async function openApi(patience: { readonly timeoutMs?: number; readonly pausesMs?: readonly number[] } = {}) {
    if (token === undefined) {
      throw new NapeError('config-invalid', 'DISCORD_TOKEN is not set. Copy it from the Developer Portal, page Bot.');
    }
    const { createRestDiscordApi } = await import('../channels/discord/rest-discord-api.ts');
    return createRestDiscordApi({ token, ...at, ...patience });
  }

  async function applicationId(): Promise<string> {
    if (config.discord.applicationId !== undefined) return config.discord.applicationId;
    const api = await openApi({ pausesMs: [] });
    return (await inWords(api.application())).id;
  }

  return {
    async open() {
      if (token === undefined && publicKey === undefined) return null;
      const [{ createDiscordBot }, { createRestDiscordApi }] = await Promise.all([
        import('../channels/discord/discord-bot.ts'),
        import('../channels/discord/rest-discord-api.ts'),
      ]);
      let suggestions: readonly string[] = [];
      let suggestedFrom: unknown;
      return createDiscordBot({
        // Interactions by HTTP are answered with their own token.
        api: createRestDiscordApi({ token: token ?? 'none', ...at }),
        ask,
        store: parts.store,
        passage: (id) => knowledge.current()?.passage(id),
        topics: () => {
          const index = knowledge.current();
          return index ? coverage(index) : [];
        },
        faq: parts.faq,
        suggestions() {
          const index = knowledge.current();
          if (index && index !== suggestedFrom) {
            suggestedFrom = index;
            // Ready for the next one who types.
            suggest(index).then(
              (found) => {
                suggestions = found;
              },
              () => {},
            );
          }
          return suggestions;
        },
        isUrgent: (text) => isUrgent(triage({ text, earlier: [], crisisOpen: false })?.reason),
        detectLocale,
        contacts: config.contacts,
        keepQuestionsDays: config.store.keepQuestionsDays,
        log,
        now: Date.now,
        sleep,
        gateway: token === undefined ? null : { token, ...at, shards: config.discord.shards, random: Math.random },
        publicKey: publicKey ?? null,
        graceMs,
      });
    },
    async inviteLink() {
      const { inviteLink } = await import('../channels/discord/permissions.ts');
      return inviteLink(await applicationId());
    },
    async register(guildId) {
      const [api, { commandDefinitions }, { registerCommands }] = await Promise.all([
        openApi(),
        import('../channels/discord/command-definitions.ts'),
        import('../channels/discord/register-commands.ts'),
      ]);
      const definitions = commandDefinitions(guildId === null ? 'everywhere' : 'server');
      return inWords(registerCommands(api.commands(await applicationId(), guildId), definitions));
    },
    async preview(question) {
      const { previewPage } = await import('../channels/discord/preview/preview-page.ts');
      await knowledge.ready();
      return previewPage({ ask, question, locale: detectLocale(question) });
    },
    async doctor() {
      const { discordDoctorLines } = await import('../channels/discord/doctor-lines.ts');
      return discordDoctorLines(
        config.discord,
        token === undefined ? null : await openApi({ timeoutMs: 4_000, pausesMs: [] }),
      );
    },
  };
}

/** One line in the log on how joining Discord went; whatever it was, the web server keeps serving. */
export function reportJoined(bot: DiscordBot, failed: { readonly sentence: string } | null, log: Log): void {
  if (failed) log.error({}, failed.sentence);
  else if (bot.identity()) log.info({ servers: bot.guildCount(), as: bot.identity()?.name }, 'Discord: connected');
}

export interface JoinAloneParts {
  readonly discord: Discord;
  readonly knowledge: KnowledgeBase;
  readonly log: Log;
  readonly warmUp: () => void;
}

/** The bot without the web server. Throws a `config-invalid` NapeError when Discord does not take it. */
export async function joinAlone({ discord, knowledge, log, warmUp }: JoinAloneParts): Promise<JoinedDiscord> {
  warmUp();
  const invite = await discord.inviteLink();
  const bot = await discord.open();
  if (!bot) throw new NapeError('config-invalid', 'DISCORD_TOKEN is not set.');
  await knowledge.ready();
  const failed = await bot.start();
  if (failed) throw new NapeError('config-invalid', failed.sentence);
  reportJoined(bot, failed, log);
  const watching = new AbortController();
  knowledge
    .watch(() => {}, watching.signal)
    .catch((thrown: unknown) =>
      log.warn({ reason: String(thrown) }, 'The knowledge folder cannot be watched; restart after changes.'),
    );
  return {
    name: bot.identity()?.name ?? 'Nape',
    servers: bot.guildCount(),
    invite,
    lost: bot.ended.then(({ sentence }) => sentence),
    async stop() {
      watching.abort();
      await bot.stop();
    },
  };
}

/** What Discord refuses, as a failure that the owner reads. */
async function inWords<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (thrown) {
    if (!(thrown instanceof DiscordFailure)) throw thrown;
    const message = thrown.status === 401 ? endOfCode(4004).sentence : `${thrown.message}.`;
    throw new NapeError('config-invalid', message, { cause: thrown });
  }
}

function isUrgent(reason: string | undefined): boolean {
  return reason === 'crisis' || reason === 'emergency';
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => {});
}
