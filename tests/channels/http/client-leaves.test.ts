import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askOver } from '../../conversation/ask-over.ts';
import { modelOver } from '../../conversation/model-over.ts';
import { type OpenAiServer, startOpenAiServer } from '../../openai-server/openai-server.ts';
import { eventStream, startServer } from './running-server.ts';

let model: OpenAiServer;
let ask: Awaited<ReturnType<typeof modelOver>>;

beforeAll(async () => {
  const article = readFileSync(new URL('../../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
  const nape = await askOver({ 'neck-and-spine-massage.md': article });
  // Some 3 s for the whole reply.
  const claims = ['involves applying pressure to particular points of the body', 'helps to release tension'];
  const further = ['helps to improve energy flow', 'promotes a state of relaxation'];
  const reply = () => [...claims, ...further].map((claim) => `Shiatsu ${claim}. [1] `).join('');
  model = await startOpenAiServer({ reply, pieceLength: 4, pauseMs: 50 });
  ask = await modelOver({ nape, url: model.url, deadlineMs: 20_000 });
});
afterAll(() => model.close());
beforeEach(() => model.reset());

/** Asks for a stream and leaves when the first verified sentence is there. */
async function leaveAfterFirstSentence(url: string, headers: Readonly<Record<string, string>>) {
  const client = new AbortController();
  const response = await fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...eventStream, ...headers },
    body: JSON.stringify({ question: 'What is shiatsu?' }),
    signal: client.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('event: sentence-verified')) text += (await reader.read()).value ?? '';
  client.abort();
  await reader.cancel().catch(() => {});
  return /"turnId":"([^"]+)"/.exec(text)?.[1] ?? '';
}

describe('a client that leaves while a model writes', () => {
  it('without an idempotency key > the call to the model is aborted within 1 s', async () => {
    const { url } = await startServer({ ask });
    await leaveAfterFirstSentence(url, {});
    const leftAt = performance.now();
    expect(await model.requests[0]!.wasAborted).toBe(true);
    expect(performance.now() - leftAt).toBeLessThan(1_000);
  });

  it('with a key > the model finishes, and the rest is fetched without asking it again', async () => {
    const { url } = await startServer({ ask });
    const turnId = await leaveAfterFirstSentence(url, { 'idempotency-key': 'k' });
    await sleep(100);
    const rest = await (await fetch(`${url}/api/turns/${turnId}/events`, { headers: { 'last-event-id': '3' } })).text();
    expect(rest).toMatch(/^event: sentence-verified\n/u);
    expect(rest).toContain('event: answer-end');
    expect(rest).toContain('"mode":"generated"');
    expect(await model.requests[0]!.wasAborted).toBe(false);
    expect(model.requests).toHaveLength(1);
  });

  it('a stop > the call to the model is aborted within 1 s, also with a key', async () => {
    const { url } = await startServer({ ask });
    const turnId = await leaveAfterFirstSentence(url, { 'idempotency-key': 'k' });
    const stoppedAt = performance.now();
    expect((await fetch(`${url}/api/turns/${turnId}/stop`, { method: 'POST' })).status).toBe(204);
    expect(await model.requests[0]!.wasAborted).toBe(true);
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  });
});
