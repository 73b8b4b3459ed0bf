import { describe, expect, it, onTestFinished } from 'vitest';
import { createVerifySignature } from '../../../src/channels/discord/verify-signature.ts';
import { createHttpServer } from '../../../src/channels/http/server.ts';
import { silentLog } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import { createSigner } from '../../discord-simulator/signed-request.ts';
import { nape, type RunningBotOptions, runningBot } from './running-bot.ts';

/** The bot behind Nape's own web server, without a gateway. */
async function webBot(options: RunningBotOptions = {}) {
  const running = await runningBot({ gateway: null, registers: true, ...options });
  const server = createHttpServer({
    ask: nape.ask,
    store: running.store,
    metrics: createMetrics({ clock: () => performance.now() }),
    passage: () => undefined,
    suggestions: () => [],
    faq: () => ({ entries: [], titles: [], language: 'en', disclosure: '' }),
    ready: () => ({ ready: true, detail: '' }),
    discord: running.bot.http,
    log: silentLog,
  });
  const { url } = await server.start({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.stop());
  const endpoint = `${url}/discord/interactions`;
  running.simulator.sendInteractionsTo(endpoint);
  return { ...running, endpoint };
}

describe('POST /discord/interactions', () => {
  it('a command, a button and typing > are answered as over the gateway, in the reply itself', async () => {
    const { simulator } = await webBot({ faq: [{ question: 'What is shiatsu?' }] });
    const ada = simulator.person('Ada');
    const asked = await ada.slash('ask', { question: 'What is shiatsu?' });
    expect(asked.reply().text).toContain('Shiatsu grew out of traditions');
    const passages = await ada.click(asked.reply(), 'Show passages');
    expect(passages.reply().isEphemeral).toBe(true);
    const typed = await ada.autocomplete('ask', { question: 'shi' });
    expect(typed.choices()).toHaveLength(1);
    expect(simulator.webhookReplies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(simulator.matching(/callback/u)).toEqual([]);
    expect(simulator.violations).toEqual([]);
  });

  it('a passage list that is too long for one message > follows after the reply', async () => {
    const { simulator, store } = await webBot();
    const passages = nape.index.passages.map(({ id }) => id);
    const conversation = await store.conversations.findOrCreate({ channel: 'discord', key: 'k', owner: 'o' });
    const base = { asked: 'a', question: 'a', outcome: 'answered', reason: null, listed: [], suggestions: [] } as const;
    const turn = { ...base, turnId: 'turn', passages, isCrisis: false, at: Date.now(), answer: null };
    expect(await store.conversations.append(conversation.id, turn)).toBe(true);
    const ada = simulator.person('Ada');
    const asked = await ada.slash('ask', { question: 'What is shiatsu?' });
    const button = asked.reply().message.components[0]?.components as { custom_id: string }[];
    const pressed = button.find(({ custom_id: id }) => id.startsWith('passages:'));
    if (!pressed) throw new Error('no button');
    pressed.custom_id = 'passages:turn';
    const shown = await ada.click(asked.reply().message, 'Show passages');
    await shown.settled(1_500);
    expect(shown.replies().length).toBeGreaterThan(2);
    expect(shown.replies().every(({ isEphemeral }) => isEphemeral)).toBe(true);
    expect(simulator.violations).toEqual([]);
  });

  it('a ping > is answered; anything unsigned, altered, old or repeated is not', async () => {
    const { simulator, endpoint } = await webBot();
    const post = (request: { readonly headers: object; readonly body: string }, changes: object = {}) =>
      fetch(endpoint, {
        method: 'POST',
        headers: { ...request.headers, 'content-type': 'application/json' } as Record<string, string>,
        body: request.body,
        ...changes,
      });
    const ping = { id: '1', application_id: '2', type: 1, token: 't', version: 1 };
    const seconds = (ms: number) => String(Math.floor((Date.now() + ms) / 1_000));
    const signed = simulator.signer.sign(ping, seconds(0));
    const answered = await post(signed);
    expect([answered.status, await answered.json()]).toEqual([200, { type: 1 }]);
    expect((await post(signed)).status).toBe(401);
    expect((await post(simulator.signer.sign(ping, seconds(-6 * 60_000)))).status).toBe(401);
    expect((await post(simulator.signer.sign(ping, seconds(6 * 60_000)))).status).toBe(401);
    expect(
      (await post({ ...simulator.signer.sign(ping, seconds(1_000)), body: JSON.stringify(ping).replace('1', '9') }))
        .status,
    ).toBe(401);
    expect((await post({ headers: {}, body: '{}' })).status).toBe(401);
    expect((await post(createSigner().sign(ping, seconds(2_000)))).status).toBe(401);
    expect((await post(simulator.signer.sign({ not: 'an interaction' }, seconds(3_000)))).status).toBe(400);
    expect(simulator.requests.filter(({ path }) => path.includes('callback'))).toEqual([]);
  });

  it('without a public key > there is nothing at this address', async () => {
    const { simulator, endpoint } = await webBot({ parts: { publicKey: null } });
    const request = simulator.signer.sign({ type: 1 }, '1');
    const response = await fetch(endpoint, { method: 'POST', ...request });
    expect(response.status).toBe(404);
  });

  it('two replicas that get the same interaction > answer once', async () => {
    const { simulator, bot } = await webBot();
    const payload = {
      id: '1',
      application_id: simulator.applicationId,
      type: 2,
      token: 't',
      channel_id: '5',
      user: { id: '6' },
      data: { id: '7', name: 'help', type: 1 },
    };
    const request = (offset: number) => {
      const timestamp = String(Math.floor(Date.now() / 1_000) - offset);
      const { body, headers } = simulator.signer.sign(payload, timestamp);
      const signature = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-signature-ed25519')?.[1];
      return bot.http?.({ body: new TextEncoder().encode(body), signature, timestamp });
    };
    const replies = await Promise.all([request(0), request(1)]);
    expect(replies.map((reply) => reply?.status).sort()).toEqual([200, 202]);
  });
});

describe('createVerifySignature', () => {
  it('a key that is none > throws', () => {
    expect(() => createVerifySignature('00', () => 0)).toThrow(RangeError);
  });

  it('a signature in other letters, of another length, or a time stamp that is none > is refused unread', () => {
    const signer = createSigner();
    const verify = createVerifySignature(signer.publicKey, () => 1_000_000);
    const { body, headers } = signer.sign({ type: 1 }, '1000');
    const signature = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-signature-ed25519')?.[1] ?? '';
    const bytes = new TextEncoder().encode(body);
    const check = (change: object) => verify({ body: bytes, signature, timestamp: '1000', ...change });
    expect(check({})).toBe(true);
    expect(check({ signature: signature.toUpperCase() })).toBe(true);
    expect(check({ signature: `${signature}00` })).toBe(false);
    expect(check({ signature: undefined })).toBe(false);
    expect(check({ signature: 'z'.repeat(128) })).toBe(false);
    for (const timestamp of [undefined, '', '-1000', '1e3', ' 1000', '1000.0', '1001', '9'.repeat(13)]) {
      expect([timestamp, check({ timestamp })]).toEqual([timestamp, false]);
    }
  });
});
