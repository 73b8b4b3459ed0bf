import { channelEvent, messageEvent } from '../gateway/events.ts';
import { oneOf, textLength } from '../limits/finding.ts';
import { channelJson } from '../world/guild-json.ts';
import { postMessage } from '../world/post-message.ts';
import { type Channel, channelTypes } from '../world/types.ts';
import { addThread } from '../world/world.ts';
import { apiErrors } from './api-error.ts';
import { needs, type RestParts, settle, visibleChannel } from './rest-parts.ts';
import { type Call, created, noContent, ok, type Reply, type Route } from './route.ts';

/** Minutes after which a quiet thread may archive itself. */
const archiveMinutes = [60, 1440, 4320, 10_080];

/** Start Thread from Message, Start Thread without Message, Get and Modify Channel, thread members (Channel). */
export function threadRoutes(parts: RestParts): readonly Route[] {
  const { world, dispatch } = parts;
  const begin = (parent: Channel, call: Call, type: number, messageId?: string): Reply => {
    const { name, auto_archive_duration: duration } = call.body;
    const findings = duration === undefined ? [] : oneOf(['auto_archive_duration'], duration, archiveMinutes);
    settle(parts, call, [...textLength(['name'], name, 1, 100, true), ...findings]);
    const thread = addThread(world, parent, String(name), world.bot.id, type, messageId);
    world.changed();
    dispatch(channelEvent(world, 'THREAD_CREATE', thread));
    return created(channelJson(world, thread));
  };
  const fromMessage = (call: Call): Reply => {
    const parent = visibleChannel(parts, call.ids.channel);
    const message = world.messages.get(call.ids.message ?? '');
    if (!message || message.channelId !== parent.id || message.deleted || message.onlyFor !== null)
      throw apiErrors.unknownMessage();
    if (parent.guildId === null || parent.type !== channelTypes.text) throw apiErrors.missingPermissions();
    needs(parts, parent, 'createPublicThreads');
    if (world.channels.has(message.id)) throw apiErrors.threadExists();
    return begin(parent, call, channelTypes.publicThread, message.id);
  };
  const withoutMessage = (call: Call): Reply => {
    const parent = visibleChannel(parts, call.ids.channel);
    // A private thread is the default "for backwards compatibility" (Start Thread without Message).
    const type = Number(call.body.type ?? channelTypes.privateThread);
    settle(parts, call, oneOf(['type'], type, [channelTypes.publicThread, channelTypes.privateThread]));
    needs(parts, parent, type === channelTypes.publicThread ? 'createPublicThreads' : 'createPrivateThreads');
    const reply = begin(parent, call, type);
    const notice = postMessage(world, {
      channelId: parent.id,
      authorId: world.bot.id,
      type: 18,
      content: String(call.body.name),
    });
    dispatch(messageEvent(world, 'MESSAGE_CREATE', notice));
    return reply;
  };
  const read = (call: Call): Reply => ok(channelJson(world, visibleChannel(parts, call.ids.channel)));
  const modify = (call: Call): Reply => {
    const channel = visibleChannel(parts, call.ids.channel);
    if (channel.ownerId !== world.bot.id) throw apiErrors.missingPermissions();
    settle(parts, call, textLength(['name'], call.body.name, 1, 100));
    if (typeof call.body.archived === 'boolean') channel.archived = call.body.archived;
    dispatch(channelEvent(world, 'THREAD_UPDATE', channel));
    return ok(channelJson(world, channel));
  };
  const join = (call: Call): Reply => {
    visibleChannel(parts, call.ids.channel);
    return noContent;
  };
  return [
    { method: 'POST', pattern: '/channels/:channel/messages/:message/threads', handle: fromMessage },
    { method: 'POST', pattern: '/channels/:channel/threads', handle: withoutMessage },
    { method: 'GET', pattern: '/channels/:channel', handle: read },
    { method: 'PATCH', pattern: '/channels/:channel', handle: modify },
    { method: 'PUT', pattern: '/channels/:channel/thread-members/:user', handle: join },
  ];
}
