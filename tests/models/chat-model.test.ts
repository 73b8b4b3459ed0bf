import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import { type ChatModel, type ChatPart, completeChat } from '../../src/models/chat-model.ts';
import { createLangchainChatModel, type LangchainChatModelOptions } from '../../src/models/langchain-chat-model.ts';
import type { ModelFault } from '../../src/models/openai-fault.ts';
import type { PromptMessage } from '../../src/prompts.ts';
import { chatFaults, type Mode } from '../openai-server/modes.ts';
import { type OpenAiServer, startOpenAiServer } from '../openai-server/openai-server.ts';

const apiKey = 'sk-test-0123456789abcdef';
const messages: readonly PromptMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'What is shiatsu?' },
];
const reply = 'Shiatsu is a practice of pressure. [1] It restores balance. [2]';

let server: OpenAiServer;
const unhandled: unknown[] = [];
const keepUnhandled = (reason: unknown) => void unhandled.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', keepUnhandled);
  server = await startOpenAiServer({ apiKey, reply: () => reply, retryAfter: '0' });
});
afterEach(() => server.reset());
afterAll(async () => {
  await server.close();
  process.off('unhandledRejection', keepUnhandled);
});

function chatModel(options: Partial<LangchainChatModelOptions> = {}): Promise<ChatModel> {
  const defaults = { model: 'test-model', apiKey, baseUrl: server.url, deadlineMs: 5_000, log: silentLog };
  return createLangchainChatModel({ ...defaults, random: () => 0, ...options });
}

async function parts(model: ChatModel, signal?: AbortSignal): Promise<ChatPart[]> {
  const found: ChatPart[] = [];
  for await (const part of model.stream(messages, { maxTokens: 300, signal })) found.push(part);
  return found;
}

/** The fault of a call, which must fail. */
async function fault(call: Promise<unknown>): Promise<ModelFault> {
  return call.then(
    () => expect.unreachable('the call succeeded'),
    (thrown) => thrown,
  );
}

