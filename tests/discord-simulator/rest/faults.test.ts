import { setTimeout as wait } from 'node:timers/promises';
import type { TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createDiscordSimulator } from '../discord-simulator.ts';
import { createEchoBot } from '../echo-bot.ts';
import { simulatedBot, simulatorForTest } from '../simulated-bot.ts';
import { createFaults } from './faults.ts';

const toMessages = /^POST \/channels\/\d+\/messages$/;

async function textChannel(...options: Parameters<typeof simulatedBot>) {
  const bot = await simulatedBot(...options);
  return { ...bot, channel: (await bot.client.channels.fetch(bot.simulator.channel.id)) as TextChannel };
}

describe('createFaults', () => {
  it('a fault > is met as often as told, after as many requests as told', () => {
    const faults = createFaults();
    faults.add({ on: /^GET/, effect: { status: 500 }, times: 2, after: 1 });
    expect(
      ['GET /a', 'POST /a', 'GET /b', 'GET /c', 'GET /d'].map((request) => faults.next(request)?.valueOf() ?? null),
    ).toEqual([null, null, { status: 500 }, { status: 500 }, null]);
    expect(faults.pending()).toBe(0);
  });
});

describe('a bot on discord.js that meets a fault', () => {
  it('429 of a route > waits as long as it is told and sends again', async () => {
    const { channel, simulator } = await textChannel();
    simulator.fault({ on: toMessages, effect: { rateLimit: { retryAfterSeconds: 0.4 } } });
    const started = performance.now();
    await channel.send('one');
    // The header says whole seconds.
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(simulator.matching(toMessages).map(({ status }) => status)).toEqual([429, 200]);
    expect(simulator.matching(toMessages)[0]?.reply).toEqual({
      message: 'You are being rate limited.',
      retry_after: 0.4,
      global: false,
    });
  });

  it('429 for everything > holds back other routes too', async () => {
    const { channel, client, simulator } = await textChannel();
    simulator.fault({ on: toMessages, effect: { rateLimit: { retryAfterSeconds: 1, scope: 'global' } } });
    const sent = channel.send('one');
    await simulator.until(() => simulator.matching(toMessages).some(({ status }) => status === 429), 'the limit');
    // The reply is on its way.
    await wait(100);
    const started = performance.now();
    await client.users.fetch(simulator.person('Ada').id, { force: true });
    expect(performance.now() - started).toBeGreaterThan(700);
    await sent;
  });

  it('a limited route > answers with its headers, and discord.js keeps within them', async () => {
    const { channel, simulator } = await textChannel({
      rateLimits: [{ on: /^POST \/channels\/:channel\/messages$/, limit: 2, windowMs: 600 }],
    });
    const started = performance.now();
    for (const text of ['one', 'two', 'three']) await channel.send(text);
    expect(performance.now() - started).toBeGreaterThan(500);
    expect(simulator.matching(toMessages).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('more than the global limit > is 429', async () => {
    const simulator = await simulatorForTest({ globalPerSecond: 2 });
    const get = () => fetch(`${simulator.api}/v10/users/@me`, { headers: { authorization: `Bot ${simulator.token}` } });
    const [one, two, three] = [await get(), await get(), await get()];
    expect([one?.status, two?.status, three?.status]).toEqual([200, 200, 429]);
    expect(three?.headers.get('x-ratelimit-global')).toBe('true');
    expect(await three?.json()).toMatchObject({ global: true });
  });

  it('503 > sends again', async () => {
    const { channel, simulator } = await textChannel();
    simulator.fault({ on: toMessages, effect: { status: 503 }, times: 2 });
    await channel.send('one');
    expect(simulator.matching(toMessages).map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it('403 > fails with the code', async () => {
    const { channel, simulator } = await textChannel();
    simulator.fault({ on: toMessages, effect: { status: 403, code: 50_013, message: 'Missing Permissions' } });
    await expect(channel.send('one')).rejects.toMatchObject({ code: 50_013 });
  });

  it('a socket destroyed before > fails and nothing was sent; after > fails although it was', async () => {
    const { channel, simulator } = await textChannel();
    simulator.fault({ on: toMessages, effect: { destroySocket: 'before' } });
    await expect(channel.send('one')).rejects.toThrow();
    expect(simulator.transcript()).toBe('');
    simulator.fault({ on: toMessages, effect: { destroySocket: 'after' } });
    await expect(channel.send('two')).rejects.toThrow();
    expect(simulator.transcript()).toContain('Nape: two');
  });

  it('a socket that is reset > is tried again by discord.js, so that what was carried out happens twice', async () => {
    const { channel, simulator } = await textChannel();
    simulator.fault({ on: toMessages, effect: { destroySocket: 'after', reset: true } });
    await channel.send('one');
    expect(simulator.transcript()).toBe('── #general\nNape: one\nNape: one');
  });

  it('a late reply, a page of HTML > arrive', async () => {
    const simulator = await simulatorForTest();
    simulator.fault({ on: /users/, effect: { delayMs: 150 } });
    simulator.fault({ on: /users/, effect: { html: true } });
    const get = () => fetch(`${simulator.api}/users/@me`, { headers: { authorization: `Bot ${simulator.token}` } });
    const started = performance.now();
    expect((await get()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
    expect(await (await get()).text()).toContain('<html>');
  });

  it('an API that is down at the start > refuses the login, and lets it in when it is up', async () => {
    const simulator = await createDiscordSimulator({ down: true });
    const client = createEchoBot(simulator);
    await expect(client.login(simulator.token)).rejects.toThrow('ECONNREFUSED');
    await simulator.comeUp();
    await client.login(simulator.token);
    await client.destroy();
    await simulator.stop();
  });

  it('a wrong token, an unknown route, a wrong method, broken JSON > are refused', async () => {
    const simulator = await simulatorForTest();
    const status = async (path: string, init: RequestInit = {}) => {
      const headers = { authorization: `Bot ${simulator.token}`, ...init.headers };
      return (await fetch(`${simulator.api}${path}`, { ...init, headers })).status;
    };
    expect(await status('/users/@me', { headers: { authorization: 'Bot wrong' } })).toBe(401);
    expect(await status('/users/@me/nothing/here')).toBe(404);
    expect(await status('/users/@me', { method: 'DELETE' })).toBe(405);
    expect(await status('/users/@me/channels', { method: 'POST', body: '{' })).toBe(400);
    expect(simulator.invalidRequests()).toBe(1);
  });
});
