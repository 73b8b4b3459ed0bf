import { describe, expect, it } from 'vitest';
import { createHttpServer, type HttpParts } from '../../../src/channels/http/server.ts';
import type { Question } from '../../../src/domain.ts';
import type { Log } from '../../../src/log.ts';
import { silentLog } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import { answer, answerEvents, eventStream, openMemoryStore, passage, playing, startServer } from './running-server.ts';

/** A log that keeps its lines. */
function keptLog() {
  const lines: { readonly level: string; readonly fields: object; readonly message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => lines.push({ level, fields, message });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}

describe('POST /api/ask as JSON', () => {
  it('answers with the answer of the last event', async () => {
    const { ask } = await startServer();
    const response = await ask({ question: 'What is shiatsu?' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ ...answer, token: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('hands over the trimmed question and the conversation, and nothing else of the body', async () => {
    const asked: Question[] = [];
    const { ask, store } = await startServer({
      ask: (question) => {
        asked.push(question);
        return playing(answerEvents)(question);
      },
    });
    const { id, token } = await store.conversations.create({ channel: 'http' });
    await ask({ question: '  What is\nshiatsu? ', conversationId: id, token, colour: 'blue' });
    await ask({ question: 'And then?' });
    expect(asked.map(({ text, channel }) => ({ text, channel }))).toEqual([
      { text: 'What is shiatsu?', channel: 'http' },
      { text: 'And then?', channel: 'http' },
    ]);
    expect(Object.keys(asked[0] ?? {}).sort()).toEqual(['channel', 'conversation', 'signal', 'text']);
    expect(asked[0]?.conversation?.id).toBe(id);
    expect(asked[1]?.conversation?.id).not.toBe(id);
    expect(await asked[0]?.conversation?.history()).toMatchObject({ crisisOpen: false, turns: [] });
    expect(asked[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it('turns an answer-error into its status and the public words, whatever the event says', async () => {
    const { ask } = await startServer({
      ask: playing([{ type: 'answer-error', code: 'deadline-exceeded', message: 'socket hang up at 10.0.0.1' }]),
    });
    const response = await ask({ question: 'What is shiatsu?' });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: { code: 'deadline-exceeded', message: 'The answer took too long. Please try again.' },
    });
  });

  it.each<[string, HttpParts['ask']]>([
    ['ends without an end', playing(answerEvents.slice(0, 2))],
    [
      'throws at once',
      () => {
        throw new Error('secret');
      },
    ],
    [
      'throws on the way',
      () => ({
        async *[Symbol.asyncIterator]() {
          yield* answerEvents.slice(0, 1);
          throw new Error('secret');
        },
      }),
    ],
  ])('is an internal error in public words when the core %s', async (_circumstance, ask) => {
    const { log, lines } = keptLog();
    const server = await startServer({ ask, log });
    const response = await server.ask({ question: 'What is shiatsu?' });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body).error.code).toBe('internal');
    expect(body).not.toContain('secret');
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(1);
  });
});

describe('GET /api/passages/:id', () => {
  it('gives the passage of an encoded id without its internals', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/api/passages/${encodeURIComponent(passage.id)}`);
    expect(response.status).toBe(200);
    const { id, document, title, headings, text, start, end } = passage;
    expect(await response.json()).toEqual({ id, document, title, headings, text, start, end });
  });

  it('finds it as well when a proxy has decoded the slash', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/api/passages/${passage.id.replace('#', '%23')}`);
    expect(response.status).toBe(200);
  });

  it.each(['', 'no-such%23passage%2F1', '%5F%5Fproto__', 'a'.repeat(3000)])('is a 404 for %j', async (id) => {
    const { url } = await startServer();
    const response = await fetch(`${url}/api/passages/${id}`);
    expect(response.status).toBe(404);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('not-found');
  });
});

describe('health', () => {
  it('is alive, and ready when the parts are', async () => {
    const { url } = await startServer();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready', detail: '1 passage' });
  });

  it('is alive but not ready while there is no index', async () => {
    const { url } = await startServer({ ready: () => ({ ready: false, detail: 'no index yet' }) });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'not-ready', detail: 'no index yet' });
  });
});

describe('the demo page', () => {
  it('carries the widget, a way without script, and questions to try, with no inline script or style', async () => {
    const { url } = await startServer();
    const response = await fetch(url);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('<nape-chat');
    expect(page).toContain('What is shiatsu?');
    expect(page).toMatch(/<noscript>[\s\S]*href="\/faq"/);
    expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/i);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('asks another article a question of its own, escaped', async () => {
    const { url } = await startServer({
      passage: () => undefined,
      suggestions: () => ['What is <b>"Reiki"</b> & co?'],
    });
    const page = await (await fetch(url)).text();
    expect(page).toContain('What is &#60;b&#62;&#34;Reiki&#34;&#60;/b&#62; &#38; co?');
    expect(page).not.toContain('What is shiatsu?');
  });

  it('has a policy that allows its own files only, and those files are served', async () => {
    const { url } = await startServer();
    const page = await fetch(url);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const files = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]);
    expect([...new Set(files)].sort()).toEqual(['/demo.css', '/demo.js', '/faq', '/icon.svg', '/widget.js']);
    for (const file of ['/demo.css', '/demo.js', '/icon.svg']) expect((await fetch(url + file)).status).toBe(200);
  });

  it('shows what comes from the API as text only', async () => {
    const { url } = await startServer();
    const script = await (await fetch(`${url}/demo.js`)).text();
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });

  it('keeps a suggestion with dollar signs as it is', async () => {
    const { url } = await startServer({ passage: () => undefined, suggestions: () => ["Is $& or $' or $` a price?"] });
    expect(await (await fetch(url)).text()).toContain('Is $&#38; or $&#39; or $` a price?');
  });
});

