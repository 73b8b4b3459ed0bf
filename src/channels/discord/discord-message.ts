/** A message in Discord's own form. Mentions are never allowed and links never unfold, whatever the content is. */
export interface DiscordMessage {
  readonly content: string;
  readonly components: readonly ActionRow[];
  readonly flags: number;
  readonly allowed_mentions: typeof noMentions;
}

export interface ActionRow {
  readonly type: 1;
  readonly components: readonly (Button | SelectMenu)[];
}

export interface Button {
  readonly type: 2;
  /** 2 is Discord's quiet grey. */
  readonly style: 2;
  readonly custom_id: string;
  readonly label?: string;
  readonly emoji?: { readonly name: string };
}

export interface SelectMenu {
  readonly type: 3;
  readonly custom_id: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

export const noMentions = { parse: [] as readonly never[], replied_user: false } as const;

export const messageFlags = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6 } as const;

export function discordMessage(content: string, components: readonly ActionRow[] = []): DiscordMessage {
  return { content, components, flags: messageFlags.suppressEmbeds, allowed_mentions: noMentions };
}

/** The same message, for one pair of eyes. */
export function ephemeral(message: DiscordMessage): DiscordMessage {
  return { ...message, flags: message.flags | messageFlags.ephemeral };
}

export function row(...components: ActionRow['components']): ActionRow {
  return { type: 1, components };
}
