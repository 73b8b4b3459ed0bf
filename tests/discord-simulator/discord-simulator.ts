import { type Clock, createClock } from './clock.ts';
import { createAdmission, type Identify } from './gateway/admission.ts';
import { guildCreateEvent, intents } from './gateway/events.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createListener } from './listener.ts';
import { checkEndpoint, type EndpointCheck } from './people/check-endpoint.ts';
import { overGateway, overWebhook, type WebhookReply } from './people/deliver.ts';
import { createPerson, type Person } from './people/person.ts';
import { transcript } from './people/transcript.ts';
import { createUntil, quiet, type Until } from './people/until.ts';
import { callbackRoute } from './rest/callback-route.ts';
import { commandRoutes } from './rest/command-routes.ts';
import { directoryRoutes } from './rest/directory-routes.ts';
import { createFaults, type Fault } from './rest/faults.ts';
import { messageRoutes } from './rest/message-routes.ts';
import { createRateLimits, type RouteLimit } from './rest/rate-limits.ts';
import { createRecording, type RecordedRequest, type Violation } from './rest/record.ts';
import type { RestParts } from './rest/rest-parts.ts';
import { createRestServer } from './rest/rest-server.ts';
import { threadRoutes } from './rest/thread-routes.ts';
import { webhookRoutes } from './rest/webhook-routes.ts';
import { createSigner, type Signer } from './signed-request.ts';
import { snowflakeOf } from './snowflake.ts';
import { bits, type PermissionName } from './world/permissions.ts';
import type { Channel, Guild, Interaction, Json } from './world/types.ts';
import { addChannel, addGuild, addUser, createWorld, type World } from './world/world.ts';

export interface SimulatorOptions {
  readonly token?: string;
  readonly botName?: string;
  /** Discord's is 41,250; shorter ones let zombie connections be noticed soon. */
  readonly heartbeatMs?: number;
  /** Privileged intents granted in the Developer Portal. */
  readonly grantedIntents?: readonly ('guildMembers' | 'guildPresences' | 'messageContent')[];
  readonly rateLimits?: readonly RouteLimit[];
  readonly globalPerSecond?: number;
  readonly maxConcurrency?: number;
  readonly startsPerDay?: number;
  /** Discord's is 5,000 (Sharding > Max Concurrency); shorter ones go with a bot whose hour is shorter too. */
  readonly identifyEveryMs?: number;
  /** What Get Gateway Bot recommends. */
  readonly shards?: number;
  /** Servers beside the first one. */
  readonly moreGuilds?: number;
  /** Channels of each of them; 1 when not told. */
  readonly channelsPerGuild?: number;
  /** The API is down until `comeUp()`. */
  readonly down?: boolean;
}

/** Discord as a bot sees it, on loopback, with people in it. */
export interface DiscordSimulator {
  /** For `rest: { api }` of discord.js. */
  readonly api: string;
  readonly token: string;
  readonly applicationId: string;
  /** Of the application's signing key, hex. */
  readonly publicKey: string;
  readonly world: World;
  readonly clock: Clock;
  readonly gateway: Gateway;
  readonly signer: Signer;
  readonly identifies: readonly Identify[];
  readonly requests: readonly RecordedRequest[];
  /** Requests whose `METHOD /path` matches. */
  readonly matching: (pattern: RegExp) => readonly RecordedRequest[];
  /** How many requests count towards the ban of an address: 401, 403 and 429; 10,000 in 10 minutes are too many. */
  readonly invalidRequests: () => number;
  /** Bodies of all messages sent or edited, wherever they went. */
  readonly sentMessages: () => readonly Json[];
  /** What was sent that Discord refuses or drops, or that this project does not want sent. */
  readonly violations: readonly Violation[];
  readonly interactions: () => readonly Interaction[];
  readonly fault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** The first server and its first channel. */
  readonly guild: Guild;
  readonly channel: Channel;
  readonly addGuild: (name: string) => Guild;
  readonly addChannel: (name: string, guild?: Guild) => Channel;
  /** Takes permissions in a channel from everyone, the bot included; none gives them back. */
  readonly deny: (channel: Channel, ...names: readonly PermissionName[]) => void;
  /** The server shows a command to everybody, whatever permissions the application asks for. */
  readonly showToEveryone: (command: string) => void;
  /** A person of the first server; the same one for the same name. */
  readonly person: (
    name: string,
    about?: { readonly locale?: string; readonly permissions?: readonly PermissionName[] },
  ) => Person;
  /** The privileged intents that are granted from now on. */
  readonly grant: (names: NonNullable<SimulatorOptions['grantedIntents']>) => void;
  /** From now on, interactions go to this endpoint instead of the gateway; null turns back. */
  readonly sendInteractionsTo: (url: string | null) => void;
  /** Checks an interactions endpoint as the Developer Portal does. */
  readonly checkEndpoint: (url: string) => Promise<EndpointCheck>;
  readonly webhookReplies: readonly WebhookReply[];
  /** The bot's token is reset in the Developer Portal. */
  readonly resetToken: (token: string) => void;
  readonly goDown: () => Promise<void>;
  readonly comeUp: () => Promise<void>;
  readonly until: Until;
  readonly quiet: (quietMs?: number) => Promise<void>;
  readonly transcript: (channel?: Channel) => string;
  readonly stop: () => Promise<void>;
}

