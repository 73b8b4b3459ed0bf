import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { isObject } from '../limits/finding.ts';
import { shardOf } from '../snowflake.ts';
import { userJson } from '../world/guild-json.ts';
import { guildCreateEvent } from './events.ts';
import type { GatewayParts } from './gateway.ts';
import { dispatchTo, hears, mayReadContent, opcodes, replay, type Session } from './session.ts';

export interface ConnectionParts extends GatewayParts {
  readonly sessions: Map<string, Session>;
  readonly note: (what: string) => void;
  /** Whether it was Discord that closed this connection. */
  readonly isClosedHere: (socket: WebSocket) => boolean;
  /** Whether the session that begins now ends at once. */
  readonly isBroken: () => boolean;
  /** Whether this connection hears and answers nothing any more. */
  readonly isDead: (socket: WebSocket) => boolean;
}

/** Payloads that a client may send in a minute (Gateway > Rate Limiting). */
const sendsPerMinute = 120;
/** Longest payload of a client (Gateway > Sending Events). */
const mostBytes = 4096;

/** The life of one connection: HELLO, then IDENTIFY or RESUME, then heartbeats (Gateway > Connection Lifecycle). */
export function connectionHandler(parts: ConnectionParts): (socket: WebSocket, isMute: boolean) => void {
  const { world, sessions, admission, note } = parts;
  return (socket, isMute) => {
    let session: Session | null = null;
    let received: number[] = [];
    const send = (op: number, data: unknown) => socket.send(JSON.stringify({ op, d: data }));

    const identify = (data: unknown) => {
      note('identify');
      const { refused, shard, intents } = admission.identify(data);
      if (refused === 'invalid-session') return send(opcodes.invalidSession, false);
      if (refused !== null) return socket.close(refused);
      session = {
        id: randomBytes(16).toString('hex'),
        shard,
        intents,
        sequence: 0,
        connection: socket,
        isFrozen: false,
        sent: [],
      };
      sessions.set(session.id, session);
      greet(parts, session);
      if (!parts.isBroken()) return;
      sessions.delete(session.id);
      send(opcodes.invalidSession, false);
    };
    const resume = (data: unknown) => {
      note('resume');
      const { token, session_id: id, seq } = isObject(data) ? data : {};
      if (token !== parts.token()) return socket.close(4004);
      const known = sessions.get(String(id));
      if (!known) return send(opcodes.invalidSession, false);
      if (Number(seq) > known.sequence) return socket.close(4007);
      known.connection?.terminate();
      known.connection = socket;
      known.isFrozen = false;
      session = known;
      replay(known, Number(seq));
      dispatchTo(known, 'RESUMED', { _trace: [] });
    };
    socket.on('message', (bytes: RawData) => {
      if (parts.isDead(socket)) return;
      received = [...received.filter((at) => Date.now() - at < 60_000), Date.now()];
      if (received.length > sendsPerMinute) return socket.close(4008);
      const payload = String(bytes).length > mostBytes ? null : parse(bytes);
      if (!isObject(payload)) return socket.close(4002);
      const { op, d } = payload;
      if (op === opcodes.heartbeat) {
        note('heartbeat');
        return send(opcodes.heartbeatAck, null);
      }
      if (op === opcodes.identify)
        return session === null || !sessions.has(session.id) ? identify(d) : socket.close(4005);
      if (op === opcodes.resume) return resume(d);
      if (session === null) return socket.close(4003);
      if (op !== opcodes.presence && op !== opcodes.requestMembers) socket.close(4001);
    });
    socket.on('close', (code) => {
      note(`close ${code}`);
      if (session?.connection !== socket) return;
      session.connection = null;
      // A client that closes with 1000 or 1001 ends its session (Gateway > Initiating a Disconnect).
      if ((code === 1000 || code === 1001) && !parts.isClosedHere(socket)) sessions.delete(session.id);
    });
    socket.on('error', () => note('error'));
    if (!isMute) send(opcodes.hello, { heartbeat_interval: parts.heartbeatMs, _trace: [] });
  };

  function greet({ url }: ConnectionParts, session: Session): void {
    const [index, count] = session.shard;
    const guilds = [...world.guilds.keys()].filter((id) => shardOf(id, count) === index);
    dispatchTo(session, 'READY', {
      v: 10,
      user: userJson(world.bot),
      guilds: guilds.map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      shard: session.shard,
      application: { id: world.applicationId, flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
    });
    for (const id of guilds) {
      const event = guildCreateEvent(world, id);
      if (hears(session, event)) dispatchTo(session, event.name, event.data(mayReadContent(session)));
    }
  }
}

function parse(bytes: RawData): unknown {
  try {
    return JSON.parse(String(bytes));
  } catch {
    return null;
  }
}
