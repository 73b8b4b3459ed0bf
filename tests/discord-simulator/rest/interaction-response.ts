import { messageEvent } from '../gateway/events.ts';
import { isObject, listOf } from '../limits/finding.ts';
import { pinged, postMessage } from '../world/post-message.ts';
import { type Interaction, interactionTypes, type Json, type Message, messageFlags } from '../world/types.ts';
import type { RestParts } from './rest-parts.ts';

/** Milliseconds within which an interaction is answered, and for which its token lives (Responding to an Interaction). */
export const answerWithinMs = 3000;
export const tokenLifeMs = 15 * 60_000;

/** Adds a message that answers an interaction. A follow-up's flags are its own; the first keeps those of its deferral. */
export function postResponse(
  { world, dispatch }: RestParts,
  interaction: Interaction,
  body: Json,
  { isLoading = false, fileNames = [] }: { readonly isLoading?: boolean; readonly fileNames?: readonly string[] } = {},
): Message {
  const flags = Number(body.flags ?? 0);
  const content = String(body.content ?? '');
  const message = postMessage(world, {
    channelId: interaction.channelId,
    authorId: world.bot.id,
    type: messageType(interaction),
    content,
    embeds: listOf(body.embeds).filter(isObject),
    components: listOf(body.components).filter(isObject),
    flags:
      (flags & (messageFlags.suppressEmbeds | messageFlags.suppressNotifications)) |
      (isLoading ? messageFlags.loading : 0),
    mentions: pinged(content, body.allowed_mentions),
    interactionId: interaction.id,
    onlyFor: flags & messageFlags.ephemeral ? interaction.userId : null,
    fileNames,
  });
  interaction.messageIds.push(message.id);
  if (message.onlyFor === null) dispatch(messageEvent(world, 'MESSAGE_CREATE', message));
  return message;
}

/** Message Object > Message Types: 20 for a slash command, 23 for a context menu, 19 for a component's reply. */
function messageType({ type, data }: Interaction): number {
  if (type === interactionTypes.component) return 19;
  if (type !== interactionTypes.command) return 0;
  return data.type === 1 ? 20 : 23;
}
