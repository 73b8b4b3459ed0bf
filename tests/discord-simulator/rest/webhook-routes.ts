import { messageDeleteEvent, messageEvent } from '../gateway/events.ts';
import type { Finding } from '../limits/finding.ts';
import { isEmpty, messageFindings } from '../limits/message-limits.ts';
import { messageJson } from '../world/message-json.ts';
import { editMessage } from '../world/post-message.ts';
import { type Interaction, type Json, type Message, messageFlags } from '../world/types.ts';
import { apiErrors } from './api-error.ts';
import { postResponse, tokenLifeMs } from './interaction-response.ts';
import { misuse, type RestParts, settle } from './rest-parts.ts';
import { type Call, noContent, ok, type Reply, type Route } from './route.ts';

/** What a bot does with an interaction after the first response (Receiving and Responding > Followup Messages). */
export function webhookRoutes(parts: RestParts): readonly Route[] {
  const { world, dispatch } = parts;
  const shown = (message: Message) => ok(messageJson(world, message, { mayReadContent: parts.mayReadContent() }));
  const followUp = (call: Call): Reply => {
    const interaction = ofToken(parts, call);
    const hasFiles = call.fileNames.length > 0;
    settle(parts, call, messageFindings(call.body, { to: 'response', isEdit: false, hasFiles }));
    if (isEmpty(call.body, hasFiles)) misuse(parts, call, apiErrors.emptyMessage());
    const original = world.messages.get(interaction.originalId ?? '');
    // The first follow-up of a deferred reply takes its place, and is as visible as the deferral was.
    if (original && isLoading(original)) {
      const wanted = (Number(call.body.flags ?? 0) & messageFlags.ephemeral) !== 0;
      if (wanted !== (original.onlyFor !== null)) settle(parts, call, [ephemeralKept(wanted)]);
      return shown(fill(parts, original, call.body));
    }
    return shown(postResponse(parts, interaction, call.body, { fileNames: call.fileNames }));
  };
  const read = (call: Call): Reply => shown(target(parts, call, ofToken(parts, call)));
  const edit = (call: Call): Reply => {
    const message = target(parts, call, ofToken(parts, call));
    settle(
      parts,
      call,
      messageFindings(call.body, { to: 'response', isEdit: true, hasFiles: call.fileNames.length > 0 }),
    );
    if (isLoading(message) && isEmpty(call.body, call.fileNames.length > 0))
      misuse(parts, call, apiErrors.emptyMessage());
    return shown(fill(parts, message, call.body));
  };
  const remove = (call: Call): Reply => {
    const message = target(parts, call, ofToken(parts, call));
    message.deleted = true;
    world.changed();
    if (message.onlyFor === null) dispatch(messageDeleteEvent(world, message));
    return noContent;
  };
  const webhook = '/webhooks/:application/:token';
  return [
    { method: 'POST', pattern: webhook, isOpen: true, handle: followUp },
    { method: 'GET', pattern: `${webhook}/messages/:message`, isOpen: true, handle: read },
    { method: 'PATCH', pattern: `${webhook}/messages/:message`, isOpen: true, handle: edit },
    { method: 'DELETE', pattern: `${webhook}/messages/:message`, isOpen: true, handle: remove },
  ];
}

/** The interaction of a token: acknowledged, and not older than 15 minutes. */
function ofToken({ world }: RestParts, call: Call): Interaction {
  const interaction = world.tokens.get(call.ids.token ?? '');
  if (!interaction || call.ids.application !== world.applicationId || interaction.acknowledgedAt === null) {
    throw apiErrors.unknownWebhook();
  }
  if (world.clock.now() - interaction.createdAt > tokenLifeMs) throw apiErrors.invalidWebhookToken();
  return interaction;
}

function target({ world }: RestParts, call: Call, interaction: Interaction): Message {
  const id = call.ids.message === '@original' ? interaction.originalId : (call.ids.message ?? '');
  const message = world.messages.get(id ?? '');
  const isOurs = message && (interaction.messageIds.includes(message.id) || message.id === interaction.originalId);
  if (!message || !isOurs || message.deleted) throw apiErrors.unknownMessage();
  return message;
}

function fill({ world, dispatch }: RestParts, message: Message, body: Json): Message {
  const wasLoading = isLoading(message);
  message.flags &= ~messageFlags.loading;
  if (wasLoading) message.versions.length = 0;
  editMessage(world, message, body);
  if (wasLoading) message.editedAt = null;
  if (message.onlyFor === null) dispatch(messageEvent(world, 'MESSAGE_UPDATE', message));
  return message;
}

function isLoading({ flags }: Message): boolean {
  return (flags & messageFlags.loading) !== 0;
}

function ephemeralKept(wanted: boolean): Finding {
  const message = `the deferral decided who sees the reply; EPHEMERAL ${wanted ? 'cannot be added' : 'stays'}`;
  return { path: ['flags'], code: 'FLAGS_DROPPED', message, kind: 'ignored' };
}
