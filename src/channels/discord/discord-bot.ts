import { createBot } from './bot.ts';
import type { BotParts } from './bot-parts.ts';
import type { ChannelFacts } from './discord-api.ts';
import { createGateway, type GatewayParts } from './gateway.ts';
import type { GatewayEnd } from './gateway-end.ts';
import { handleInteraction } from './handle-interaction.ts';
import { handleMessage } from './handle-message.ts';
import { createHttpInteractions, type HttpInteractions } from './http-interactions.ts';

export interface DiscordBotParts extends BotParts {
  /** Keeps a connection to the gateway; null to answer HTTP interactions alone. */
  readonly gateway: Pick<GatewayParts, 'token' | 'api' | 'shards' | 'random' | 'hourMs'> | null;
  /** Checks HTTP interactions; null when there are none. */
  readonly publicKey: string | null;
  /** Milliseconds that answers under way get at a stop. */
  readonly graceMs: number;
}

export interface DiscordBot {
  /** Resolves once connected, or with the reason why that is no use. */
  start(): Promise<GatewayEnd | null>;
  /** Resolves when the connection is lost for good; never without a gateway. */
  readonly ended: Promise<GatewayEnd>;
  /** The bot's name and application, once connected. */
  identity(): { readonly applicationId: string; readonly name: string } | null;
  guildCount(): number;
  /** Null without a public key. */
  readonly http: HttpInteractions | null;
  /** Starts nothing new, finishes the answers under way, and leaves. */
  stop(): Promise<void>;
}

/** The whole bot: what comes in by the gateway or by HTTP is answered by the same handlers. */
export function createDiscordBot(parts: DiscordBotParts): DiscordBot {
  const bot = createBot(parts);
  const { api, log, now, sleep } = parts;
  const asked = new Map<string, ChannelFacts>();

  async function channel(channelId: string): Promise<ChannelFacts> {
    const known = gateway?.channel(channelId) ?? asked.get(channelId);
    if (known) return known;
    const facts = await api.channel(channelId);
    if (asked.size >= mostChannels) asked.clear();
    asked.set(channelId, facts);
    return facts;
  }

  const gateway =
    parts.gateway === null
      ? null
      : createGateway({
          ...parts.gateway,
          log,
          now,
          sleep: async (ms, signal) => {
            await sleep(ms, signal);
            signal.throwIfAborted();
          },
          onInteraction: (interaction) =>
            void handleInteraction(bot, interaction, (response) => api.respond(interaction, response)),
          onLeft: (guildId) =>
            void bot.guilds
              .forget(guildId)
              .catch((thrown: unknown) => bot.logFailure('settings of a server that was left stay', thrown)),
          onMessage: (message, botId) => void handleMessage(bot, message, { botId, channel }),
        });

  return {
    start: async () => (await gateway?.start()) ?? null,
    ended: gateway?.ended ?? new Promise(() => {}),
    identity: () => gateway?.identity() ?? null,
    guildCount: () => gateway?.guildCount() ?? 0,
    http: parts.publicKey === null ? null : createHttpInteractions(bot, parts.publicKey),
    async stop() {
      await bot.running.stop(parts.graceMs, (ms) => sleep(ms));
      await gateway?.stop();
    },
  };
}

/** Channels that the gateway did not tell of; few, so that they are simply asked for again when there are many. */
const mostChannels = 1_000;
