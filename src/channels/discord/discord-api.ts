import type { DiscordMessage } from './discord-message.ts';
import type { CommandRegistry } from './register-commands.ts';

/** The first response to an interaction, in Discord's own form. */
export type InteractionResponse =
  | { readonly type: typeof responseTypes.pong }
  | { readonly type: typeof responseTypes.message; readonly data: DiscordMessage }
  | { readonly type: typeof responseTypes.deferredMessage; readonly data: { readonly flags: number } }
  | { readonly type: typeof responseTypes.update; readonly data: DiscordMessage }
  | {
      readonly type: typeof responseTypes.choices;
      readonly data: { readonly choices: readonly { readonly name: string; readonly value: string }[] };
    };

export const responseTypes = { pong: 1, message: 4, deferredMessage: 5, update: 7, choices: 8 } as const;

/** What is needed to answer an interaction; the token works for 15 minutes. */
export interface InteractionAddress {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
}

export interface ChannelFacts {
  /** Of a thread, the channel that it is in. */
  readonly parentId: string | null;
  readonly isThread: boolean;
  /** Who opened the thread; of other channels null. */
  readonly ownerId: string | null;
}

export interface SendOptions {
  /** The message that this one answers. */
  readonly replyTo?: string;
  /** At most 25 characters; a second message with the same one is not made, so that sending can be tried again. */
  readonly nonce: string;
}

/** What Nape asks of Discord's REST interface. Every method rejects with a `DiscordFailure`. */
export interface DiscordApi {
  respond(to: InteractionAddress, response: InteractionResponse): Promise<void>;
  editResponse(to: InteractionAddress, message: DiscordMessage): Promise<void>;
  deleteResponse(to: InteractionAddress): Promise<void>;
  followUp(to: InteractionAddress, message: DiscordMessage): Promise<void>;
  send(channelId: string, message: DiscordMessage, options: SendOptions): Promise<{ readonly id: string }>;
  edit(channelId: string, messageId: string, message: DiscordMessage): Promise<void>;
  /** Opens a public thread at a message; gives its id. */
  openThread(channelId: string, messageId: string, name: string): Promise<string>;
  /** Shows for ten seconds that somebody writes. */
  typing(channelId: string): Promise<void>;
  channel(channelId: string): Promise<ChannelFacts>;
  /** The application that the token is of. */
  application(): Promise<{ readonly id: string; readonly name: string }>;
  /** Servers that the bot is in, with the bot's own permissions there. */
  guilds(): Promise<readonly { readonly id: string; readonly name: string; readonly permissions: string }[]>;
  /** The registered commands: everywhere, or of one server. */
  commands(applicationId: string, guildId: string | null): CommandRegistry;
}

/** A request that Discord refused, or that could not be made. */
export class DiscordFailure extends Error {
  override readonly name = 'DiscordFailure';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Discord's own number, such as 50013; 0 when there is none. */
  readonly code: number;

  constructor(status: number, code: number, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** Whether the bot may not see or write where it tried to. */
export function isForbidden(thrown: unknown): boolean {
  return thrown instanceof DiscordFailure && thrown.status === 403;
}
