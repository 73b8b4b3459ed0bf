import { z } from 'zod';
import { messageFlags } from './discord-message.ts';
import type { Action, Interaction, Options } from './interaction.ts';
import { canManage } from './permissions.ts';

const types = { ping: 1, command: 2, component: 3, autocomplete: 4 } as const;
const commandTypes = { slash: 1, message: 3 } as const;
const optionTypes = { subcommand: 1, group: 2 } as const;
const threadTypes = [10, 11, 12];

const user = z.object({ id: z.string() });

interface RawOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean | undefined;
  readonly focused?: boolean | undefined;
  readonly options?: readonly RawOption[] | undefined;
}

const option: z.ZodType<RawOption> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.number(),
    value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    focused: z.boolean().optional(),
    options: z.array(option).optional(),
  }),
);

const labelled = z.object({ custom_id: z.string().optional(), label: z.string().optional() });

const payload = z.object({
  id: z.string(),
  application_id: z.string(),
  type: z.number(),
  token: z.string(),
  user: user.optional(),
  member: z.object({ user, permissions: z.string().optional() }).optional(),
  guild_id: z.string().optional(),
  channel_id: z.string().optional(),
  channel: z.object({ id: z.string(), type: z.number().optional(), parent_id: z.string().nullish() }).optional(),
  locale: z.string().optional(),
  guild_locale: z.string().optional(),
  data: z
    .object({
      name: z.string().optional(),
      type: z.number().optional(),
      options: z.array(option).optional(),
      target_id: z.string().optional(),
      resolved: z
        .object({ messages: z.record(z.string(), z.object({ id: z.string(), content: z.string() })).optional() })
        .optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
    })
    .optional(),
  message: z
    .object({
      flags: z.number().optional(),
      components: z.array(z.object({ components: z.array(labelled).optional() })).optional(),
    })
    .optional(),
});

type Payload = z.infer<typeof payload>;

/** Reads an interaction as the gateway or a request brings it; null for what is none. */
export function readInteraction(given: unknown): Interaction | null {
  const parsed = payload.safeParse(given);
  if (!parsed.success) return null;
  const { data } = parsed;
  const { channel } = data;
  return {
    id: data.id,
    token: data.token,
    applicationId: data.application_id,
    userId: data.member?.user.id ?? data.user?.id ?? '',
    guildId: data.guild_id ?? null,
    channelId: channel?.id ?? data.channel_id ?? '',
    parentId: channel?.type !== undefined && threadTypes.includes(channel.type) ? (channel.parent_id ?? null) : null,
    locale: data.locale,
    guildLocale: data.guild_locale,
    canManage: canManage(data.member?.permissions ?? ''),
    action: actionOf(data),
  };
}

function actionOf({ type, data, message }: Payload): Action {
  if (type === types.ping) return { kind: 'ping' };
  if (!data) return { kind: 'unknown' };
  if (type === types.component && data.custom_id !== undefined) {
    const buttons = message?.components?.flatMap(({ components = [] }) => components) ?? [];
    const labels = buttons.flatMap(({ custom_id, label }) =>
      custom_id !== undefined && label !== undefined ? [[custom_id, label] as const] : [],
    );
    return {
      kind: 'press',
      customId: data.custom_id,
      values: data.values ?? [],
      labels: Object.fromEntries(labels),
      isPrivate: ((message?.flags ?? 0) & messageFlags.ephemeral) !== 0,
    };
  }
  if (data.name === undefined) return { kind: 'unknown' };
  if (type === types.command && data.type === commandTypes.message) {
    const target = data.resolved?.messages?.[data.target_id ?? ''];
    return target ? { kind: 'message-menu', message: target } : { kind: 'unknown' };
  }
  if ((data.type ?? commandTypes.slash) !== commandTypes.slash) return { kind: 'unknown' };
  const { path, options } = unfolded(data.name, data.options ?? []);
  if (type === types.command) return { kind: 'command', path, options: valuesOf(options) };
  if (type !== types.autocomplete) return { kind: 'unknown' };
  const typed = options.find(({ focused }) => focused === true)?.value ?? '';
  return { kind: 'typing', path, typed: String(typed) };
}

/** The names from the command down to its subcommand, and the options of the last one. */
function unfolded(
  name: string,
  options: readonly RawOption[],
): { readonly path: readonly string[]; readonly options: readonly RawOption[] } {
  const [first] = options;
  if (!first || (first.type !== optionTypes.subcommand && first.type !== optionTypes.group))
    return { path: [name], options };
  const below = unfolded(first.name, first.options ?? []);
  return { path: [name, ...below.path], options: below.options };
}

function valuesOf(options: readonly RawOption[]): Options {
  return Object.fromEntries(options.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}
