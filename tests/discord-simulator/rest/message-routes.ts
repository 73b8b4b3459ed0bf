import { messageDeleteEvent, messageEvent } from '../gateway/events.ts';
import { isObject, listOf, refused } from '../limits/finding.ts';
import { isEmpty, messageFindings } from '../limits/message-limits.ts';
import { messageJson } from '../world/message-json.ts';
import { editMessage, pinged, postMessage } from '../world/post-message.ts';
import { type Channel, type Message, messageFlags } from '../world/types.ts';
import { messagesIn } from '../world/world.ts';
import { apiErrors } from './api-error.ts';
import { isThread, mayRead, misuse, needs, type RestParts, settle, visibleChannel } from './rest-parts.ts';
import { type Call, noContent, ok, type Reply, type Route } from './route.ts';

/** For how long a nonce is remembered; the documents say "the past few minutes" (Create Message: `enforce_nonce`). */
const nonceMs = 5 * 60_000;

/** Messages of a channel (Message > Get, Create, Edit, Delete Message; Reactions; Trigger Typing Indicator). */
export function messageRoutes(parts: RestParts): readonly Route[] {
  const { world, dispatch } = parts;
  const shown = (message: Message) => messageJson(world, message, { mayReadContent: parts.mayReadContent() });
  const found = (call: Call) => {
    const channel = visibleChannel(parts, call.ids.channel);
    const message = world.messages.get(call.ids.message ?? '');
    // An ephemeral message is reached through its interaction's webhook alone.
    if (!message || message.channelId !== channel.id || message.deleted || message.onlyFor !== null)
      throw apiErrors.unknownMessage();
    return { channel, message };
  };
  const history = (call: Call): Reply => {
    const channel = visibleChannel(parts, call.ids.channel);
    if (!mayRead(parts, channel)) return ok([]);
    const limit = Number(call.query.get('limit') ?? 50);
    const before = call.query.get('before');
    const all = messagesIn(world, channel.id).filter(
      ({ id, onlyFor }) => onlyFor === null && (!before || BigInt(id) < BigInt(before)),
    );
    return ok(all.slice(-limit).reverse().map(shown));
  };
  const one = (call: Call): Reply => {
    const { channel, message } = found(call);
    needs(parts, channel, 'readMessageHistory');
    return ok(shown(message));
  };
  const create = (call: Call): Reply => {
    const channel = visibleChannel(parts, call.ids.channel);
    needs(parts, channel, isThread(channel) ? 'sendMessagesInThreads' : 'sendMessages');
    const { body } = call;
    settle(parts, call, messageFindings(body, { to: 'channel', isEdit: false, hasFiles: call.fileNames.length > 0 }));
    if (listOf(body.embeds).length > 0) needs(parts, channel, 'embedLinks');
    if (call.fileNames.length > 0) needs(parts, channel, 'attachFiles');
    if (isEmpty(body, call.fileNames.length > 0)) misuse(parts, call, apiErrors.emptyMessage());
    const replyTo = repliedTo(parts, call, channel);
    const nonce = body.nonce === undefined || body.nonce === null ? null : String(body.nonce);
    const twin = nonce !== null && body.enforce_nonce === true ? sentBefore(parts, nonce) : undefined;
    if (twin) return ok(shown(twin));
    const content = String(body.content ?? '');
    const message = postMessage(world, {
      channelId: channel.id,
      authorId: world.bot.id,
      type: replyTo === null ? 0 : 19,
      content,
      embeds: listOf(body.embeds).filter(isObject),
      components: listOf(body.components).filter(isObject),
      flags: Number(body.flags ?? 0) & (messageFlags.suppressEmbeds | messageFlags.suppressNotifications),
      mentions: [...pinged(content, body.allowed_mentions), ...repliedUser(parts, replyTo, body.allowed_mentions)],
      replyTo,
      nonce,
      fileNames: call.fileNames,
    });
    channel.archived = false;
    dispatch(messageEvent(world, 'MESSAGE_CREATE', message));
    return ok(shown(message));
  };
  const edit = (call: Call): Reply => {
    const { message } = found(call);
    if (message.authorId !== world.bot.id) misuse(parts, call, apiErrors.notOurs());
    settle(parts, call, messageFindings(call.body, { to: 'channel', isEdit: true, hasFiles: false }));
    editMessage(world, message, call.body);
    dispatch(messageEvent(world, 'MESSAGE_UPDATE', message));
    return ok(shown(message));
  };
  const remove = (call: Call): Reply => {
    const { channel, message } = found(call);
    if (message.authorId !== world.bot.id) needs(parts, channel, 'manageMessages');
    message.deleted = true;
    world.changed();
    dispatch(messageDeleteEvent(world, message));
    return noContent;
  };
  const react = (call: Call): Reply => {
    const { channel, message } = found(call);
    needs(parts, channel, 'addReactions', 'readMessageHistory');
    message.reactions.push({ emoji: call.ids.emoji ?? '', userId: world.bot.id });
    world.changed();
    return noContent;
  };
  const type = (call: Call): Reply => {
    const channel = visibleChannel(parts, call.ids.channel);
    needs(parts, channel, isThread(channel) ? 'sendMessagesInThreads' : 'sendMessages');
    return noContent;
  };
  const messages = '/channels/:channel/messages';
  return [
    { method: 'GET', pattern: messages, handle: history },
    { method: 'POST', pattern: messages, handle: create },
    { method: 'GET', pattern: `${messages}/:message`, handle: one },
    { method: 'PATCH', pattern: `${messages}/:message`, handle: edit },
    { method: 'DELETE', pattern: `${messages}/:message`, handle: remove },
    { method: 'PUT', pattern: `${messages}/:message/reactions/:emoji/@me`, handle: react },
    { method: 'POST', pattern: '/channels/:channel/typing', handle: type },
  ];
}

function repliedTo(parts: RestParts, call: Call, channel: Channel): string | null {
  const reference = call.body.message_reference;
  if (!isObject(reference)) return null;
  if (!mayRead(parts, channel)) throw apiErrors.noHistory();
  const id = String(reference.message_id ?? '');
  const target = parts.world.messages.get(id);
  if (target?.type === 18) {
    const code = 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE';
    throw apiErrors.invalidForm([refused(['message_reference'], code, 'Cannot reply to a system message')]);
  }
  if (target && !target.deleted && target.channelId === channel.id) return id;
  if (reference.fail_if_not_exists === false) return null;
  throw apiErrors.invalidForm([refused(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message')]);
}

/** A reply pings the author of what it replies to unless `replied_user` says otherwise. */
function repliedUser({ world }: RestParts, replyTo: string | null, allowed: unknown): readonly string[] {
  const target = world.messages.get(replyTo ?? '');
  if (!target) return [];
  const mayPing = isObject(allowed) ? allowed.replied_user === true : true;
  return mayPing ? [target.authorId] : [];
}

function sentBefore({ world }: RestParts, nonce: string): Message | undefined {
  const twin = world.nonces.get(nonce);
  return twin && twin.createdAt >= world.clock.now() - nonceMs ? twin : undefined;
}
