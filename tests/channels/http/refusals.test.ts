import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicErrors } from '../../../src/errors.ts';
import { startServer } from './running-server.ts';

const question = '{"question":"What is shiatsu?"}';
const large = JSON.stringify({ question: 'a', padding: 'b'.repeat(16 * 1024) });

async function refusal(response: Response) {
  const body = (await response.json()) as { error: { code: string; message: string } };
  expect(Object.keys(body)).toEqual(['error']);
  expect(Object.keys(body.error)).toEqual(['code', 'message']);
  expect(publicErrors).toHaveProperty(body.error.code);
  return { status: response.status, code: body.error.code };
}

describe('media types', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'nonsense',
    'application/json; charset=latin1',
    'application/json;charset="utf-16"',
  ])('%s is a 415', async (type) => {
    const { ask } = await startServer();
    expect(await refusal(await ask(question, { 'content-type': type }))).toEqual({
      status: 415,
      code: 'unsupported-media-type',
    });
  });

  it.each(['application/json', 'Application/JSON; Charset="UTF-8"', 'application/json;charset=utf8; x=y'])(
    '%s is fine',
    async (type) => {
      const { ask } = await startServer();
      expect((await ask(question, { 'content-type': type })).status).toBe(200);
    },
  );

  it('a body without a type, or compressed, is a 415', async () => {
    const { ask, url } = await startServer();
    const untyped = await fetch(`${url}/api/ask`, { method: 'POST', body: Buffer.from(question) });
    expect(await refusal(untyped)).toEqual({ status: 415, code: 'unsupported-media-type' });
    const compressed = await ask(question, { 'content-encoding': 'gzip' });
    expect(await refusal(compressed)).toEqual({ status: 415, code: 'unsupported-media-type' });
  });

  it('no body at all is a 400', async () => {
    const { url } = await startServer();
    expect(await refusal(await fetch(`${url}/api/ask`, { method: 'POST' }))).toEqual({
      status: 400,
      code: 'bad-request',
    });
  });
});

