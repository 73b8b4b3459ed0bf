import type { Dispatch } from '../gateway/events.ts';
import { messageEvent } from '../gateway/events.ts';
import { messageJson } from '../world/message-json.ts';
import { pinged, postMessage } from '../world/post-message.ts';
import {
  type Channel,
  type Interaction,
  interactionTypes,
  type Json,
  type Message,
  type User,
} from '../world/types.ts';
import { directMessages, type World } from '../world/world.ts';
import { type OptionValue, registered, slashData } from './command-data.ts';
import { createExchange, type Exchange, isShown, type Patience } from './exchange.ts';
import type { Shown } from './shown.ts';
import { shown } from './shown.ts';
import type { Until } from './until.ts';

export interface PersonParts {
  readonly world: World;
  readonly user: User;
  /** Where the person is when nothing else is said. */
  readonly home: () => Channel;
  readonly until: Until;
  readonly dispatch: Dispatch;
  /** Brings an interaction to the bot, over the gateway or the webhook. */
  readonly deliver: (interaction: Interaction) => void;
}

export interface Where {
  readonly in?: Channel;
  readonly patience?: Patience;
  readonly timeoutMs?: number;
}

/** A person who uses the bot. Each act waits for what the bot shows. */
export interface Person {
  readonly user: User;
  readonly id: string;
  readonly slash: (
    command: string,
    options?: Readonly<Record<string, OptionValue>>,
    where?: Where,
  ) => Promise<Exchange>;
  /** Types into an option; `focused` is the last one when not told. */
  readonly autocomplete: (
    command: string,
    options: Readonly<Record<string, OptionValue>>,
    where?: Where & { readonly focused?: string },
  ) => Promise<Exchange>;
  readonly contextMenu: (command: string, message: Message, where?: Where) => Promise<Exchange>;
  /** Presses a button by its label or custom id. */
  readonly click: (on: Shown | Message, button: string, where?: Where) => Promise<Exchange>;
  readonly select: (on: Shown | Message, values: readonly string[], where?: Where) => Promise<Exchange>;
  readonly submitModal: (
    opened: Exchange,
    values: Readonly<Record<string, string>>,
    where?: Where,
  ) => Promise<Exchange>;
  /** Writes a message that names the bot. */
  readonly mention: (text: string, where?: Where) => Promise<Exchange>;
  readonly dm: (text: string, where?: Where) => Promise<Exchange>;
  readonly reply: (to: Shown | Message, text: string, where?: Where & { readonly ping?: boolean }) => Promise<Exchange>;
  /** Writes a message and waits for nothing, unless told to. */
  readonly say: (text: string, where?: Where) => Promise<Exchange>;
  readonly edit: (message: Message, text: string) => void;
  readonly directMessages: () => Channel;
}

