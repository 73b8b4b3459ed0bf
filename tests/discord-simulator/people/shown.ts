import { pressable } from '../limits/component-limits.ts';
import { isObject, listOf } from '../limits/finding.ts';
import { type Json, type Message, messageFlags } from '../world/types.ts';

export interface ShownButton {
  /** Emoji and label as they stand on the button. */
  readonly label: string;
  readonly customId: string | null;
  readonly url: string | null;
  readonly isDisabled: boolean;
}

export interface ShownSelect {
  readonly customId: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string; readonly description: string }[];
}

/** A message as a person sees it. */
export interface Shown {
  readonly message: Message;
  readonly text: string;
  readonly isEphemeral: boolean;
  /** "… is thinking". */
  readonly isLoading: boolean;
  readonly buttons: readonly ShownButton[];
  readonly selects: readonly ShownSelect[];
}

export function shown(message: Message): Shown {
  const parts = pressable(message.components);
  return {
    message,
    text: message.content,
    isEphemeral: message.onlyFor !== null,
    isLoading: (message.flags & messageFlags.loading) !== 0,
    buttons: parts.filter(({ type }) => type === 2).map(button),
    selects: parts.filter(({ type }) => type === 3).map(select),
  };
}

function button({ label, emoji, custom_id: customId, url, disabled }: Json): ShownButton {
  const face = isObject(emoji) ? String(emoji.name ?? '') : '';
  return {
    label: [face, label].filter((part) => typeof part === 'string' && part !== '').join(' '),
    customId: typeof customId === 'string' ? customId : null,
    url: typeof url === 'string' ? url : null,
    isDisabled: disabled === true,
  };
}

function select({ custom_id: customId, placeholder, options }: Json): ShownSelect {
  const choices = listOf(options).filter(isObject);
  return {
    customId: String(customId),
    placeholder: String(placeholder ?? ''),
    options: choices.map(({ label, value, description }) => ({
      label: String(label),
      value: String(value),
      description: String(description ?? ''),
    })),
  };
}