describe('langchain chat model', () => {
  it('stream > a reply arrives in pieces and one end with the tokens', async () => {
    const found = await parts(await chatModel());
    expect(found.filter(({ type }) => type === 'text').length).toBeGreaterThan(3);
    expect(found.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe(reply);
    expect(found.at(-1)).toEqual({ type: 'end', finish: 'stop', usedTokens: 16 });
    expect(found.filter(({ type }) => type === 'end')).toHaveLength(1);
  });

  it('stream > the request asks for no storing, no chance and a bounded reply', async () => {
    await completeChat(await chatModel(), messages, { maxTokens: 300 });
    await completeChat(await chatModel(), messages, { maxTokens: 20 });
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(server.requests[0]?.body).toEqual({
      model: 'test-model',
      messages,
      stream: true,
      stream_options: { include_usage: true },
      store: false,
      temperature: 0,
      max_tokens: 300,
    });
    expect(server.requests[1]?.body.max_tokens).toBe(20);
  });

  it('stream > a reasoning model and no temperature, which it would refuse', async () => {
    await completeChat(await chatModel({ model: 'openai:gpt-5-mini' }), messages, { maxTokens: 300 });
    const body = server.requests[0]?.body;
    expect(body).toMatchObject({ model: 'gpt-5-mini', store: false, max_completion_tokens: 300 });
    expect(body).not.toHaveProperty('temperature');
  });

  it('stream > a server without a key and the call is made all the same', async () => {
    const open = await startOpenAiServer({ reply: () => reply });
    const model = await chatModel({ apiKey: undefined, baseUrl: open.url });
    expect((await completeChat(model, messages, { maxTokens: 300 })).text).toBe(reply);
    await open.close();
  });

  it('stream > the reply reached its most tokens and the end says so', async () => {
    server.next('length');
    expect((await completeChat(await chatModel(), messages, { maxTokens: 300 })).finish).toBe('length');
  });

  it('identity > provider, model and host, and a colon in a model name is no provider', async () => {
    const { host } = new URL(server.url);
    expect((await chatModel()).identity).toBe(`openai:test-model@${host}`);
    expect((await chatModel({ model: 'llama3:8b' })).identity).toBe(`openai:llama3:8b@${host}`);
  });

  it('create > a provider whose package is missing and the command that installs it', async () => {
    await expect(chatModel({ model: 'anthropic:some-model' })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/anthropic:some-model.*npm install @langchain\/anthropic/),
    });
  });

  it.each(['408', '409', '429', '429-retry-after', '500', '502', '503', 'reset'] as const)(
    'retry > %s once and the second attempt answers',
    async (mode) => {
      server.next(mode);
      expect((await completeChat(await chatModel(), messages, { maxTokens: 300 })).text).toBe(reply);
      expect(server.requests).toHaveLength(2);
    },
  );

  const kinds: readonly [Mode, Partial<ModelFault>, number][] = [
    ['401', { kind: 'unauthorised', status: 401 }, 1],
    ['403', { kind: 'unauthorised', status: 403 }, 1],
    ['404', { kind: 'unavailable', status: 404 }, 1],
    ['400', { kind: 'unavailable', status: 400 }, 1],
    ['408', { kind: 'unavailable', status: 408 }, 2],
    ['409', { kind: 'unavailable', status: 409 }, 2],
    ['429', { kind: 'rate-limited', status: 429 }, 2],
    ['429-retry-after', { kind: 'rate-limited', retryAfterMs: 0 }, 2],
    ['429-quota', { kind: 'rate-limited', status: 429 }, 1],
    ['500', { kind: 'unavailable', status: 500 }, 2],
    ['502', { kind: 'unavailable', status: 502 }, 2],
    ['503', { kind: 'unavailable', status: 503 }, 2],
    ['reset', { kind: 'unavailable' }, 2],
    ['reset-midway', { kind: 'unavailable' }, 1],
    ['no-first-byte', { kind: 'timeout' }, 1],
    ['stall', { kind: 'timeout' }, 1],
    ['cut-json', { kind: 'bad-reply' }, 1],
    ['no-finish', { kind: 'bad-reply' }, 1],
    ['error-event', { kind: 'unavailable' }, 1],
    ['empty', { kind: 'bad-reply' }, 1],
    ['refusal', { kind: 'refused' }, 1],
    ['content-filter', { kind: 'refused' }, 1],
    ['huge', { kind: 'bad-reply' }, 1],
    ['huge-piece', { kind: 'bad-reply' }, 1],
    ['not-json', { kind: 'bad-reply' }, 1],
  ];
  it.each(kinds)(
    'fault > %s always and its kind after as many requests as make sense',
    async (mode, expected, requests) => {
      server.always(mode);
      const deadlineMs = expected.kind === 'timeout' ? 200 : 5_000;
      expect(await fault(parts(await chatModel({ deadlineMs })))).toMatchObject({ name: 'NapeError', ...expected });
      expect(server.requests).toHaveLength(requests);
    },
  );

  it('fault > every fault that the server knows is in the table above', () => {
    const tested = new Set(kinds.map(([mode]) => mode));
    // Reaching the most tokens is no fault.
    expect(chatFaults.filter((mode) => !tested.has(mode) && mode !== 'length')).toEqual([]);
  });

  it.each(['huge', 'huge-piece', 'no-first-byte', 'stall'] as const)(
    'fault > %s and the request is closed',
    async (mode) => {
      server.always(mode);
      await fault(parts(await chatModel({ deadlineMs: 1_000 })));
      expect(await server.requests[0]!.wasAborted).toBe(true);
      if (mode === 'huge') expect(server.requests[0]!.bytesSent).toBeLessThan(5_000_000);
    },
  );

  it('fault > a Retry-After beyond the deadline and no waiting', async () => {
    const busy = await startOpenAiServer({ retryAfter: 'Wed, 21 Oct 2099 07:28:00 GMT' });
    busy.always('429-retry-after');
    const found = await fault(parts(await chatModel({ baseUrl: busy.url })));
    expect(found.kind).toBe('rate-limited');
    expect(found.retryAfterMs).toBeGreaterThan(1e9);
    expect(busy.requests).toHaveLength(1);
    await busy.close();
  });

  it('fault > nobody listens and the server is unavailable', async () => {
    const gone = await startOpenAiServer();
    await gone.close();
    const found = await fault(parts(await chatModel({ baseUrl: gone.url })));
    expect(found).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('check OPENAI_BASE_URL') });
  });

  it.each(['no-first-byte', 'stall'] as const)(
    'signal > aborted in a %s and its reason is thrown, the request closed',
    async (mode) => {
      server.always(mode);
      const caller = new AbortController();
      const call = fault(parts(await chatModel(), caller.signal));
      await expect.poll(() => server.requests.length).toBe(1);
      caller.abort(new Error('gone away'));
      expect((await call).message).toBe('gone away');
      expect(await server.requests[0]!.wasAborted).toBe(true);
    },
  );

  it('signal > aborted beforehand and no request', async () => {
    await expect(parts(await chatModel(), AbortSignal.abort(new Error('gone away')))).rejects.toThrow('gone away');
    expect(server.requests).toHaveLength(0);
  });

  it('stream > the reader stops early and the request is closed', async () => {
    server.next('stall');
    for await (const part of (await chatModel()).stream(messages, { maxTokens: 300 })) {
      if (part.type === 'text') break;
    }
    expect(await server.requests[0]!.wasAborted).toBe(true);
  });

  it('key > is in no error, no log line and no reply, though the server repeats it', async () => {
    const lines: string[] = [];
    const keep = (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    const model = await chatModel({ log, deadlineMs: 200 });
    for (const mode of chatFaults.filter((mode) => mode !== 'length')) {
      server.always(mode);
      const found = await fault(parts(model));
      for (let link: unknown = found; link instanceof Error; link = link.cause) {
        lines.push(`${link.message}${link.stack}${JSON.stringify({ ...link })}`);
      }
    }
    expect(lines.length).toBeGreaterThan(chatFaults.length);
    expect(lines.join('\n')).not.toContain(apiKey.slice(3));
    expect(model.identity).not.toContain(apiKey);
  });

  it('all of the above > no rejection was left unhandled', () => {
    expect(unhandled).toEqual([]);
  });
});
