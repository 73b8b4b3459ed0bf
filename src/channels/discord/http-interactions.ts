import type { Bot } from './bot.ts';
import { type InteractionResponse, responseTypes } from './discord-api.ts';
import { handleInteraction } from './handle-interaction.ts';
import { readInteraction } from './read-interaction.ts';
import { createVerifySignature, longestAgeMs, type SignedRequest } from './verify-signature.ts';

/** Answers the request with which Discord brings an interaction. */
export type HttpInteractions = (request: SignedRequest) => Promise<HttpInteractionReply>;

export type HttpInteractionReply =
  | { readonly status: 200; readonly body: InteractionResponse }
  /** Accepted, and answered by another request: what is said came from there. */
  | { readonly status: 202 }
  /** Not from Discord, or not now. */
  | { readonly status: 401 }
  | { readonly status: 400 };

/** Discord gives three seconds; by then somebody else is answering, or nobody. */
const longestWaitMs = 2_500;
const headStartMs = 250;

/** Interactions by HTTP, for replicas behind a load balancer: the same handlers, and nothing kept between two requests. */
export function createHttpInteractions(bot: Bot, publicKey: string): HttpInteractions {
  const verify = createVerifySignature(publicKey, bot.parts.now);
  const { claims } = bot.parts.store;

  return async (request) => {
    if (!verify(request)) return { status: 401 };
    // A signed request that is sent once more by somebody who overheard it.
    const isNew = await claims.first(`discord-signature:${request.signature?.toLowerCase()}`, 2 * longestAgeMs);
    if (!isNew) return { status: 401 };
    const interaction = readInteraction(parsed(request.body));
    if (interaction === null) return { status: 400 };
    if (interaction.action.kind === 'ping') return { status: 200, body: { type: responseTypes.pong } };
    return new Promise((resolve) => {
      void bot.parts.sleep(longestWaitMs).then(() => resolve({ status: 202 }));
      const respond = async (body: InteractionResponse) => {
        resolve({ status: 200, body });
        // What follows is another request, which must not overtake this one.
        await bot.parts.sleep(headStartMs);
      };
      void handleInteraction(bot, interaction, respond).then(() => resolve({ status: 202 }));
    });
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
