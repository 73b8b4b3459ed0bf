import type { Dispatch } from '../gateway/events.ts';
import { isObject } from '../limits/finding.ts';
import { ApiError } from '../rest/api-error.ts';
import { respond } from '../rest/callback-route.ts';
import type { RestParts } from '../rest/rest-parts.ts';
import type { Call } from '../rest/route.ts';
import type { SignedRequest } from '../signed-request.ts';
import { interactionJson } from '../world/interaction-json.ts';
import type { Interaction, Json } from '../world/types.ts';

/** What an interactions endpoint answered. */
export interface WebhookReply {
  readonly interactionId: string;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly body: unknown;
}

export type Deliver = (interaction: Interaction) => void;

/** INTERACTION_CREATE goes to the guild's shard, whatever its intents. */
export function overGateway({
  world,
  dispatch,
}: {
  readonly world: RestParts['world'];
  readonly dispatch: Dispatch;
}): Deliver {
  return (interaction) =>
    dispatch({
      name: 'INTERACTION_CREATE',
      guildId: interaction.guildId,
      intent: 0,
      data: (mayReadContent) => interactionJson(world, interaction, mayReadContent),
    });
}

/**
 * Sends each interaction to the application's endpoint, signed, and takes the reply as its response (Interactions >
 * Configuring an Interactions Endpoint URL). A reply of 202 leaves the response to the callback route.
 */
export function overWebhook(
  rest: RestParts,
  url: string,
  sign: (payload: Json) => SignedRequest,
  replies: WebhookReply[],
): Deliver {
  const post = async (interaction: Interaction) => {
    const request = sign(interactionJson(rest.world, interaction, rest.mayReadContent()));
    const response = await fetch(url, { method: 'POST', ...request });
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    replies.push({ interactionId: interaction.id, status: response.status, body });
    if (response.status !== 200 || !isObject(body)) return;
    const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
    const call: Call = { method: 'POST', path, ids: {}, query: new URLSearchParams(), body, list: null, fileNames: [] };
    respond(rest, call, interaction);
  };
  return (interaction) => {
    post(interaction).catch((error: unknown) => {
      // What Discord cannot use it drops; the person sees that the application did not respond.
      const body = error instanceof ApiError ? error.body() : String(error);
      replies.push({ interactionId: interaction.id, status: 0, body });
    });
  };
}
