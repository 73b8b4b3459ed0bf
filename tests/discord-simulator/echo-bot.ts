import {
  type ChatInputCommandInteraction,
  Client,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  Partials,
} from 'discord.js';
import type { DiscordSimulator } from './discord-simulator.ts';

export interface EchoBotParts {
  readonly intents?: readonly GatewayIntentBits[];
  /** Takes over what the bot does with a slash command. */
  readonly onCommand?: (interaction: ChatInputCommandInteraction) => Promise<unknown>;
}

export const nobody = { parse: [], repliedUser: false } as const;

/** The smallest bot on the real discord.js: repeats what it is told, in each way in which a bot can be spoken to. */
export async function startEchoBot(simulator: DiscordSimulator, parts: EchoBotParts = {}): Promise<Client<true>> {
  const client = createEchoBot(simulator, parts);
  const ready = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(simulator.token);
  await ready;
  return client as Client<true>;
}

export function createEchoBot(
  { api }: Pick<DiscordSimulator, 'api'>,
  { intents, onCommand }: EchoBotParts = {},
): Client {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const client = new Client({
    intents: intents ?? [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: nobody,
    rest: { api },
  });
  client.on('error', () => {});
  client.on('messageCreate', (message) => {
    if (message.author.bot || (!message.mentions.users.has(client.user?.id ?? '') && message.guild)) return;
    void message.reply(`echo ${message.content.replace(/<@\d+>\s*/, '')}`);
  });
  client.on('interactionCreate', (interaction) => {
    answer(interaction, onCommand).catch((error: unknown) => client.emit('warn', String(error)));
  });
  return client;
}

async function answer(interaction: Interaction, onCommand: EchoBotParts['onCommand']): Promise<unknown> {
  if (interaction.isChatInputCommand()) {
    if (onCommand) return onCommand(interaction);
    const text = interaction.options.getString('text') ?? 'nothing';
    const button = { type: 2, style: 2, label: 'Again', custom_id: 'again' } as const;
    return interaction.reply({ content: `echo ${text}`, components: [{ type: 1, components: [button] }] });
  }
  if (interaction.isMessageContextMenuCommand()) return interaction.reply(`echo ${interaction.targetMessage.content}`);
  if (interaction.isButton()) return interaction.reply({ content: 'again', flags: MessageFlags.Ephemeral });
  if (interaction.isStringSelectMenu())
    return interaction.update({ content: interaction.values.join(), components: [] });
  if (interaction.isModalSubmit()) return interaction.reply(interaction.fields.getTextInputValue('words'));
  if (interaction.isAutocomplete())
    return interaction.respond([{ name: interaction.options.getFocused(), value: 'one' }]);
  return undefined;
}