describe('every response', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/demo.js'],
    ['GET', '/healthz'],
    ['GET', '/nothing'],
    ['GET', '/api/passages/%E0%A4%A'],
    ['PUT', '/api/ask'],
    ['POST', '/api/ask'],
    ['OPTIONS', '/api/ask'],
  ])('%s %s carries the security headers and opens nothing to other origins', async (method, path) => {
    const { url } = await startServer();
    const { headers } = await fetch(url + path, { method, headers: { origin: 'https://elsewhere.example' } });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
  });
});

describe('the log', () => {
  it('has one line a request with method, route, status and duration, and never the words or the address', async () => {
    const { log, lines } = keptLog();
    let now = 0;
    const { ask, url, server } = await startServer({ log, clock: () => (now += 5) });
    const first = await ask({ question: 'Does my secret lumbago matter?' });
    await first.text();
    await (await ask({ question: 'Does my secret lumbago matter?' }, eventStream)).text();
    await (await ask('{"question": "secret lumbago')).text();
    await (await fetch(`${url}/secret-lumbago?secret=lumbago`)).text();
    await (await fetch(`${url}/api/passages/secret-lumbago`)).text();
    await server.stop();
    expect(lines.map((line) => line.fields)).toEqual([
      { method: 'POST', route: '/api/ask', status: 200, durationMs: 5 },
      { method: 'POST', route: '/api/ask', status: 200, durationMs: 5 },
      { method: 'POST', route: '/api/ask', status: 400, durationMs: 5 },
      { method: 'GET', route: '(unknown)', status: 404, durationMs: 5 },
      { method: 'GET', route: '/api/passages/*', status: 404, durationMs: 5 },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret|lumbago|127\.0\.0\.1/);
  });

  it('does not repeat the words of an error that quotes the question', async () => {
    const { log, lines } = keptLog();
    const { ask, url } = await startServer({
      log,
      ask: ({ text }) => {
        throw new Error(`cannot answer ${text}`);
      },
      passage: (id) => {
        throw new Error(`cannot find ${id}`);
      },
    });
    await ask({ question: 'lumbago' });
    expect((await fetch(`${url}/api/passages/lumbago`)).status).toBe(500);
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain('lumbago');
  });
});

describe('start', () => {
  it('names the address and the next step when the port is taken', async () => {
    const { url } = await startServer();
    const second = createHttpServer({
      ask: playing(answerEvents),
      passage: () => undefined,
      suggestions: () => [],
      faq: () => ({ entries: [], titles: [], language: 'en', disclosure: '' }),
      ready: () => ({ ready: true, detail: '' }),
      store: await openMemoryStore(),
      metrics: createMetrics({ clock: () => 0 }),
      log: silentLog,
    });
    const port = Number(new URL(url).port);
    await expect(second.start({ host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining(`HOST=127.0.0.1 PORT=${port}: EADDRINUSE`),
    });
    await second.stop();
  });
});