export function createPerson(parts: PersonParts): Person {
  const { world, user, until, dispatch } = parts;
  const act = async (type: number, data: Json, where: Where, messageId: string | null = null): Promise<Exchange> => {
    const source = messageId === null ? undefined : world.messages.get(messageId);
    const channel = where.in ?? world.channels.get(source?.channelId ?? '') ?? parts.home();
    const interaction: Interaction = {
      id: world.newId(),
      token: `token-${world.newId()}`,
      type,
      userId: user.id,
      channelId: channel.id,
      guildId: channel.guildId,
      data,
      messageId,
      createdAt: world.clock.now(),
      acknowledgedAt: null,
      callbackType: null,
      originalId: null,
      messageIds: [],
      choices: null,
      modal: null,
    };
    world.interactions.set(interaction.id, interaction);
    world.tokens.set(interaction.token, interaction);
    parts.deliver(interaction);
    return settle(createExchange(world, until, user.id, { interaction }), where);
  };
  const settle = async (exchange: Exchange, { patience = 'shown', timeoutMs }: Where): Promise<Exchange> => {
    const { interaction } = exchange;
    if (patience === 'sent') return exchange;
    const isFailed = () =>
      interaction !== null && interaction.acknowledgedAt === null && world.clock.now() - interaction.createdAt > 3000;
    await until(
      () => {
        if (isFailed()) throw new Error('The application did not respond');
        return patience === 'shown' ? isShown(exchange) : interaction === null || interaction.acknowledgedAt !== null;
      },
      'the bot to answer',
      timeoutMs,
    );
    return exchange;
  };
  const write = (
    channel: Channel,
    content: string,
    where: Where,
    reply: { readonly to: Message; readonly ping: boolean } | null = null,
  ) => {
    const mentions = new Set([...pinged(content, undefined), ...(reply?.ping ? [reply.to.authorId] : [])]);
    const replyTo = reply?.to.id ?? null;
    const parts = {
      channelId: channel.id,
      authorId: user.id,
      content,
      type: reply ? 19 : 0,
      replyTo,
      mentions: [...mentions],
    };
    const question = postMessage(world, parts);
    dispatch(messageEvent(world, 'MESSAGE_CREATE', question));
    return settle(createExchange(world, until, user.id, { question }), where);
  };
  const messageOf = (on: Shown | Message): Message => ('message' in on ? on.message : on);
  const channelOf = (message: Message): Channel => {
    const channel = world.channels.get(message.channelId);
    if (!channel || message.deleted) throw new Error('that message is gone');
    if (message.onlyFor !== null && message.onlyFor !== user.id)
      throw new Error(`${user.displayName} does not see that message`);
    return channel;
  };
  const guildOf = (where: Where) => (where.in ?? parts.home()).guildId;

  return {
    user,
    id: user.id,
    slash: async (command, options = {}, where = {}) =>
      act(
        interactionTypes.command,
        slashData(world, command, options, { guildId: guildOf(where), userId: user.id }),
        where,
      ),
    autocomplete: async (command, options, where = {}) => {
      const focused = where.focused ?? Object.keys(options).at(-1) ?? '';
      return act(
        interactionTypes.autocomplete,
        slashData(world, command, options, { guildId: guildOf(where), userId: user.id, focused }),
        where,
      );
    },
    contextMenu: async (name, message, where = {}) => {
      const channel = channelOf(message);
      const id = registered(world, name, 3, channel.guildId)?.id ?? world.newId();
      // The content of the message that a context menu is used on is always there (Message Content Intent).
      const messages = { [message.id]: messageJson(world, message, { mayReadContent: true }) };
      const data = { id, name, type: 3, target_id: message.id, resolved: { messages } };
      return act(interactionTypes.command, data, { in: channel, ...where });
    },
    click: async (on, label, where = {}) => {
      const message = messageOf(on);
      channelOf(message);
      const { buttons } = shown(message);
      const button = buttons.find((each) => each.label === label || each.customId === label);
      if (!button)
        throw new Error(
          `there is no button ${label}; there are ${buttons.map((each) => each.label).join(', ') || 'none'}`,
        );
      if (button.isDisabled || button.customId === null) throw new Error(`${label} cannot be pressed`);
      return act(
        interactionTypes.component,
        { component_type: 2, custom_id: button.customId, id: 1 },
        where,
        message.id,
      );
    },
    select: async (on, values, where = {}) => {
      const message = messageOf(on);
      channelOf(message);
      const [menu] = shown(message).selects;
      const chosen = values.map(
        (wanted) => menu?.options.find(({ label, value }) => label === wanted || value === wanted)?.value,
      );
      if (!menu || chosen.includes(undefined)) throw new Error(`there is no menu with ${values.join(', ')}`);
      return act(
        interactionTypes.component,
        { component_type: 3, custom_id: menu.customId, values: chosen, id: 1 },
        where,
        message.id,
      );
    },
    submitModal: async (opened, values, where = {}) => {
      const modal = opened.modal();
      if (modal === null || opened.interaction === null) throw new Error('no modal is open');
      const row = ([id, value]: [string, string], at: number) => ({
        type: 1,
        id: at + 1,
        components: [{ type: 4, id: at + 10, custom_id: id, value }],
      });
      const data = { custom_id: modal.custom_id, components: Object.entries(values).map(row) };
      const channel = world.channels.get(opened.interaction.channelId);
      return act(
        interactionTypes.modal,
        data,
        { ...(channel ? { in: channel } : {}), ...where },
        opened.interaction.messageId,
      );
    },
    mention: async (text, where = {}) => write(where.in ?? parts.home(), `<@${world.bot.id}> ${text}`.trim(), where),
    dm: async (text, where = {}) => write(directMessages(world, user), text, where),
    reply: async (to, text, where = {}) => {
      const message = messageOf(to);
      return write(channelOf(message), text, where, { to: message, ping: where.ping ?? true });
    },
    say: async (text, where = {}) => write(where.in ?? parts.home(), text, { patience: 'sent', ...where }),
    edit: (message, text) => {
      message.content = text;
      message.editedAt = world.clock.now();
      dispatch(messageEvent(world, 'MESSAGE_UPDATE', message));
    },
    directMessages: () => directMessages(world, user),
  };
}
