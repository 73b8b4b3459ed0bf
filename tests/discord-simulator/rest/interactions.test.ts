import { setTimeout as wait } from 'node:timers/promises';
import { type ChatInputCommandInteraction, MessageFlags, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordSimulator } from '../discord-simulator.ts';
import { type SimulatedBot, simulatedBot } from '../simulated-bot.ts';

/** Runs a command in a bot and tells what became of it. */
async function run(
  onCommand: (interaction: ChatInputCommandInteraction, simulator: DiscordSimulator) => Promise<unknown>,
  patience: 'sent' | 'acknowledged' | 'shown' = 'shown',
) {
  let ended: (outcome: unknown) => void = () => {};
  const outcome = new Promise((resolve) => {
    ended = resolve;
  });
  const bot: SimulatedBot = await simulatedBot(
    {},
    { onCommand: (interaction) => onCommand(interaction, bot.simulator).then(ended, ended) },
  );
  const ada = bot.simulator.person('Ada');
  const exchange = await ada.slash('ask', { question: 'x' }, { patience });
  return { ...bot, ada, exchange, outcome };
}

describe('responses to an interaction', () => {
  it('a deferral > shows that the bot thinks, keeps its visibility, and is filled by an edit', async () => {
    const { simulator, exchange, outcome } = await run(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await wait(50);
      await interaction.editReply('done');
      await interaction.followUp('and for all');
    }, 'acknowledged');
    expect(exchange.reply()).toMatchObject({ isLoading: true, isEphemeral: true });
    expect(simulator.transcript()).toContain('Nape (only Ada sees this): … is thinking');
    await outcome;
    expect(exchange.replies().map(({ text, isEphemeral }) => [text, isEphemeral])).toEqual([
      ['done', true],
      ['and for all', false],
    ]);
    expect(simulator.violations).toEqual([]);
  });

  it('the first follow-up of a deferral > takes its place and its visibility', async () => {
    const { simulator, exchange, outcome } = await run(async (interaction) => {
      await interaction.deferReply();
      await interaction.followUp({ content: 'secret', flags: MessageFlags.Ephemeral });
    });
    await outcome;
    expect(exchange.replies().map(({ text, isEphemeral }) => [text, isEphemeral])).toEqual([['secret', false]]);
    expect(simulator.violations.map(({ code, kind }) => [code, kind])).toEqual([['FLAGS_DROPPED', 'ignored']]);
  });

  it('a second response > is 40060', async () => {
    const { client, exchange, outcome, simulator } = await run((interaction) => interaction.reply('one'));
    await outcome;
    const { id, token } = exchange.interaction!;
    const again = client.rest.post(Routes.interactionCallback(id, token), { body: { type: 5 }, auth: false });
    await expect(again).rejects.toMatchObject({ code: 40_060, status: 400 });
    expect(simulator.violations.map(({ code }) => code)).toEqual(['40060']);
  });

  it.each([
    [2500, 'done'],
    [3100, 10_062],
  ])('after %i ms > %s', async (ms, expected) => {
    const { simulator, exchange, outcome } = await run(async (interaction, { clock }) => {
      clock.advance(interaction.createdTimestamp + ms - clock.now());
      await interaction.reply('done');
    }, 'sent');
    const error = await outcome;
    if (expected === 'done') return expect(exchange.reply().text).toBe('done');
    expect(error).toMatchObject({ code: expected, status: 404 });
    expect(simulator.transcript()).toContain('The application did not respond');
  });

  it('the token > lives for 15 minutes', async () => {
    const { simulator, client, exchange } = await run((interaction) => interaction.reply('done'));
    const path = Routes.webhookMessage(client.application.id, exchange.interaction!.token);
    const edit = (content: string) =>
      client.rest.patch(path, { body: { content, allowed_mentions: { parse: [] } }, auth: false });
    simulator.clock.advance(14 * 60_000);
    await expect(edit('edited')).resolves.toMatchObject({ content: 'edited' });
    simulator.clock.advance(61_000);
    await expect(edit('too late')).rejects.toMatchObject({ code: 50_027, status: 401 });
    expect(exchange.reply().text).toBe('edited');
  });

  it('a follow-up before any response > is an unknown webhook', async () => {
    const { client, exchange } = await run(async () => undefined, 'sent');
    const path = Routes.webhook(client.application.id, exchange.interaction!.token);
    await expect(client.rest.post(path, { body: { content: 'x' }, auth: false })).rejects.toMatchObject({
      code: 10_015,
    });
  });

  it('an update or choices > do not fit a command', async () => {
    const { client, exchange } = await run(async () => undefined, 'sent');
    const { id, token } = exchange.interaction!;
    for (const type of [1, 6, 7, 8]) {
      const response = client.rest.post(Routes.interactionCallback(id, token), {
        body: { type, data: { choices: [] } },
        auth: false,
      });
      await expect(response).rejects.toMatchObject({
        code: 50_035,
        rawError: { errors: { type: { _errors: [{ code: 'BASE_TYPE_CHOICES' }] } } },
      });
    }
  });

  it('too much text > is refused with the place of the fault, and the command can still be answered', async () => {
    const { exchange, outcome, simulator } = await run(async (interaction) => {
      const failed = await interaction.reply('x'.repeat(2001)).catch((error: unknown) => error);
      await interaction.reply('short');
      return failed;
    });
    expect(await outcome).toMatchObject({
      code: 50_035,
      rawError: {
        errors: {
          data: {
            content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
          },
        },
      },
    });
    expect(exchange.reply().text).toBe('short');
    expect(simulator.violations).toHaveLength(1);
  });

  it('withResponse > brings the message', async () => {
    const { outcome } = await run(async (interaction) => {
      const { resource } = await interaction.reply({ content: 'done', withResponse: true });
      return resource?.message?.content;
    });
    expect(await outcome).toBe('done');
  });

  it('deleted and fetched replies > are gone, or there', async () => {
    const { exchange, outcome } = await run(async (interaction) => {
      await interaction.reply('done');
      const fetched = await interaction.fetchReply();
      await interaction.deleteReply();
      return fetched.content;
    });
    expect(await outcome).toBe('done');
    expect(exchange.replies()).toEqual([]);
  });
});

