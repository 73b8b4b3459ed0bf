import { Client, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DiscordSimulator } from '../discord-simulator.ts';
import { createEchoBot, nobody, startEchoBot } from '../echo-bot.ts';
import { simulatedBot, simulatorForTest } from '../simulated-bot.ts';

const { Guilds, GuildMessages, MessageContent, GuildMembers } = GatewayIntentBits;

/** Whether the bot hears of what happened to it, by a message that it has to answer. */
async function answers(simulator: DiscordSimulator, text: string): Promise<string> {
  const exchange = await simulator.person('Ada').mention(text);
  return exchange.reply().text;
}

/** What a login comes to: `ready`, or the words of the error. */
async function login(simulator: DiscordSimulator, parts: Parameters<typeof createEchoBot>[1] = {}): Promise<string> {
  const client = createEchoBot(simulator, parts);
  onTestFinished(() => client.destroy());
  const ready = new Promise<string>((resolve) => client.once(Events.ClientReady, () => resolve('ready')));
  const failed = new Promise<string>((resolve) => client.once(Events.Error, ({ message }) => resolve(message)));
  const refused = client.login(simulator.token).then(
    () => ready,
    ({ message }: Error) => message,
  );
  return Promise.race([ready, failed, refused]);
}

describe('starting', () => {
  it('READY and GUILD_CREATE > make the guilds, channels and the bot known', async () => {
    const { client, simulator } = await simulatedBot({ moreGuilds: 2 });
    expect(client.guilds.cache.map(({ name }) => name).sort()).toEqual(['Calm Spa', 'Spa 2', 'Spa 3']);
    expect(client.channels.cache.get(simulator.channel.id)?.isTextBased()).toBe(true);
    expect(client.guilds.cache.get(simulator.guild.id)?.members.me?.permissions.has('SendMessages')).toBe(true);
    expect(client.guilds.cache.get(simulator.guild.id)?.members.me?.permissions.has('Administrator')).toBe(false);
    expect(simulator.identifies).toMatchObject([
      { intents: Guilds | GuildMessages | GatewayIntentBits.DirectMessages, shard: [0, 1], refused: null },
    ]);
  });

  it('a token that is reset between REST and the gateway > 4004', async () => {
    const simulator = await simulatorForTest();
    simulator.fault({ on: /^GET \/gateway\/bot/, effect: { delayMs: 100 } });
    const told = login(simulator);
    await simulator.until(() => simulator.matching(/gateway/).length > 0, 'the first request');
    setTimeout(() => simulator.resetToken('another'), 50);
    expect(await told).toBe('Authentication failed');
    expect(simulator.identifies).toMatchObject([{ refused: 4004 }]);
  });

  it.each([
    ['a privileged intent that was not granted', [Guilds, MessageContent], [], 'Used disallowed intents', 4014],
    ['another one', [Guilds, GuildMembers], ['messageContent'], 'Used disallowed intents', 4014],
    ['one that was granted', [Guilds, MessageContent], ['messageContent'], 'ready', null],
    ['an intent that there is not', [Guilds, 1 << 19], [], 'Used invalid intents', 4013],
  ] as const)('%s > %s', async (_, intents, grantedIntents, told, refused) => {
    const simulator = await simulatorForTest({ grantedIntents });
    expect(await login(simulator, { intents })).toBe(told);
    expect(simulator.identifies).toMatchObject([{ refused }]);
  });

  it('more than 2,500 guilds on one shard > 4011', async () => {
    const simulator = await simulatorForTest({ moreGuilds: 2500 });
    expect(await login(simulator)).toBe('Sharding is required');
  });

  it('two shards > hear of their own guilds only', async () => {
    const simulator = await simulatorForTest({ moreGuilds: 5, maxConcurrency: 2 });
    const sharded = (shards: number[]) =>
      new Client({ intents: [Guilds], shards, shardCount: 2, rest: { api: simulator.api } });
    const names = await Promise.all(
      [[0], [1]].map(async (shards) => {
        const client = sharded(shards);
        onTestFinished(() => client.destroy());
        const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
        await client.login(simulator.token);
        await ready;
        return client.guilds.cache.map(({ name }) => name);
      }),
    );
    expect(names.flat().sort()).toEqual(['Calm Spa', 'Spa 2', 'Spa 3', 'Spa 4', 'Spa 5', 'Spa 6']);
    expect(names.every((own) => own.length > 0)).toBe(true);
  });
});

