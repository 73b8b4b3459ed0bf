import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { World } from '../world/world.ts';
import type { Admission } from './admission.ts';
import { connectionHandler } from './connection.ts';
import { type GatewayEvent, guildCreateEvent, intents } from './events.ts';
import { dispatchTo, hears, mayReadContent, opcodes, type Session } from './session.ts';

export interface GatewayParts {
  readonly world: World;
  readonly admission: Admission;
  readonly token: () => string;
  readonly url: () => string;
  readonly heartbeatMs: number;
}

/** The gateway, and everything that can happen to it. */
export interface Gateway {
  readonly sessions: ReadonlyMap<string, Session>;
  /** What came of the connections, in order: `connect`, `identify`, `resume`, `heartbeat`, `close 4200`, … */
  readonly log: readonly string[];
  /** Sends an event to the sessions that hear it, or keeps it for their resume. */
  readonly dispatch: (event: GatewayEvent) => void;
  readonly reconnect: () => void;
  /** Opcode 9; a session that is not resumable is forgotten. */
  readonly invalidate: (isResumable: boolean) => void;
  readonly close: (code: number) => void;
  /** Resets the sockets without a closing handshake. */
  readonly destroySockets: () => void;
  /** No acknowledgement and no event reaches the client any more; its connection stays open. */
  readonly freeze: () => void;
  /** As `freeze`, and the other side of the socket is gone: not even a closing handshake is answered. */
  readonly halfOpen: () => void;
  /** Opcode 1: asks for a heartbeat at once. */
  readonly requestHeartbeat: () => void;
  /** Sends the last event of this name once more, as after a resume or to a second worker. */
  readonly repeatLast: (name: string) => void;
  /** Sends bytes as they are. */
  readonly sendRaw: (text: string) => void;
  /** The next connections are refused before the handshake. */
  readonly refuseNext: (connections: number) => void;
  /** The next connections get no HELLO. */
  readonly muteNext: (connections: number) => void;
  /** The next sessions end right after they began, and cannot be resumed. */
  readonly breakNext: (sessions: number) => void;
  /** A guild becomes unavailable, and is available again. */
  readonly outage: (guildId: string) => void;
  /** Sends a payload of any opcode. */
  readonly send: (payload: object) => void;
  /** Whether a session is connected and not frozen. */
  readonly isLive: () => boolean;
  /** Sessions are forgotten, so that the next RESUME is answered with opcode 9. */
  readonly forgetSessions: () => void;
  readonly connections: () => number;
  readonly stop: () => void;
}

export function createGateway(parts: GatewayParts, server: Server): Gateway {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sessions = new Map<string, Session>();
  const log: string[] = [];
  const dead = new WeakSet<WebSocket>();
  const closedHere = new WeakSet<WebSocket>();
  let toRefuse = 0;
  let toMute = 0;
  let toBreak = 0;
  const note = (what: string) => {
    log.push(what);
    parts.world.changed();
  };
  const isBroken = () => {
    if (toBreak === 0) return false;
    toBreak -= 1;
    return true;
  };
  const open = connectionHandler({
    ...parts,
    sessions,
    note,
    isDead: (socket) => dead.has(socket),
    isClosedHere: (socket) => closedHere.has(socket),
    isBroken,
  });

  server.on('upgrade', (request, socket: Duplex, head) => {
    if (toRefuse > 0) {
      toRefuse -= 1;
      note('refused');
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      note('connect');
      const isMute = toMute > 0;
      if (isMute) toMute -= 1;
      open(connection, isMute);
    });
  });

  const each = (act: (connection: WebSocket) => void) => {
    for (const connection of [...sockets.clients]) act(connection);
  };
  const sendAll = (payload: object) => each((connection) => connection.send(JSON.stringify(payload)));
  const freeze = () => {
    each((connection) => dead.add(connection));
    for (const session of sessions.values()) session.isFrozen = true;
  };
  const dispatch = (event: GatewayEvent) => {
    for (const session of sessions.values()) {
      if (hears(session, event)) dispatchTo(session, event.name, event.data(mayReadContent(session)));
    }
  };
  return {
    sessions,
    log,
    dispatch,
    reconnect: () => sendAll({ op: opcodes.reconnect, d: null }),
    invalidate: (isResumable) => {
      if (!isResumable) sessions.clear();
      sendAll({ op: opcodes.invalidSession, d: isResumable });
    },
    close: (code) =>
      each((connection) => {
        closedHere.add(connection);
        connection.close(code);
      }),
    destroySockets: () => each((connection) => connection.terminate()),
    freeze,
    halfOpen: () => {
      freeze();
      each((connection) => connection.pause());
    },
    requestHeartbeat: () => sendAll({ op: opcodes.heartbeat, d: null }),
    repeatLast: (name) => {
      for (const session of sessions.values()) {
        const last = session.sent.findLast((event) => event.name === name);
        if (last) dispatchTo(session, name, JSON.parse(last.text).d);
      }
    },
    sendRaw: (text) => each((connection) => connection.send(text)),
    refuseNext: (connections) => {
      toRefuse += connections;
    },
    muteNext: (connections) => {
      toMute += connections;
    },
    breakNext: (count) => {
      toBreak += count;
    },
    outage: (guildId) => {
      dispatch({
        name: 'GUILD_DELETE',
        guildId,
        intent: intents.guilds,
        data: () => ({ id: guildId, unavailable: true }),
      });
      dispatch(guildCreateEvent(parts.world, guildId));
    },
    send: sendAll,
    isLive: () => [...sessions.values()].some(({ connection, isFrozen }) => connection?.readyState === 1 && !isFrozen),
    forgetSessions: () => sessions.clear(),
    connections: () => sockets.clients.size,
    stop: () => {
      each((connection) => connection.terminate());
      sockets.close();
    },
  };
}