export async function createDiscordSimulator(options: SimulatorOptions = {}): Promise<DiscordSimulator> {
  const { botName = 'Nape', heartbeatMs = 41_250, maxConcurrency = 1, shards = 1 } = options;
  let token = options.token ?? `${Buffer.from(String(Date.now())).toString('base64url')}.simulated.${'x'.repeat(27)}`;
  let granted = intentBits(options.grantedIntents ?? []);
  const clock = createClock();
  const world = createWorld(clock, botName);
  const recording = createRecording();
  const faults = createFaults();
  const signer = createSigner();
  const until = createUntil(world);
  const owner = addUser(world, 'Olga');
  const guild = addGuild(world, 'Calm Spa', owner);
  const channel = addChannel(world, guild, 'general');
  for (let at = 2; at < (options.moreGuilds ?? 0) + 2; at += 1) {
    // A guild's id tells when it was made, and by that its shard.
    const id = snowflakeOf(clock.now() - at * 1001);
    const more = addGuild(world, `Spa ${at}`, owner, { id });
    for (let place = 0; place < (options.channelsPerGuild ?? 1); place += 1) {
      addChannel(world, more, place === 0 ? 'general' : `channel-${place}`);
    }
  }

  const admission = createAdmission({
    token: () => token,
    granted: () => granted,
    now: clock.now,
    guilds: () => world.guilds.size,
    maxConcurrency,
    startsPerDay: options.startsPerDay ?? 1000,
    identifyEveryMs: options.identifyEveryMs ?? 5000,
  });
  const rest: RestParts = {
    world,
    recording,
    dispatch: (event) => gateway.dispatch(event),
    mayReadContent: () => (granted & intents.messageContent) !== 0,
  };
  const gatewayUrl = () => `ws://127.0.0.1:${listener.port()}`;
  const server = createRestServer({
    routes: [
      ...directoryRoutes({
        ...rest,
        publicKey: signer.publicKey,
        gateway: () => ({ url: gatewayUrl(), shards, session_start_limit: admission.startLimit() }),
      }),
      ...commandRoutes(rest),
      ...messageRoutes(rest),
      ...threadRoutes(rest),
      callbackRoute(rest),
      ...webhookRoutes(rest),
    ],
    recording,
    faults,
    rateLimits: createRateLimits({
      now: clock.now,
      limits: options.rateLimits ?? [],
      globalPerSecond: options.globalPerSecond ?? 50,
    }),
    token: () => token,
    now: clock.now,
    changed: world.changed,
  });
  const listener = createListener(server);
  const gateway = createGateway({ world, admission, token: () => token, url: gatewayUrl, heartbeatMs }, server);
  // A port is chosen before the API is said to be down.
  await listener.up();
  if (options.down) await listener.down();

  const people = new Map<string, Person>();
  const webhookReplies: WebhookReply[] = [];
  let deliver = overGateway(rest);
  const person: DiscordSimulator['person'] = (name, { locale = 'en-US', permissions = [] } = {}) => {
    const known = people.get(name);
    if (known) return known;
    const user = addUser(world, name, locale);
    guild.members.set(user.id, { user, permissions: bits(permissions) });
    const made = createPerson({
      world,
      user,
      home: () => channel,
      until,
      dispatch: rest.dispatch,
      deliver: (interaction) => deliver(interaction),
    });
    people.set(name, made);
    return made;
  };
  return {
    api: `http://127.0.0.1:${listener.port()}/api`,
    get token() {
      return token;
    },
    applicationId: world.applicationId,
    publicKey: signer.publicKey,
    world,
    clock: {
      now: clock.now,
      advance: (ms) => {
        clock.advance(ms);
        world.changed();
      },
    },
    gateway,
    signer,
    identifies: admission.identifies,
    requests: recording.requests,
    matching: recording.matching,
    invalidRequests: recording.invalidRequests,
    sentMessages: recording.sentMessages,
    violations: recording.violations,
    interactions: () => [...world.interactions.values()],
    fault: faults.add,
    clearFaults: faults.clear,
    guild,
    channel,
    addGuild: (name) => {
      const added = addGuild(world, name, owner);
      addChannel(world, added, 'general');
      gateway.dispatch(guildCreateEvent(world, added.id));
      return added;
    },
    addChannel: (name, where = guild) => addChannel(world, where, name),
    deny: (where, ...names) => {
      where.denied = bits(names);
    },
    showToEveryone: (command) => void world.shownCommands.add(command),
    person,
    grant: (names) => {
      granted = intentBits(names);
    },
    sendInteractionsTo: (url) => {
      const sign = (payload: Json) => signer.sign(payload, String(Math.floor(clock.now() / 1000)));
      deliver = url === null ? overGateway(rest) : overWebhook(rest, url, sign, webhookReplies);
    },
    checkEndpoint: (url) => checkEndpoint(url, signer, world.applicationId, clock.now()),
    webhookReplies,
    resetToken: (next) => {
      token = next;
    },
    goDown: listener.down,
    comeUp: listener.up,
    until,
    quiet: (quietMs = 200) => quiet(world, quietMs),
    transcript: (only) => transcript(world, only),
    stop: async () => {
      gateway.stop();
      await listener.down();
    },
  };
}

function intentBits(names: NonNullable<SimulatorOptions['grantedIntents']>): number {
  return names.reduce((sum, name) => sum | intents[name], 0);
}