describe('bodies', () => {
  it('of exactly 16 KiB are read, and one byte more is a 413', async () => {
    const { ask } = await startServer();
    const padding = (size: number) => '{"question":"a"}'.padEnd(size);
    expect((await ask(padding(16 * 1024))).status).toBe(200);
    expect(await refusal(await ask(padding(16 * 1024 + 1)))).toEqual({ status: 413, code: 'body-too-large' });
  });

  it('that are too large in chunks of unknown number are a 413', async () => {
    const { url } = await startServer();
    const chunks = [...Array(100)].map(() => new Uint8Array(1024).fill(0x20));
    const response = await fetch(`${url}/api/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: ReadableStream.from(chunks) as unknown as NonNullable<RequestInit['body']>,
      duplex: 'half',
    } as RequestInit);
    expect(await refusal(response)).toEqual({ status: 413, code: 'body-too-large' });
  });

  it('of many megabytes get their answer, also when the client reads only after it has sent everything', async () => {
    const { url } = await startServer();
    const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
    const chunk = Buffer.alloc(1_000_000, ' ');
    socket.write(
      `POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${8 * chunk.length}\r\n\r\n`,
    );
    for (let sent = 0; sent < 8; sent += 1) {
      await new Promise<void>((resolve, reject) => socket.write(chunk, (error) => (error ? reject(error) : resolve())));
    }
    const [first] = (await once(socket.setEncoding('utf8').resume(), 'data')) as [string];
    socket.destroy();
    expect(first).toMatch(/^HTTP\/1.1 413 /);
    expect(first).toContain('"code":"body-too-large"');
  });

  it('that are not UTF-8 are a 400', async () => {
    const { ask } = await startServer();
    const bytes = Buffer.from('{"question":"caf\u00e9"}', 'latin1');
    expect(await refusal(await ask(bytes))).toEqual({ status: 400, code: 'bad-request' });
  });

  it('with a question of 2,001 characters are a 400', async () => {
    const { ask } = await startServer();
    expect(await refusal(await ask({ question: 'a'.repeat(2001) }))).toEqual({
      status: 400,
      code: 'question-too-long',
    });
  });
});

describe('addresses and methods', () => {
  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s /api/ask is a 405 with Allow', async (method) => {
    const { url } = await startServer();
    const response = await fetch(`${url}/api/ask`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    if (method !== 'HEAD') expect(await refusal(response)).toEqual({ status: 405, code: 'method-not-allowed' });
  });

  it('decides on the method before it looks at the body', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/healthz`, { method: 'POST', body: large, headers: { 'content-type': 'x/y' } });
    expect(await refusal(response)).toEqual({ status: 405, code: 'method-not-allowed' });
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  it('answers OPTIONS with the methods, and HEAD like GET without a body', async () => {
    const { url } = await startServer();
    const options = await fetch(`${url}/api/passages/a`, { method: 'OPTIONS' });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  it.each(['/nothing', '/api', '/api/ask/', '/API/ask', '/..%2f..%2fpackage.json', '/demo.html', '//', '/api/ask%00'])(
    '%s is a 404 whatever the method',
    async (path) => {
      const { url } = await startServer();
      expect(await refusal(await fetch(url + path))).toEqual({ status: 404, code: 'not-found' });
      const posted = await fetch(url + path, { method: 'POST', body: large, headers: { 'content-type': 'x/y' } });
      expect(await refusal(posted)).toEqual({ status: 404, code: 'not-found' });
    },
  );

  it('an address that cannot be decoded is a 400', async () => {
    const { url } = await startServer();
    expect(await refusal(await fetch(`${url}/%E0%A4%A`))).toEqual({ status: 400, code: 'bad-request' });
  });
});

describe('broken HTTP', () => {
  const closing = 'host: x\r\nconnection: close\r\n';
  it.each([
    ['garbage', 'hello there\r\n\r\n', 400],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['headers of 32 KiB', `GET / HTTP/1.1\r\n${closing}x: ${'y'.repeat(32 * 1024)}\r\n\r\n`, 431],
    ['two lengths', `POST /api/ask HTTP/1.1\r\n${closing}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400],
    ['a negative length', `POST /api/ask HTTP/1.1\r\n${closing}content-length: -1\r\n\r\n`, 400],
    [
      'a length beside chunks',
      `POST /api/ask HTTP/1.1\r\n${closing}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n`,
      400,
    ],
    [
      'a body in broken chunks',
      `POST /api/ask HTTP/1.1\r\n${closing}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
    ['an unknown expectation', `GET /nothing HTTP/1.1\r\n${closing}expect: a miracle\r\n\r\n`, 404],
    ['an upgrade', `GET /nothing HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n`, 404],
  ])('%s is answered with the error body', async (_circumstance, bytes, status) => {
    const { raw } = await startServer();
    const [head = '', body = ''] = (await raw(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(publicErrors).toHaveProperty(JSON.parse(body.replace(/^[0-9a-f]+\r\n|\r\n0\r\n$/g, '')).error.code);
  });

  it('after a whole request does not get words into the running answer', async () => {
    const { raw } = await startServer({
      async *ask() {
        await new Promise((resolve) => setTimeout(resolve, 50));
        yield { type: 'answer-error', code: 'internal', message: '' };
      },
    });
    const received = await raw(
      `POST /api/ask HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${question.length}\r\n\r\n${question}\x00\x01garbage\r\n\r\n`,
    );
    expect(received).not.toContain('HTTP/1.1 400');
  });
});

describe('random requests', () => {
  const isAnswered = async (response: Response) => {
    expect(response.status).toBeLessThan(500);
    if (response.status >= 400) await refusal(response);
    else expect(await response.json()).toHaveProperty('outcome');
  };

  it('with any JSON never make a 5xx', async () => {
    const { ask } = await startServer();
    const key = fc.oneof(
      fc.constantFrom('question', 'conversationId', 'token', '__proto__', 'constructor'),
      fc.string(),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\ud800', 'What?'),
    );
    const body = fc.oneof(fc.dictionary(key, fc.oneof(text, fc.jsonValue())), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(body, async (value) => isAnswered(await ask(JSON.stringify(value)))),
      { numRuns: 300 },
    );
  });

  it('with any bytes never make a 5xx', async () => {
    const { ask } = await startServer();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => isAnswered(await ask(bytes))),
      { numRuns: 200 },
    );
  });

  it('with any headers, methods and addresses never make a 5xx', async () => {
    const { url } = await startServer();
    const name = fc.constantFrom(
      'accept',
      'content-type',
      'content-encoding',
      'expect',
      'accept-version',
      'if-match',
      'range',
      'origin',
      'cookie',
      'upgrade',
      'x-forwarded-for',
    );
    const value = fc.oneof(
      fc.constantFrom(
        'text/event-stream;q=zero',
        'application/json;',
        'application/json; charset',
        '*/*;q=',
        'gzip',
        '100-continue',
      ),
      fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,40}$/),
    );
    const path = fc.oneof(
      fc.constantFrom('/api/ask', '/api/passages/', '/', '*', '/%', '/api/passages/%23%2F'),
      fc.stringMatching(/^\/[!-~]{0,30}$/),
    );
    const method = fc.constantFrom(
      'GET',
      'POST',
      'PUT',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'TRACE',
      'PROPFIND',
      'QUERY',
      'LINK',
    );
    await fc.assert(
      fc.asyncProperty(method, path, fc.dictionary(name, value), async (chosen, address, headers) => {
        const { status, body } = await send(url, chosen, address, headers);
        expect(status).toBeLessThan(500);
        if (status >= 400 && chosen !== 'HEAD') expect(publicErrors).toHaveProperty(JSON.parse(body).error.code);
      }),
      { numRuns: 300 },
    );
  });

  function send(url: string, method: string, path: string, headers: Record<string, string>) {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const outgoing = request({ hostname, port, method, path, headers, agent: false }, (incoming) => {
        let body = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk) => {
          body += chunk;
        });
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
      });
      outgoing.on('error', reject);
      outgoing.end(method === 'POST' ? question : undefined);
    });
  }
});
