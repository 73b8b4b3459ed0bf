import { isObject, listOf } from '../limits/finding.ts';
import type { Json, Message } from './types.ts';
import type { World } from './world.ts';

export type NewMessage = Pick<Message, 'channelId' | 'authorId'> & Partial<Omit<Message, 'id' | 'createdAt'>>;

/** Adds a message to its channel. */
export function postMessage(world: World, parts: NewMessage): Message {
  const message: Message = {
    type: 0,
    content: '',
    embeds: [],
    components: [],
    flags: 0,
    mentions: [],
    replyTo: null,
    interactionId: null,
    onlyFor: null,
    nonce: null,
    editedAt: null,
    deleted: false,
    reactions: [],
    fileNames: [],
    ...parts,
    versions: [parts.content ?? ''],
    id: world.newId(),
    createdAt: world.clock.now(),
  };
  world.messages.set(message.id, message);
  const others = world.messagesOf.get(message.channelId);
  if (others) others.push(message);
  else world.messagesOf.set(message.channelId, [message]);
  if (message.nonce !== null) world.nonces.set(message.nonce, message);
  world.changed();
  return message;
}

/** Changes what a request names and leaves the rest (Message > Edit Message). */
export function editMessage(world: World, message: Message, body: Json): void {
  if (typeof body.content === 'string' || body.content === null) message.content = body.content ?? '';
  if (Array.isArray(body.embeds)) message.embeds = body.embeds.filter(isObject);
  if (Array.isArray(body.components)) message.components = body.components.filter(isObject);
  message.mentions = pinged(message.content, body.allowed_mentions);
  message.editedAt = world.clock.now();
  message.versions.push(message.content);
  world.changed();
}

/**
 * Whom a text pings: people as `<@id>`, roles as `<@&id>`, and everyone or here, as far as the allowed mentions let it
 * (Allowed Mentions Object). Without that object everything pings.
 */
export function pinged(content: string, allowed: unknown): readonly string[] {
  const users = [...content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? '');
  const roles = [...content.matchAll(/<@&(\d+)>/g)].map(([, id]) => id ?? '');
  const everyone = [...content.matchAll(/@(everyone|here)/g)].map(([word]) => word);
  if (!isObject(allowed)) return [...new Set([...users, ...roles, ...everyone])];
  const parse = listOf(allowed.parse);
  const may = (kind: string, ids: readonly string[]) =>
    parse.includes(kind) ? ids : ids.filter((id) => listOf(allowed[kind]).includes(id));
  const all = [...may('users', users), ...may('roles', roles), ...(parse.includes('everyone') ? everyone : [])];
  return [...new Set(all)];
}
