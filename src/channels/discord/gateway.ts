import { Client, Events, GatewayIntentBits, Options } from 'discord.js';
import { z } from 'zod';
import type { DiscordShards } from '../../config.ts';
import type { Log } from '../../log.ts';
import { connect } from './connect.ts';
import type { ChannelFacts } from './discord-api.ts';
import { endOfCode, endOfFailure, type GatewayEnd } from './gateway-end.ts';
import { createIdentifyThrottle, type IdentifyThrottle } from './identify-throttle.ts';
import type { Interaction } from './interaction.ts';
import { readInteraction } from './read-interaction.ts';
import { type ChannelMessage, readMessage } from './read-message.ts';

export interface GatewayParts {
  readonly token: string;
  /** Address of the REST interface, which also tells where the gateway is; Discord's own unless given. */
  readonly api?: string;
  readonly shards: DiscordShards;
  readonly onInteraction: (interaction: Interaction) => void;
  /** The bot was taken off a server. */
  readonly onLeft: (guildId: string) => void;
  readonly onMessage: (message: ChannelMessage, botId: string) => void;
  readonly log: Log;
  readonly now: () => number;
  /** Rejects with the signal's reason when it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds of the hour in which a shard may identify ten times; another length is for tests. */
  readonly hourMs?: number;
}

export interface GatewayIdentity {
  readonly botId: string;
  readonly applicationId: string;
  readonly name: string;
}

export interface Gateway {
  /** Resolves once connected, or with the reason why it is no use; until then it tries again. */
  start(): Promise<GatewayEnd | null>;
  /** Resolves when the connection is lost for good. */
  readonly ended: Promise<GatewayEnd>;
  /** Null before the first connection. */
  identity(): GatewayIdentity | null;
  /** What the gateway has told of a channel; null when it has not. */
  channel(channelId: string): ChannelFacts | null;
  guildCount(): number;
  stop(): Promise<void>;
}

/** A connection that does not even close is left to itself after so long. */
const closeMs = 2_000;

const leftForm = z.object({ id: z.string(), unavailable: z.boolean().default(false) });
const readyForm = z.object({
  user: z.object({ id: z.string(), username: z.string() }),
  application: z.object({ id: z.string() }),
});

/** The connection on which Discord tells what happens, kept up by discord.js. */
export function createGateway(parts: GatewayParts): Gateway {
  const { token, log, now, sleep } = parts;
  const stopping = new AbortController();
  let client: Client | undefined;
  let identity: GatewayIdentity | null = null;
  // One for all attempts: a new client must not forget how often the one before has identified.
  let throttle: IdentifyThrottle | undefined;
  let end: (reason: GatewayEnd) => void = () => {};
  const ended = new Promise<GatewayEnd>((resolve) => {
    end = resolve;
  });

  function onPacket({ t: name, d: data }: { readonly t?: string | null; readonly d?: unknown }): void {
    if (name === 'INTERACTION_CREATE') {
      const interaction = readInteraction(data);
      if (interaction) parts.onInteraction(interaction);
    } else if (name === 'MESSAGE_CREATE') {
      const message = readMessage(data);
      if (message && identity) parts.onMessage(message, identity.botId);
    } else if (name === 'GUILD_DELETE') {
      const left = leftForm.safeParse(data).data;
      // A server that is only unavailable comes back.
      if (left && !left.unavailable) parts.onLeft(left.id);
    } else if (name === 'READY') {
      const ready = readyForm.safeParse(data).data;
      if (ready) identity = { botId: ready.user.id, applicationId: ready.application.id, name: ready.user.username };
    }
  }

  async function open(): Promise<void> {
    const opened = new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
      allowedMentions: { parse: [], repliedUser: false },
      makeCache: Options.cacheWithLimits(nothingButChannels),
      ...(parts.api !== undefined && { rest: { api: parts.api } }),
      ...(parts.shards === 'auto'
        ? { shards: 'auto' as const }
        : { shards: [...parts.shards.ids], shardCount: parts.shards.count }),
      ws: {
        async buildIdentifyThrottler(manager) {
          const { session_start_limit: limit } = await manager.fetchGatewayInformation();
          throttle ??= createIdentifyThrottle({
            maxConcurrency: limit.max_concurrency,
            now,
            sleep,
            log,
            ...(parts.hourMs !== undefined && { hourMs: parts.hourMs }),
          });
          return throttle;
        },
      },
    });
    client = opened;
    opened.on(Events.Raw, onPacket);
    opened.on(Events.Error, (error) => log.warn({ reason: error.message }, 'Discord: a fault in the client'));
    opened.on(Events.ShardError, (error, shard) =>
      log.warn({ shard, reason: error.message }, 'Discord: a connection failed'),
    );
    opened.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'Discord: reconnecting'));
    opened.on(Events.ShardDisconnect, ({ code }, shard) => {
      const reason = endOfCode(code);
      log.error({ shard, code }, reason.sentence);
      end(reason);
    });
    await opened.login(token);
  }

  return {
    async start() {
      const failed = await connect({
        open,
        describe: endOfFailure,
        sleep,
        log,
        signal: stopping.signal,
        random: parts.random,
      });
      if (failed) end(failed);
      return failed;
    },
    ended,
    identity: () => identity,
    channel(channelId) {
      const channel = client?.channels.cache.get(channelId);
      if (!channel || channel.isDMBased()) return null;
      const isThread = channel.isThread();
      return {
        isThread,
        parentId: isThread ? channel.parentId : null,
        ownerId: isThread ? channel.ownerId : null,
      };
    },
    guildCount: () => client?.guilds.cache.size ?? 0,
    async stop() {
      stopping.abort();
      const closing = client?.destroy() ?? Promise.resolve();
      await Promise.race([closing.catch(() => {}), sleep(closeMs, new AbortController().signal)]);
    },
  };
}

/** Of all that Discord tells of a server, Nape needs to know only which channels are threads. */
const nothingButChannels = {
  ...Options.DefaultMakeCacheSettings,
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: Number.POSITIVE_INFINITY,
  GuildInviteManager: 0,
  GuildMemberManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
  VoiceStateManager: 0,
};