describe('components, menus, forms and choices', () => {
  it('a context menu > carries the message with its content', async () => {
    const { simulator } = await simulatedBot();
    const ada = simulator.person('Ada');
    const { question } = await simulator.person('Ben').say('my words');
    const exchange = await ada.contextMenu('Ask Nape about this', question!);
    expect(exchange.reply().text).toBe('echo my words');
  });

  it('a menu > updates its message; a form > comes back with its words', async () => {
    const { simulator } = await simulatedBot(
      {},
      {
        onCommand: async (interaction) => {
          if (interaction.commandName === 'form') {
            const input = { type: 4, custom_id: 'words', style: 1, label: 'Words' } as const;
            return interaction.showModal({
              title: 'Form',
              custom_id: 'form',
              components: [{ type: 1, components: [input] }],
            });
          }
          const options = [
            { label: 'One', value: '1' },
            { label: 'Two', value: '2' },
          ];
          return interaction.reply({
            content: 'pick',
            components: [{ type: 1, components: [{ type: 3, custom_id: 'pick', options }] }],
          });
        },
      },
    );
    const ada = simulator.person('Ada');
    const menu = await ada.slash('menu');
    const picked = await ada.select(menu.reply(), ['Two']);
    expect(picked.reply().text).toBe('2');
    const form = await ada.slash('form');
    expect(form.modal()).toMatchObject({ title: 'Form' });
    const sent = await ada.submitModal(form, { words: 'from the form' });
    expect(sent.reply().text).toBe('from the form');
    expect(simulator.transcript()).toContain('Ada used /form\n  (form: Form)\nAda sent the form');
    expect(simulator.violations).toEqual([]);
  });

  it('typing into an option > brings choices', async () => {
    const { simulator } = await simulatedBot();
    const typed = await simulator.person('Ada').autocomplete('ask', { question: 'shi' });
    expect(typed.choices()).toEqual([{ name: 'shi', value: 'one' }]);
  });

  it('a button of a message that one does not see, or that is not there > cannot be pressed', async () => {
    const { simulator } = await simulatedBot(
      {},
      {
        onCommand: (interaction) =>
          interaction.reply({
            content: 'x',
            flags: MessageFlags.Ephemeral,
            components: [
              { type: 1, components: [{ type: 2, style: 1, label: 'Off', custom_id: 'off', disabled: true }] },
            ],
          }),
      },
    );
    const asked = await simulator.person('Ada').slash('ask');
    await expect(simulator.person('Ben').click(asked.reply(), 'Off')).rejects.toThrow('does not see');
    await expect(simulator.person('Ada').click(asked.reply(), 'Off')).rejects.toThrow('cannot be pressed');
    await expect(simulator.person('Ada').click(asked.reply(), 'On')).rejects.toThrow(
      'there is no button On; there are Off',
    );
  });
});
