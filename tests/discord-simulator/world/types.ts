/** What exists in the simulated Discord. Plain, mutable state; the `*-json.ts` files say how a bot sees it. */

export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly bot: boolean;
  /** The language of the person's Discord client. */
  locale: string;
}

export interface Member {
  readonly user: User;
  /** Permission bits in this guild beyond those of @everyone. */
  permissions: bigint;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly members: Map<string, Member>;
  readonly channelIds: Set<string>;
  everyonePermissions: bigint;
  /** Permission bits of the role that came with the bot. */
  botPermissions: bigint;
  readonly botRoleId: string;
}

/** Channel Object > Channel Types. */
export const channelTypes = { text: 0, dm: 1, announcementThread: 10, publicThread: 11, privateThread: 12 } as const;

export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly guildId: string | null;
  readonly name: string;
  /** The channel of a thread; null for others. */
  readonly parentId: string | null;
  readonly ownerId: string | null;
  /** The person of a direct message. */
  readonly recipientId: string | null;
  /** Permission bits that this channel takes from everyone, the bot included. */
  denied: bigint;
  archived: boolean;
}

export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Message Object > Message Types: 0 default, 18 thread created, 19 reply, 20 slash command, 21 thread starter, 23 context menu. */
  readonly type: number;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  flags: number;
  mentions: readonly string[];
  readonly replyTo: string | null;
  /** The interaction that it answers. */
  readonly interactionId: string | null;
  /** Who sees an ephemeral message; null when everyone does. */
  readonly onlyFor: string | null;
  readonly nonce: string | null;
  readonly createdAt: number;
  editedAt: number | null;
  deleted: boolean;
  /** Each text it has had, in order: a streamed answer is seen growing. */
  readonly versions: string[];
  readonly reactions: { readonly emoji: string; readonly userId: string }[];
  readonly fileNames: readonly string[];
}

/** Receiving and Responding > Interaction Type. */
export const interactionTypes = { ping: 1, command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** Receiving and Responding > Interaction Callback Type. */
export const callbackTypes = {
  pong: 1,
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  autocomplete: 8,
  modal: 9,
} as const;

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly data: Json;
  /** The message whose button, menu or modal was used. */
  readonly messageId: string | null;
  readonly createdAt: number;
  acknowledgedAt: number | null;
  callbackType: number | null;
  /** The reply, while it is "thinking…" too; the source message for an update. */
  originalId: string | null;
  readonly messageIds: string[];
  choices: readonly Json[] | null;
  modal: Json | null;
}

export interface Command {
  readonly id: string;
  readonly scope: string;
  version: string;
  body: Json;
}

/** Message Object > Message Flags. */
export const messageFlags = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;