describe('what a bot hears', () => {
  it.each([
    ['without the intent, a message that does not name the bot', [], [Guilds, GuildMessages], 'hello', ''],
    ['without the intent, a message that names it', [], [Guilds, GuildMessages], 'mention', '<@BOT> mention'],
    ['with the intent', ['messageContent'], [Guilds, GuildMessages, MessageContent], 'hello', 'hello'],
    ['granted but not asked for', ['messageContent'], [Guilds, GuildMessages], 'hello', ''],
  ] as const)('%s > content as the intent allows', async (_, grantedIntents, intents, text, content) => {
    const { simulator, client } = await simulatedBot({ grantedIntents }, { intents });
    const heard = new Promise<string>((resolve) =>
      client.once(Events.MessageCreate, (message) => resolve(message.content)),
    );
    const ada = simulator.person('Ada');
    if (text === 'mention') void ada.mention(text, { patience: 'sent' });
    else void ada.say(text);
    expect(await heard).toBe(content.replace('BOT', simulator.applicationId));
  });

  it('a reply to the bot > has content when it pings the bot and none when it does not', async () => {
    const { simulator, client } = await simulatedBot();
    const ada = simulator.person('Ada');
    const asked = await ada.mention('one');
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ author, content }) => void (author.bot || heard.push(content)));
    await ada.reply(asked.reply(), 'two', { patience: 'sent' });
    await ada.reply(asked.reply(), 'three', { patience: 'sent', ping: false });
    await simulator.until(() => heard.length === 2, 'both');
    expect(heard).toEqual(['two', '']);
  });

  it('without an intent for messages > none', async () => {
    const { simulator, client } = await simulatedBot({}, { intents: [Guilds] });
    const heard: unknown[] = [];
    client.on(Events.MessageCreate, (message) => heard.push(message));
    await simulator.person('Ada').say('hello');
    await simulator.quiet(100);
    expect(heard).toEqual([]);
  });

  it('two sessions > both hear the same', async () => {
    const simulator = await simulatorForTest({ maxConcurrency: 1 });
    const one = await startEchoBot(simulator);
    simulator.clock.advance(6000);
    const two = await startEchoBot(simulator);
    onTestFinished(async () => {
      await Promise.all([one.destroy(), two.destroy()]);
    });
    const asked = await simulator.person('Ada').mention('hello');
    await asked.settled();
    expect(asked.replies().map(({ text }) => text)).toEqual(['echo hello', 'echo hello']);
    expect(nobody.parse).toEqual([]);
  });
});

describe('what can happen to a connection', () => {
  const happenings: readonly (readonly [string, (simulator: DiscordSimulator) => void, 'resume' | 'stays'])[] = [
    ['RECONNECT', ({ gateway }) => gateway.reconnect(), 'resume'],
    ['an invalid session that can be resumed', ({ gateway }) => gateway.invalidate(true), 'resume'],
    ['close 4000', ({ gateway }) => gateway.close(4000), 'resume'],
    ['close 4008', ({ gateway }) => gateway.close(4009), 'resume'],
    ['a socket reset', ({ gateway }) => gateway.destroySockets(), 'resume'],
    ['a zombie', ({ gateway }) => gateway.freeze(), 'resume'],
    ['a heartbeat asked for', ({ gateway }) => gateway.requestHeartbeat(), 'stays'],
    ['nonsense', ({ gateway }) => gateway.sendRaw('{"op":'), 'stays'],
  ];

  it.each(happenings)('%s > recovers, and hears what it missed', async (_, happen, outcome) => {
    const { simulator } = await simulatedBot({ heartbeatMs: 400 });
    expect(await answers(simulator, 'before')).toBe('echo before');
    happen(simulator);
    expect(await answers(simulator, 'meanwhile')).toBe('echo meanwhile');
    if (outcome === 'resume') await simulator.until(() => simulator.gateway.log.includes('resume'), 'the resume');
    else expect(simulator.gateway.log).not.toContain('resume');
    expect(simulator.identifies).toHaveLength(1);
  });

  it('a heartbeat > is sent within its interval, and acknowledged', async () => {
    const { simulator, client } = await simulatedBot({ heartbeatMs: 100 });
    await simulator.until(
      () => simulator.gateway.log.filter((what) => what === 'heartbeat').length > 2,
      'three of them',
    );
    expect(client.ws.ping).toBeGreaterThanOrEqual(0);
    expect(simulator.gateway.log).not.toContain('resume');
  });

  it('an event that comes twice > is heard once by discord.js', async () => {
    const { simulator } = await simulatedBot();
    const asked = await simulator.person('Ada').mention('hello');
    simulator.gateway.repeatLast('MESSAGE_CREATE');
    await asked.settled();
    expect(asked.replies()).toHaveLength(1);
  });

  it('an interaction that comes twice > reaches the bot twice, and its second response is refused', async () => {
    const { simulator, client } = await simulatedBot();
    const warnings: string[] = [];
    client.on('warn', (message) => warnings.push(message));
    const asked = await simulator.person('Ada').slash('ask', { text: 'x' });
    simulator.gateway.repeatLast('INTERACTION_CREATE');
    await simulator.until(() => warnings.length > 0, 'the refusal');
    expect(warnings[0]).toContain('already been acknowledged');
    expect(asked.replies()).toHaveLength(1);
  });

  it('close 4004 > ends it', async () => {
    const { simulator, client } = await simulatedBot();
    const ended = new Promise((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
    simulator.gateway.close(4004);
    expect(await ended).toBe(4004);
    await simulator.quiet(700);
    expect(simulator.gateway.connections()).toBe(0);
  });
});
