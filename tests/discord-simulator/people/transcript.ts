import { isObject, listOf } from '../limits/finding.ts';
import {
  type Channel,
  callbackTypes,
  channelTypes,
  type Interaction,
  interactionTypes,
  type Json,
  type Message,
} from '../world/types.ts';
import type { World } from '../world/world.ts';
import { shown } from './shown.ts';

/**
 * The conversation as people see it, as text: who said what, who alone sees it, and the buttons. Ids never show, so that
 * the same conversation is the same text.
 */
export function transcript(world: World, only?: Channel): string {
  const entries = [
    ...[...world.messages.values()]
      .filter(({ deleted }) => !deleted)
      .map((message) => entry(message.id, message.channelId, messageLines(world, message))),
    ...[...world.interactions.values()].map((act) => entry(act.id, act.channelId, actLines(world, act))),
  ];
  const wanted = entries.filter(({ channelId, lines }) => lines.length > 0 && (!only || channelId === only.id));
  wanted.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  let place = '';
  return wanted
    .flatMap(({ channelId, lines }) => {
      const heading = channelId === place || only ? [] : [`── ${placeName(world, channelId)}`];
      place = channelId;
      return [...heading, ...lines];
    })
    .join('\n');
}

interface Entry {
  readonly id: string;
  readonly channelId: string;
  readonly lines: readonly string[];
}

function entry(id: string, channelId: string, lines: readonly string[]): Entry {
  return { id, channelId, lines };
}

function messageLines(world: World, message: Message): readonly string[] {
  const author = nameOf(world, message.authorId);
  if (message.type === 18) return [`${author} started a thread: ${message.content}`];
  const viewer = message.onlyFor === null ? '' : ` (only ${nameOf(world, message.onlyFor)} sees this)`;
  const replied = world.messages.get(message.replyTo ?? '');
  const reply = replied ? ` (replying to ${nameOf(world, replied.authorId)})` : '';
  const { isLoading, selects } = shown(message);
  const text = isLoading ? '… is thinking' : named(world, message.content);
  const [first = '', ...rest] = text.split('\n');
  const menus = selects.map(
    ({ placeholder, options }) => `[${placeholder} ▾ ${options.map(({ label }) => label).join(' | ')}]`,
  );
  const pings =
    message.authorId === world.bot.id && message.mentions.length > 0 ? [`(pings ${message.mentions.length})`] : [];
  const thread = world.channels.get(message.id);
  return [
    `${author}${viewer}${reply}: ${first}`,
    ...[
      ...rest,
      ...message.embeds.flatMap(embedLines),
      ...message.fileNames.map((name) => `(file ${name})`),
      ...rows(message).filter((row) => row !== ''),
      ...menus,
      ...message.reactions.map(({ emoji, userId }) => `(${emoji} by ${nameOf(world, userId)})`),
      ...pings,
      ...(thread ? [`(thread: ${thread.name})`] : []),
    ].map((line) => (line === '' ? '' : `  ${line}`)),
  ];
}

function rows(message: Message): readonly string[] {
  return message.components.map((row) =>
    shown({ ...message, components: [row] })
      .buttons.map(({ label, isDisabled }) => (isDisabled ? `(${label})` : `[${label}]`))
      .join(' '),
  );
}

function embedLines(embed: Json): readonly string[] {
  const fields = listOf(embed.fields).filter(isObject);
  const texts = [embed.title, embed.description, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.split('\n').map((line) => `┃ ${line}`));
}

function actLines(world: World, act: Interaction): readonly string[] {
  const name = nameOf(world, act.userId);
  const done = whatWasDone(world, act);
  if (done === null) return [];
  const isLate = act.acknowledgedAt === null && world.clock.now() - act.createdAt > 3000;
  const modal = act.callbackType === callbackTypes.modal ? [`  (form: ${String(act.modal?.title)})`] : [];
  return [`${name} ${done}`, ...modal, ...(isLate ? ['  ⚠ The application did not respond'] : [])];
}

function whatWasDone(world: World, { type, data, messageId }: Interaction): string | null {
  if (type === interactionTypes.command) {
    if (data.type === 1) return `used /${[data.name, ...optionWords(data.options)].join(' ')}`;
    return `chose “${String(data.name)}”`;
  }
  if (type === interactionTypes.component) {
    const source = world.messages.get(messageId ?? '');
    const parts = source ? shown(source) : null;
    if (data.component_type === 3) {
      const values = listOf(data.values);
      const options = parts?.selects.flatMap((menu) => menu.options) ?? [];
      return `chose ${values.map((value) => `[${options.find((option) => option.value === value)?.label ?? String(value)}]`).join(' ')}`;
    }
    // The button may be gone by now; what was pressed is on record.
    return `pressed [${parts?.buttons.find(({ customId }) => customId === data.custom_id)?.label ?? 'a button'}]`;
  }
  return type === interactionTypes.modal ? 'sent the form' : null;
}

function optionWords(options: unknown): readonly string[] {
  return listOf(options)
    .filter(isObject)
    .flatMap(({ name, type, value, options: inner }) =>
      Number(type) <= 2 ? [String(name), ...optionWords(inner)] : [`${String(name)}: ${String(value)}`],
    );
}

function named(world: World, content: string): string {
  return content
    .replace(/<@!?(\d+)>/g, (whole, id: string) => (world.users.has(id) ? `@${nameOf(world, id)}` : whole))
    .replace(/<#(\d+)>/g, (whole, id: string) => (world.channels.has(id) ? placeName(world, id) : whole));
}

function nameOf(world: World, id: string): string {
  return world.users.get(id)?.displayName ?? 'somebody';
}

function placeName(world: World, channelId: string): string {
  const channel = world.channels.get(channelId);
  if (!channel) return 'nowhere';
  if (channel.type === channelTypes.dm) return `direct messages with ${nameOf(world, channel.recipientId ?? '')}`;
  return channel.parentId === null ? `#${channel.name}` : `${placeName(world, channel.parentId)} › ${channel.name}`;
}
