import type { InteractionAddress } from './discord-api.ts';

/** What somebody did with the bot, of what Discord says about it only what Nape uses. */
export type Interaction = Place & InteractionAddress & { readonly action: Action };

/** Who, where and in which language. */
export interface Place {
  readonly userId: string;
  /** Null in a direct message. */
  readonly guildId: string | null;
  readonly channelId: string;
  /** Of a thread, the channel that it is in. */
  readonly parentId: string | null;
  /** The person's language, in Discord's words, such as `pt-BR`. */
  readonly locale: string | undefined;
  /** The server's language. */
  readonly guildLocale: string | undefined;
  /** Whether the person may change settings of the server. */
  readonly canManage: boolean;
}

export type Action =
  | { readonly kind: 'ping' }
  | { readonly kind: 'command'; readonly path: readonly string[]; readonly options: Options }
  | { readonly kind: 'typing'; readonly path: readonly string[]; readonly typed: string }
  | { readonly kind: 'message-menu'; readonly message: TargetMessage }
  | {
      readonly kind: 'press';
      readonly customId: string;
      readonly values: readonly string[];
      readonly labels: Labels;
      /** Whether only this person sees the message. */
      readonly isPrivate: boolean;
    }
  /** Something of a later version of Discord, or of nobody. */
  | { readonly kind: 'unknown' };

export type Options = Readonly<Record<string, string | number | boolean>>;

export interface TargetMessage {
  readonly id: string;
  readonly content: string;
}

/** What is written on each button of the message, by its id. */
export type Labels = Readonly<Record<string, string>>;
