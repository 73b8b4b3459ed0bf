import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordSimulator, type DiscordSimulator } from './discord-simulator.ts';
import { startEchoBot } from './echo-bot.ts';

let simulator: DiscordSimulator;
let client: Client;

beforeEach(async () => {
  simulator = await createDiscordSimulator();
  client = await startEchoBot(simulator);
});

afterEach(async () => {
  await client.destroy();
  await simulator.stop();
});

describe('a conversation with a bot on discord.js', () => {
  it('slash command, button, mention and direct message > are answered, and read as a transcript', async () => {
    const ada = simulator.person('Ada');
    const asked = await ada.slash('echo', { text: 'shiatsu' });
    expect(asked.reply().text).toBe('echo shiatsu');
    const pressed = await ada.click(asked.reply(), 'Again');
    expect(pressed.reply().isEphemeral).toBe(true);
    await ada.mention('and thai?');
    await ada.dm('psst');
    expect(simulator.transcript()).toBe(
      [
        '── #general',
        'Ada used /echo text: shiatsu',
        'Nape: echo shiatsu',
        '  [Again]',
        'Ada pressed [Again]',
        'Nape (only Ada sees this): again',
        'Ada: @Nape and thai?',
        'Nape (replying to Ada): echo and thai?',
        '── direct messages with Ada',
        'Ada: psst',
        'Nape (replying to Ada): echo psst',
      ].join('\n'),
    );
    expect(simulator.violations).toEqual([]);
  });
});
