import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/channels/discord/connect.ts';
import { discordDoctorLines } from '../../../src/channels/discord/doctor-lines.ts';
import { endOfFailure } from '../../../src/channels/discord/gateway-end.ts';
import { createRestDiscordApi } from '../../../src/channels/discord/rest-discord-api.ts';
import type { DiscordConfig } from '../../../src/config.ts';
import { silentLog } from '../../../src/log.ts';
import { createDiscordSimulator } from '../../discord-simulator/discord-simulator.ts';
import { runningBot } from './running-bot.ts';

describe('start', () => {
  it('a wrong token > one clear sentence, and no second try', async () => {
    const { simulator, bot } = await runningBot({ gateway: { token: 'wrong.token.here' } });
    expect(await bot.start()).toEqual({
      sentence: 'Discord refuses DISCORD_TOKEN. Copy the token from the Developer Portal, page Bot, and start again.',
    });
    await pause(300);
    expect(simulator.matching(/gateway/u)).toHaveLength(1);
    expect((await bot.ended).sentence).toContain('DISCORD_TOKEN');
  });

  it('a token that is reset while connected > ends with the same sentence', async () => {
    const { simulator, bot, logged } = await runningBot();
    expect(await bot.start()).toBeNull();
    simulator.resetToken('another.token.now');
    simulator.gateway.close(4004);
    expect((await bot.ended).sentence).toContain('Discord refuses DISCORD_TOKEN.');
    expect(logged.filter((line) => line.startsWith('error'))).toHaveLength(1);
  });

  it.each([
    [4014, 'Discord does not allow the events that Nape asks for.'],
    [4013, 'Discord does not know the events that Nape asks for.'],
    [4010, 'Discord refuses the shards of DISCORD_SHARDS.'],
    [4011, 'The bot is on too many servers for one connection.'],
  ])('close %i > “%s …”', async (code, sentence) => {
    const { simulator, bot } = await runningBot();
    await bot.start();
    simulator.gateway.close(code);
    expect((await bot.ended).sentence).toContain(sentence);
  });

  it('what Nape asks for > holds no privileged intent', async () => {
    const { simulator, bot } = await runningBot();
    await bot.start();
    // Guilds, guild messages, direct messages.
    expect(simulator.identifies.map(({ intents }) => intents)).toEqual([(1 << 0) | (1 << 9) | (1 << 12)]);
  });

  it('an interface that is down > is tried again until it is up', async () => {
    const { simulator, bot, logged } = await runningBot({ simulator: { down: true }, gateway: { random: () => 0 } });
    const started = bot.start();
    await pause(300);
    await simulator.comeUp();
    expect(await started).toBeNull();
    expect(logged.some((line) => line.includes('trying again'))).toBe(true);
    const asked = await simulator.person('Ada').mention('what is shiatsu?');
    expect(asked.reply().text).toContain('Shiatsu');
  });

  it('a stop before the interface is up > ends the trying', async () => {
    const { bot } = await runningBot({ simulator: { down: true } });
    const started = bot.start();
    await pause(100);
    await bot.stop();
    expect(await started).toBeNull();
  });

  it('some shards of many > identify as those, of that number', async () => {
    const { simulator, bot } = await runningBot({
      simulator: { maxConcurrency: 16 },
      gateway: { shards: { ids: [2, 3], count: 16 } },
    });
    await bot.start();
    expect(simulator.identifies.map(({ shard }) => shard)).toEqual([
      [2, 16],
      [3, 16],
    ]);
  });

  it('auto > takes as many shards as Discord recommends', async () => {
    const { simulator, bot } = await runningBot({ simulator: { maxConcurrency: 4, shards: 3 } });
    await bot.start();
    expect(simulator.identifies.map(({ shard }) => shard[0]).sort()).toEqual([0, 1, 2]);
  });
});

describe('connect', () => {
  it('failures that may pass > are waited for twice as long each time, up to a minute', async () => {
    const waits: number[] = [];
    let tries = 0;
    const end = await connect({
      open: async () => {
        tries += 1;
        if (tries < 9) throw new Error('ECONNREFUSED');
      },
      describe: endOfFailure,
      sleep: async (ms) => void waits.push(ms),
      log: silentLog,
      signal: new AbortController().signal,
      random: () => 1,
    });
    expect(end).toBeNull();
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
});

describe('nape doctor', () => {
  const config: DiscordConfig = {
    token: 'a.b.c',
    applicationId: undefined,
    publicKey: undefined,
    shards: 'auto',
    limitPerMinute: 8,
  };

  it('no token > says so; a public key > says where', async () => {
    expect(await discordDoctorLines({ ...config, token: undefined }, null)).toMatchObject([
      { state: 'ok', text: 'the bot stays away from Discord; DISCORD_TOKEN is not set' },
    ]);
    expect(await discordDoctorLines({ ...config, token: undefined, publicKey: 'ab' }, null)).toMatchObject([
      { state: 'ok', text: 'interactions by HTTP are answered at /discord/interactions' },
    ]);
  });

  it('an Administrator > is warned of, with the permissions that are enough', async () => {
    const simulator = await createDiscordSimulator({ moreGuilds: 1 });
    try {
      const api = createRestDiscordApi({ token: simulator.token, api: simulator.api, pausesMs: [] });
      expect(await discordDoctorLines(config, api)).toMatchObject([
        { state: 'ok', text: 'the token is that of Nape, on 2 servers, all connections' },
      ]);
      simulator.guild.botPermissions = 8n;
      expect((await discordDoctorLines(config, api))[1]).toMatchObject({
        state: 'warning',
        text: 'the bot is Administrator on “Calm Spa”',
        nextStep:
          'Take that permission away; it needs only View Channel, Send Messages, Embed Links, Create Public Threads, Send Messages in Threads.',
      });
      const wrong = createRestDiscordApi({ token: 'wrong', api: simulator.api, pausesMs: [] });
      expect(await discordDoctorLines(config, wrong)).toMatchObject([
        { state: 'problem', text: 'Discord refuses DISCORD_TOKEN' },
      ]);
    } finally {
      await simulator.stop();
    }
    const gone = createRestDiscordApi({ token: 'any', api: simulator.api, pausesMs: [] });
    expect((await discordDoctorLines(config, gone))[0]?.state).toBe('problem');
  });
});
