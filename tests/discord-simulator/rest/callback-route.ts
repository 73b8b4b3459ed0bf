import { messageEvent } from '../gateway/events.ts';
import { choiceFindings } from '../limits/choice-limits.ts';
import { type Finding, isObject, listOf, oneOf } from '../limits/finding.ts';
import { isEmpty, messageFindings } from '../limits/message-limits.ts';
import { modalFindings } from '../limits/modal-limits.ts';
import { messageJson } from '../world/message-json.ts';
import { editMessage } from '../world/post-message.ts';
import {
  callbackTypes,
  type Interaction,
  interactionTypes,
  type Json,
  type Message,
  messageFlags,
} from '../world/types.ts';
import { apiErrors } from './api-error.ts';
import { answerWithinMs, postResponse } from './interaction-response.ts';
import { misuse, type RestParts, settle } from './rest-parts.ts';
import { type Call, noContent, ok, type Reply, type Route } from './route.ts';

/** Create Interaction Response: once, within 3 seconds. */
export function callbackRoute(parts: RestParts): Route {
  const handle = (call: Call): Reply => {
    const interaction = parts.world.interactions.get(call.ids.interaction ?? '');
    if (interaction?.token !== call.ids.token || !interaction) throw apiErrors.unknownInteraction();
    const message = respond(parts, call, interaction);
    if (call.query.get('with_response') !== 'true') return noContent;
    return ok(withResponse(parts, interaction, message));
  };
  return { method: 'POST', pattern: '/interactions/:interaction/:token/callback', isOpen: true, handle };
}

/** Carries out a response, from the callback route or from the reply to an outgoing webhook. */
export function respond(parts: RestParts, call: Call, interaction: Interaction): Message | null {
  const { world } = parts;
  if (interaction.acknowledgedAt !== null) misuse(parts, call, apiErrors.alreadyAcknowledged());
  if (world.clock.now() - interaction.createdAt > answerWithinMs) throw apiErrors.unknownInteraction();
  const type = Number(call.body.type);
  const data: Json = isObject(call.body.data) ? call.body.data : {};
  settle(parts, call, [
    ...oneOf(['type'], type, allowedTypes(world.interactions.get(interaction.id) ?? interaction)),
    ...dataFindings(type, data, call).map((finding) => ({ ...finding, path: ['data', ...finding.path] })),
  ]);
  const isMessage = type === callbackTypes.message;
  if (isMessage && isEmpty(data, call.fileNames.length > 0)) misuse(parts, call, apiErrors.emptyMessage());
  interaction.acknowledgedAt = world.clock.now();
  interaction.callbackType = type;
  const message = carryOut(parts, call, interaction, type, data);
  interaction.originalId = message?.id ?? interaction.messageId;
  world.changed();
  return message;
}

/** Which responses fit which interaction (Interaction Callback Type, with its footnotes). */
function allowedTypes({ type, messageId }: Interaction): readonly number[] {
  const { pong, message, deferredMessage, deferredUpdate, update, autocomplete, modal } = callbackTypes;
  if (type === interactionTypes.ping) return [pong];
  if (type === interactionTypes.autocomplete) return [autocomplete];
  const always = [message, deferredMessage];
  if (type === interactionTypes.command) return [...always, modal];
  if (type === interactionTypes.component) return [...always, deferredUpdate, update, modal];
  return messageId === null ? always : [...always, deferredUpdate, update];
}

function dataFindings(type: number, data: Json, call: Call): readonly Finding[] {
  const hasFiles = call.fileNames.length > 0;
  if (type === callbackTypes.message) return messageFindings(data, { to: 'response', isEdit: false, hasFiles });
  if (type === callbackTypes.update) return messageFindings(data, { to: 'response', isEdit: true, hasFiles });
  if (type === callbackTypes.deferredMessage) return deferralFindings(data.flags);
  if (type === callbackTypes.autocomplete) return choiceFindings(data.choices);
  if (type === callbackTypes.modal) return modalFindings(data);
  return [];
}

/** EPHEMERAL is the only flag of a deferral (Interaction Callback Data). */
function deferralFindings(flags: unknown): readonly Finding[] {
  if (((Number(flags ?? 0) || 0) & ~messageFlags.ephemeral) === 0) return [];
  return [{ path: ['flags'], code: 'FLAGS_DROPPED', message: 'a deferral takes EPHEMERAL only', kind: 'ignored' }];
}

function carryOut(parts: RestParts, call: Call, interaction: Interaction, type: number, data: Json): Message | null {
  const { world, dispatch } = parts;
  if (type === callbackTypes.message) return postResponse(parts, interaction, data, { fileNames: call.fileNames });
  if (type === callbackTypes.deferredMessage) {
    const flags = Number(data.flags ?? 0) & messageFlags.ephemeral;
    return postResponse(parts, interaction, { flags }, { isLoading: true });
  }
  const source = interaction.messageId === null ? undefined : world.messages.get(interaction.messageId);
  if (type === callbackTypes.update && source) {
    editMessage(world, source, data);
    if (source.onlyFor === null) dispatch(messageEvent(world, 'MESSAGE_UPDATE', source));
    return source;
  }
  if (type === callbackTypes.autocomplete) interaction.choices = listOf(data.choices).filter(isObject);
  if (type === callbackTypes.modal) interaction.modal = data;
  return null;
}

/** Interaction Callback Response Object. */
function withResponse({ world, mayReadContent }: RestParts, interaction: Interaction, message: Message | null): Json {
  const shown = message ? messageJson(world, message, { mayReadContent: mayReadContent() }) : null;
  const isMessage =
    interaction.callbackType === callbackTypes.message || interaction.callbackType === callbackTypes.update;
  const about = {
    id: interaction.id,
    type: interaction.type,
    response_message_id: message?.id,
    response_message_loading: message ? (message.flags & messageFlags.loading) !== 0 : undefined,
    response_message_ephemeral: message ? message.onlyFor !== null : undefined,
  };
  return {
    interaction: about,
    resource: { type: interaction.callbackType, ...(shown && isMessage ? { message: shown } : {}) },
  };
}
