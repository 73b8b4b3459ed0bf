import type { DiscordSimulator } from './discord-simulator.ts';

/** Something that happens to a bot's connection. */
export interface Chaos {
  readonly name: string;
  readonly strike: (simulator: DiscordSimulator) => void | Promise<void>;
  /**
   * What a bot has to do about it: nothing, resume its session and hear what it missed, or begin a new one and have
   * missed it.
   */
  readonly recovery: 'stays' | 'resumes' | 'identifies';
  /** Only a heartbeat that is not acknowledged tells of it; so heartbeats should be frequent. */
  readonly isSilent?: boolean;
  /** Seconds that a recovery takes by itself, where the libraries wait so long. */
  readonly takesSeconds?: number;
}

/** Closes after which Discord lets a session be resumed, and those after which discord.js begins a new one. */
const resumable = [4000, 4001, 4002, 4009, 1001, 1012];
const notResumable = [1000, 4003, 4005, 4007, 4008];

/** What Discord's gateway does to bots, from its documentation and from what operators of bots report. */
export const gatewayChaos: readonly Chaos[] = [
  { name: 'a RECONNECT', strike: ({ gateway }) => gateway.reconnect(), recovery: 'resumes' },
  {
    name: 'an invalid session that can be resumed',
    strike: ({ gateway }) => gateway.invalidate(true),
    recovery: 'resumes',
  },
  { name: 'an invalid session', strike: ({ gateway }) => gateway.invalidate(false), recovery: 'identifies' },
  ...resumable.map(
    (code): Chaos => ({ name: `close ${code}`, strike: ({ gateway }) => gateway.close(code), recovery: 'resumes' }),
  ),
  ...notResumable.map(
    (code): Chaos => ({ name: `close ${code}`, strike: ({ gateway }) => gateway.close(code), recovery: 'identifies' }),
  ),
  { name: 'a socket that is gone', strike: ({ gateway }) => gateway.destroySockets(), recovery: 'resumes' },
  {
    name: 'a connection without acknowledgements',
    strike: ({ gateway }) => gateway.freeze(),
    recovery: 'resumes',
    isSilent: true,
  },
  {
    name: 'a half-open socket',
    strike: ({ gateway }) => gateway.halfOpen(),
    recovery: 'resumes',
    isSilent: true,
    takesSeconds: 31,
  },
  { name: 'a heartbeat that is asked for', strike: ({ gateway }) => gateway.requestHeartbeat(), recovery: 'stays' },
  { name: 'a payload that is not JSON', strike: ({ gateway }) => gateway.sendRaw('{"op":0,'), recovery: 'stays' },
  {
    name: 'an opcode that there is not',
    strike: ({ gateway }) => gateway.send({ op: 99, d: null }),
    recovery: 'stays',
  },
  {
    name: 'an event that there is not',
    strike: ({ gateway }) =>
      gateway.dispatch({ name: 'SURPRISE', guildId: null, intent: 0, data: () => ({ id: '1' }) }),
    recovery: 'stays',
  },
  {
    name: 'a message that comes twice',
    strike: ({ gateway }) => gateway.repeatLast('MESSAGE_CREATE'),
    recovery: 'stays',
  },
  {
    name: 'a server that is away for a moment',
    strike: ({ gateway, guild }) => gateway.outage(guild.id),
    recovery: 'stays',
  },
  {
    name: 'a session that Discord has forgotten',
    strike: ({ gateway }) => {
      gateway.forgetSessions();
      gateway.destroySockets();
    },
    recovery: 'identifies',
  },
  {
    name: 'a connection that is refused',
    strike: ({ gateway }) => {
      gateway.refuseNext(1);
      gateway.destroySockets();
    },
    // discord.js gives a session up when it cannot connect.
    recovery: 'identifies',
  },
  {
    name: 'a session that ends when it begins',
    strike: ({ gateway }) => {
      gateway.breakNext(1);
      gateway.invalidate(false);
    },
    recovery: 'identifies',
  },
  {
    name: 'a Discord that is down for a while',
    strike: async (simulator) => {
      await simulator.goDown();
      setTimeout(() => void simulator.comeUp(), 1200);
    },
    recovery: 'identifies',
  },
];
