import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DiscordSimulator } from './discord-simulator.ts';
import { simulatorForTest } from './simulated-bot.ts';

/** A small endpoint; `checks` says whether it looks at signatures. */
async function endpoint({ publicKey }: DiscordSimulator, checks: boolean): Promise<string> {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { 'x-signature-ed25519': signature = '', 'x-signature-timestamp': time = '' } = request.headers;
    const isGood = verify(null, Buffer.from(`${time}${body}`), key, Buffer.from(String(signature), 'hex'));
    if (checks && !isGood) return void response.writeHead(401).end('invalid request signature');
    const { type, data } = JSON.parse(body);
    const reply =
      type === 1
        ? { type: 1 }
        : { type: 4, data: { content: `echo ${data.options[0].value}`, allowed_mentions: { parse: [] } } };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('interactions over an outgoing webhook', () => {
  it('a signed interaction > is answered by the reply to its request', async () => {
    const simulator = await simulatorForTest();
    simulator.sendInteractionsTo(await endpoint(simulator, true));
    const asked = await simulator.person('Ada').slash('ask', { question: 'shiatsu' });
    expect(asked.reply().text).toBe('echo shiatsu');
    expect(simulator.webhookReplies).toMatchObject([{ status: 200 }]);
    expect(simulator.violations).toEqual([]);
  });

  it('an endpoint that is not there > leaves the person without an answer', async () => {
    const simulator = await simulatorForTest();
    simulator.sendInteractionsTo('http://127.0.0.1:1/');
    const asked = await simulator.person('Ada').slash('ask', { question: 'x' }, { patience: 'sent' });
    await simulator.until(() => simulator.webhookReplies.length > 0, 'the failure');
    simulator.clock.advance(3001);
    expect(simulator.transcript()).toContain('The application did not respond');
    expect(asked.replies()).toEqual([]);
  });

  it('the check of an endpoint > passes one that verifies and fails one that does not', async () => {
    const simulator = await simulatorForTest();
    expect(await simulator.checkEndpoint(await endpoint(simulator, true))).toEqual({
      answersPing: true,
      refusesForgeries: true,
    });
    expect(await simulator.checkEndpoint(await endpoint(simulator, false))).toEqual({
      answersPing: true,
      refusesForgeries: false,
    });
  });
});
