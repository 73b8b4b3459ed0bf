import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import { silentLog } from '../../src/log.ts';
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from '../../src/models/openai-embedder.ts';
import type { ModelFault } from '../../src/models/openai-fault.ts';
import { embedderContract } from '../contracts/embedder.contract.ts';
import type { Mode } from '../openai-server/modes.ts';
import { type OpenAiServer, startOpenAiServer } from '../openai-server/openai-server.ts';

const apiKey = 'sk-test-0123456789abcdef';
let server: OpenAiServer;
beforeAll(async () => {
  server = await startOpenAiServer({ apiKey, retryAfter: '0' });
});
afterEach(() => server.reset());
afterAll(() => server.close());

function embedder(options: Partial<OpenAiEmbedderOptions> = {}) {
  const model = 'text-embedding-3-small';
  return createOpenAiEmbedder({
    apiKey,
    baseUrl: server.url,
    model,
    deadlineMs: 5_000,
    log: silentLog,
    random: () => 0,
    ...options,
  });
}

/** The fault of a call, which must fail. */
async function fault(call: Promise<unknown>): Promise<ModelFault> {
  return call.then(
    () => expect.unreachable('the call succeeded'),
    (thrown) => thrown,
  );
}

embedderContract('openai', () => embedder());

describe('openai embedder', () => {
  it('identity > names model, dimension and host, and no key or path', () => {
    const host = new URL(server.url).host;
    expect(embedder()).toMatchObject({ identity: `openai/text-embedding-3-small/1536@${host}`, dimension: 1536 });
    expect(embedder({ model: 'text-embedding-3-large' }).dimension).toBe(3072);
    expect(embedder({ model: 'text-embedding-ada-002' }).dimension).toBe(1536);
    const secretive = embedder({
      model: 'local',
      dimension: 64,
      baseUrl: 'https://someone:password@models.example/v1',
    });
    expect(secretive.identity).toBe('openai/local/64@models.example');
  });

  it('create > a model of unknown dimension and a config-invalid that says what to set', () => {
    expect(() => embedder({ model: 'local' })).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining('NAPE_EMBEDDING_DIMENSION') }),
    );
  });

  it('request > carries key, model and encoding, and the dimension only when it was configured', async () => {
    await embedder().embedQuery('warm oil');
    await embedder({ dimension: 256 }).embedQuery('warm oil');
    const [first, second] = server.requests;
    expect(first?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(first?.body).toEqual({ model: 'text-embedding-3-small', input: ['warm oil'], encoding_format: 'float' });
    expect(second?.body.dimensions).toBe(256);
  });

  it('embedPassages > many texts and requests of at most a batch, blank ones left out, all in order', async () => {
    const texts = Array.from({ length: 250 }, (_, at) => (at % 50 === 7 ? ' ' : `stroke number ${at}`));
    const vectors = await embedder().embedPassages(texts);
    expect(server.requests.map(({ body }) => body.input?.length ?? 0).sort((a, b) => b - a)).toEqual([96, 96, 53]);
    expect(vectors).toHaveLength(250);
    expect(vectors[7]).toEqual(new Float32Array(1536));
    expect(vectors[249]).toEqual((await embedder().embedPassages([texts[249]!]))[0]);
  });

  it('embedPassages > white space is made even and a text is cut at the API’s limit', async () => {
    await embedder().embedPassages(['  warm\n\toil ', 'a'.repeat(20_000)]);
    expect(server.requests[0]?.body.input).toEqual(['warm oil', 'a'.repeat(8_000)]);
  });

  it.each(['429', '429-retry-after', '500', '503', '408', 'reset', 'reset-midway'] as const)(
    'retry > %s once and the second attempt answers',
    async (mode) => {
      server.next(mode);
      expect(await embedder().embedQuery('warm oil')).toHaveLength(1536);
      expect(server.requests).toHaveLength(2);
    },
  );

  it('retry > a Retry-After longer than the deadline and no waiting, the fault says how long', async () => {
    const patient = await startOpenAiServer({ retryAfter: '3600' });
    patient.always('429-retry-after');
    const found = await fault(embedder({ baseUrl: patient.url }).embedQuery('warm oil'));
    expect(found).toMatchObject({ kind: 'rate-limited', status: 429, retryAfterMs: 3_600_000 });
    expect(patient.requests).toHaveLength(1);
    await patient.close();
  });

  it('retry > the same failure each time and the fault after the last attempt', async () => {
    server.always('500');
    expect(await fault(embedder({ retries: 1 }).embedQuery('warm oil'))).toMatchObject({
      kind: 'unavailable',
      status: 500,
    });
    expect(server.requests).toHaveLength(2);
  });

  const once: readonly [Mode, Partial<ModelFault>, RegExp][] = [
    ['401', { kind: 'unauthorised', status: 401 }, /Check OPENAI_API_KEY/],
    ['403', { kind: 'unauthorised', status: 403 }, /Check OPENAI_API_KEY/],
    ['404', { kind: 'unavailable', status: 404 }, /Check NAPE_EMBEDDING_MODEL/],
    ['400', { kind: 'unavailable', status: 400 }, /rejected/],
    ['429-quota', { kind: 'rate-limited', status: 429 }, /quota/],
    ['wrong-dimension', { kind: 'bad-reply' }, /text-embedding-3-small.*got 1537, wanted 1536/],
    ['nan', { kind: 'bad-reply' }, /text-embedding-3-small/],
    ['null-component', { kind: 'bad-reply' }, /text-embedding-3-small.*got null, wanted 1536 finite/],
    ['zero-vector', { kind: 'bad-reply' }, /got length 0/],
    ['missing-vector', { kind: 'bad-reply' }, /cannot be read/],
    ['not-json', { kind: 'bad-reply' }, /cannot be read/],
    ['empty', { kind: 'bad-reply' }, /cannot be read/],
    ['cut-json', { kind: 'bad-reply' }, /cannot be read/],
    ['huge', { kind: 'bad-reply' }, /longer than/],
  ];
  it.each(once)('fault > %s and one request, the cause and the next step', async (mode, expected, text) => {
    server.always(mode);
    const found = await fault(embedder().embedQuery('warm oil'));
    expect(found).toMatchObject({ name: 'NapeError', ...expected });
    expect(found.message).toMatch(text);
    expect(server.requests).toHaveLength(1);
  });

  it.each(['no-first-byte', 'stall'] as const)(
    'fault > %s and a timeout at the deadline, the request is closed',
    async (mode) => {
      server.always(mode);
      const found = await fault(embedder({ deadlineMs: 200 }).embedQuery('warm oil'));
      expect(found).toMatchObject({ kind: 'timeout', code: 'deadline-exceeded' });
      expect(await server.requests[0]!.wasAborted).toBe(true);
    },
  );

  it('fault > one batch fails for good and no further one is sent', async () => {
    server.always('401');
    const texts = Array.from({ length: 40 }, (_, at) => `stroke ${at}`);
    await fault(embedder({ batchSize: 2 }).embedPassages(texts));
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it.each(['no-first-byte', 'stall'] as const)('signal > aborted in a %s and the request is closed', async (mode) => {
    server.always(mode);
    const caller = new AbortController();
    const call = fault(embedder().embedQuery('warm oil', caller.signal));
    await expect.poll(() => server.requests.length).toBe(1);
    caller.abort(new Error('gone away'));
    expect((await call).message).toBe('gone away');
    expect(await server.requests[0]!.wasAborted).toBe(true);
  });

  it('signal > aborted in a wait between attempts and no further attempt', async () => {
    server.always('500');
    const caller = new AbortController();
    const call = fault(embedder({ random: () => 20, deadlineMs: 60_000 }).embedQuery('warm oil', caller.signal));
    await expect.poll(() => server.requests.length).toBe(1);
    caller.abort(new Error('gone away'));
    expect((await call).message).toBe('gone away');
    expect(server.requests).toHaveLength(1);
  });

  it('key > is in no error and no log line, though the server repeats it', async () => {
    const lines: string[] = [];
    const keep = (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    for (const mode of ['401', '429', '500', '400', 'reset', 'cut-json', 'nan', 'wrong-dimension'] as const) {
      server.always(mode);
      const found = await fault(embedder({ log }).embedQuery('warm oil'));
      for (let link: unknown = found; link instanceof Error; link = link.cause) {
        lines.push(`${link.message}${link.stack}${JSON.stringify({ ...link })}`);
      }
    }
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.join('\n')).not.toContain(apiKey.slice(3));
  });
});
