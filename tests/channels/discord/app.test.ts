import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import type { Log } from '../../../src/log.ts';
import { createDiscordSimulator } from '../../discord-simulator/discord-simulator.ts';
import { root } from '../../repository/source-files.ts';

/** The whole application as it is configured by an owner, with a Discord on loopback. */
async function application(environment: Readonly<Record<string, string>> = {}) {
  const simulator = await createDiscordSimulator();
  const dataDir = await mkdtemp(join(tmpdir(), 'nape-discord-'));
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_fields, message) => void errors.push(message) };
  const given = { DISCORD_TOKEN: simulator.token, NAPE_DATA_DIR: dataDir, PORT: '0', ...environment };
  const app = await createApp({ config: readConfig(given, root), log, root, discordApi: simulator.api });
  onTestFinished(async () => {
    await app.close();
    await simulator.stop();
    await rm(dataDir, { recursive: true });
  });
  return { simulator, app, errors };
}

describe('the application with a Discord token', () => {
  it('serve > answers on Discord and on the web, and leaves both', async () => {
    const { simulator, app } = await application();
    const server = await app.serve();
    await simulator.until(() => simulator.gateway.isLive(), 'connected', 10_000);
    expect((await app.discord.register(null)).created).toContain('ask');
    const ada = simulator.person('Ada');
    const asked = await ada.slash('ask', { question: 'What is shiatsu?' });
    expect(asked.reply().text).toContain('Shiatsu grew out of traditions');
    const follow = await ada.slash('ask', { question: 'and thai massage?' });
    expect(follow.reply().text).toContain('Thai massage');
    expect((await ada.slash('faq')).reply().selects[0]?.options.length).toBeGreaterThan(10);
    expect((await ada.slash('topics')).reply().text).toContain('Specialized Approaches');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await server.stop();
    await simulator.until(() => simulator.gateway.connections() === 0, 'gone', 10_000);
    expect(simulator.violations).toEqual([]);
  });

  it('a token that Discord refuses > one line in the log, and the web is served', async () => {
    const { app, errors } = await application({ DISCORD_TOKEN: 'not.the.token' });
    const server = await app.serve();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await expect.poll(() => errors).toEqual([expect.stringContaining('Discord refuses DISCORD_TOKEN.')]);
    await server.stop();
    expect(await app.doctor()).toContainEqual(
      expect.objectContaining({ state: 'problem', subject: 'discord', text: 'Discord refuses DISCORD_TOKEN' }),
    );
    await expect(app.discord.join()).rejects.toThrow('Discord refuses DISCORD_TOKEN.');
  });

  it('nape discord > connects without the web, and knows its link and that it is gone', async () => {
    const { simulator, app } = await application();
    const joined = await app.discord.join();
    expect(joined).toMatchObject({ name: 'Nape', servers: 1 });
    expect(joined.invite).toContain(`client_id=${simulator.applicationId}&permissions=309237664768`);
    simulator.gateway.close(4014);
    expect(await joined.lost).toContain('Discord does not allow the events');
    await joined.stop();
  });

  it('a public key alone > answers by HTTP, and connects to nothing', async () => {
    const signed = await createDiscordSimulator();
    onTestFinished(() => signed.stop());
    const { simulator, app } = await application({ DISCORD_TOKEN: '', DISCORD_PUBLIC_KEY: signed.publicKey });
    const server = await app.serve();
    const ping = { id: '1', application_id: '2', type: 1, token: 't' };
    const request = signed.signer.sign(ping, String(Math.floor(Date.now() / 1_000)));
    const response = await fetch(`${server.url}/discord/interactions`, { method: 'POST', ...request });
    expect([response.status, await response.json()]).toEqual([200, { type: 1 }]);
    expect(simulator.requests).toEqual([]);
    await server.stop();
  });
});

describe('readConfig', () => {
  it.each([
    ['auto', 'auto'],
    ['4', { ids: [0, 1, 2, 3], count: 4 }],
    ['0-3/16', { ids: [0, 1, 2, 3], count: 16 }],
    ['15/16', { ids: [15], count: 16 }],
  ])('DISCORD_SHARDS=%s > is read', (text, shards) => {
    expect(readConfig({ DISCORD_SHARDS: text }, '/').discord.shards).toEqual(shards);
  });

  it.each(['0', 'all', '3-1/16', '16/16', '0-16/16', '1-2', '-1/4', '1.5'])(
    'DISCORD_SHARDS=%s > is refused',
    (text) => {
      expect(() => readConfig({ DISCORD_SHARDS: text }, '/')).toThrow('is not auto, a number such as 4, or a range');
    },
  );

  it('mistakes > are all told, the token itself is not', () => {
    const environment = { DISCORD_TOKEN: 'secret', DISCORD_APPLICATION_ID: 'x', DISCORD_PUBLIC_KEY: 'y' };
    expect(() => readConfig(environment, '/')).toThrow(
      /DISCORD_TOKEN=… is not a bot token[\s\S]*DISCORD_APPLICATION_ID=x is not[\s\S]*DISCORD_PUBLIC_KEY=y is not/u,
    );
    expect(() => readConfig(environment, '/')).not.toThrow('secret');
  });
});
