import type { DiscordApi, InteractionAddress, InteractionResponse } from './discord-api.ts';
import { responseTypes } from './discord-api.ts';
import { type DiscordMessage, discordMessage, ephemeral, messageFlags } from './discord-message.ts';

/** The way back to whoever interacted. Something has to be said within three seconds; after that there are 15 minutes. */
export interface InteractionReply {
  /** Says at once that an answer is coming, unless that has been said. */
  defer(to: 'everyone' | 'one'): Promise<void>;
  /** Shows messages; instead of the note that something is coming, or of what was shown before. */
  show(messages: readonly DiscordMessage[], to: 'everyone' | 'one'): Promise<void>;
  /** Replaces the message whose button was pressed. */
  replace(message: DiscordMessage): Promise<void>;
  /** Answers what is being typed. */
  choices(choices: readonly { readonly name: string; readonly value: string }[]): Promise<void>;
}

export interface InteractionReplyParts {
  readonly api: Pick<DiscordApi, 'editResponse' | 'deleteResponse' | 'followUp'>;
  readonly to: InteractionAddress;
  /** Gives the first response: over REST, or in the answer to Discord's own request. */
  readonly respond: (response: InteractionResponse) => Promise<void>;
}

export function createInteractionReply({ api, to, respond }: InteractionReplyParts): InteractionReply {
  // Who sees the response that there is; it cannot be changed later.
  let shownTo: 'everyone' | 'one' | undefined;
  // Whether the response is only the note that something is coming.
  let isWaiting = false;

  const addressed = (message: DiscordMessage, whom: 'everyone' | 'one') =>
    whom === 'one' ? ephemeral(message) : message;

  return {
    async defer(whom) {
      if (shownTo !== undefined) return;
      shownTo = whom;
      isWaiting = true;
      await respond({
        type: responseTypes.deferredMessage,
        data: { flags: whom === 'one' ? messageFlags.ephemeral : 0 },
      });
    },
    async show([first, ...rest], whom) {
      if (!first) return;
      if (shownTo === undefined) {
        shownTo = whom;
        await respond({ type: responseTypes.message, data: addressed(first, whom) });
      } else if (shownTo === 'everyone' && whom === 'one') {
        // A note that something is coming would take the follow-up into its place, for everybody to see.
        if (isWaiting) await api.editResponse(to, discordMessage('…'));
        await api.followUp(to, ephemeral(first));
        await api.deleteResponse(to);
      } else {
        await api.editResponse(to, first);
      }
      isWaiting = false;
      for (const message of rest) await api.followUp(to, addressed(message, shownTo === 'one' ? 'one' : whom));
    },
    async replace(message) {
      shownTo = 'everyone';
      await respond({ type: responseTypes.update, data: message });
    },
    choices: (choices) => respond({ type: responseTypes.choices, data: { choices } }),
  };
}
