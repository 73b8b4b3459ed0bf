import type { WebSocket } from 'ws';
import { shardOf } from '../snowflake.ts';
import type { Json } from '../world/types.ts';
import { type GatewayEvent, intents } from './events.ts';

/** One identified session. It outlives its connection, and remembers what it sent so that a resume can replay it. */
export interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  sequence: number;
  connection: WebSocket | null;
  /** A frozen session remembers events and sends nothing. */
  isFrozen: boolean;
  readonly sent: { readonly sequence: number; readonly name: string; readonly text: string }[];
}

/** Gateway > Opcodes. */
export const opcodes = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

export function hears(session: Session, event: GatewayEvent): boolean {
  const [index, count] = session.shard;
  const isIts = event.guildId === null ? index === 0 : shardOf(event.guildId, count) === index;
  return isIts && (event.intent === 0 || (session.intents & event.intent) !== 0);
}

export function mayReadContent(session: Session): boolean {
  return (session.intents & intents.messageContent) !== 0;
}

/** Sends an event with the next sequence number, or keeps it for a resume. */
export function dispatchTo(session: Session, name: string, data: Json): void {
  session.sequence += 1;
  const text = JSON.stringify({ op: opcodes.dispatch, t: name, s: session.sequence, d: data });
  session.sent.push({ sequence: session.sequence, name, text });
  if (!session.isFrozen) session.connection?.send(text);
}

export function replay(session: Session, after: number): void {
  for (const { sequence, text } of session.sent) if (sequence > after) session.connection?.send(text);
}
