import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildWidget } from '../../../scripts/build-widget/build-widget.ts';
import { createCrossOrigin } from '../../../src/channels/http/cors.ts';
import { createWidgetSettings } from '../../../src/conversation/widget-settings.ts';
import type { AnswerEvent } from '../../../src/domain.ts';

/** What the server says to a question: the events after `answer-start`, each after so many milliseconds. */
export type Script = (question: string) => readonly (AnswerEvent | number)[];

interface Turn {
  readonly events: (AnswerEvent & { readonly token?: string })[];
  readonly waiting: Set<() => void>;
  ended: boolean;
}

export interface ScriptedApi {
  readonly url: string;
  /** Every request as `METHOD /path`, with its body. */
  readonly requests: { readonly line: string; readonly body: string; readonly headers: IncomingMessage['headers'] }[];
  script: Script;
  /** Closes every connection without an answer. */
  isDown: boolean;
  /** Breaks the connection once after so many events. */
  breakAfter: number | undefined;
  /** Answers every question with this instead. */
  refusal: { readonly status: number; readonly code: string; readonly message: string } | undefined;
  readonly conversations: Set<string>;
  /** Answers that can be taken up again, by id. */
  readonly turns: Map<string, unknown>;
  close(): Promise<void>;
}

/** A server that speaks the HTTP API and answers from a script, so that a test decides what arrives and when. */
export async function startScriptedApi(allowedOrigins: () => readonly string[]): Promise<ScriptedApi> {
  const { script, style } = await buildWidget();
  const settings = createWidgetSettings({
    contacts: { emergencyNumber: '112', crisisLine: 'Listening line 116 123', contact: '+49 30 1234' },
    suggestions: () => ['What is shiatsu?', 'Which techniques are there?'],
    articleLanguage: () => 'en',
  });
  const turns = new Map<string, Turn>();
  const byKey = new Map<string, string>();
  let count = 0;

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api');
    if (request.method !== 'OPTIONS') {
      api.requests.push({ line: `${request.method} ${pathname}`, body, headers: request.headers });
    }
    if (api.isDown) return void request.socket.destroy();
    const methods = ['GET', 'POST', 'DELETE'];
    const cors = createCrossOrigin(allowedOrigins()).headersFor(request.method ?? '', request.headers.origin, methods);
    for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (pathname === '/widget.js' || pathname === `/${script.name}`)
      return send(response, script.text, 'text/javascript');
    if (pathname === `/${style.name}`) return send(response, style.text, 'text/css');
    if (pathname === '/api/widget') return send(response, JSON.stringify(settings(searchParams.get('lang') ?? '')));
    const turn = pathname.match(/^\/api\/turns\/([^/]+)\/(events|stop)$/);
    if (turn?.[2] === 'events') return void sendEvents(request, response, turn[1] ?? '');
    if (turn?.[2] === 'stop') {
      const stopped = turns.get(turn[1] ?? '');
      if (stopped) stopped.ended = true;
      return void response.writeHead(204).end();
    }
    if (pathname === '/api/feedback') return void response.writeHead(204).end();
    if (pathname === '/api/ask') return ask(request, response, JSON.parse(body));
    const id = pathname.match(/^\/api\/conversations\/(.+)$/)?.[1];
    if (id && request.method === 'DELETE') {
      const known = api.conversations.delete(id) && request.headers.authorization === `Bearer token-of-${id}`;
      return known
        ? void response.writeHead(204).end()
        : refuse(response, 404, 'not-found', 'There is no such thing here.');
    }
    refuse(response, 404, 'not-found', 'There is no such thing here.');
  });

  function ask(
    request: IncomingMessage,
    response: ServerResponse,
    body: { readonly question: string; readonly conversationId?: string; readonly token?: string },
  ): void {
    const { refusal } = api;
    if (refusal) {
      refuse(response, refusal.status, refusal.code, refusal.message);
      return;
    }
    const { conversationId: given, token } = body;
    if (given && (!api.conversations.has(given) || token !== `token-of-${given}`)) {
      refuse(response, 404, 'not-found', 'There is no such conversation.');
      return;
    }
    const key = String(request.headers['idempotency-key'] ?? '');
    let turnId = byKey.get(key);
    if (turnId === undefined) {
      count += 1;
      turnId = `turn-${count}`;
      byKey.set(key, turnId);
      const conversationId = given ?? `conversation-${count}`;
      api.conversations.add(conversationId);
      const start = { type: 'answer-start', turnId, conversationId } as const;
      void play(turnId, given ? start : { ...start, token: `token-of-${conversationId}` }, body.question);
    }
    void sendEvents(request, response, turnId);
  }

  async function play(turnId: string, start: Turn['events'][number], question: string): Promise<void> {
    const turn: Turn = { events: [start], waiting: new Set(), ended: false };
    turns.set(turnId, turn);
    for (const step of api.script(question)) {
      if (turn.ended) break;
      if (typeof step === 'number') await new Promise((resolve) => setTimeout(resolve, step));
      else {
        const identity = { turnId, conversationId: start.type === 'answer-start' ? start.conversationId : '' };
        turn.events.push(step.type === 'answer-end' ? { ...step, answer: { ...step.answer, ...identity } } : step);
      }
      for (const wake of turn.waiting) wake();
    }
    turn.ended = true;
    for (const wake of turn.waiting) wake();
  }

  async function sendEvents(request: IncomingMessage, response: ServerResponse, turnId: string): Promise<void> {
    const turn = turns.get(turnId);
    if (!turn) return refuse(response, 404, 'not-found', 'There is no such turn.');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    response.once('close', () => {
      for (const wake of turn.waiting) wake();
    });
    let next = Number(request.headers['last-event-id'] ?? 0);
    while (!response.destroyed) {
      for (; next < turn.events.length; next += 1) {
        const event = turn.events[next];
        // In two pieces, because a network cuts where it likes.
        const text = `event: ${event?.type}\ndata: ${JSON.stringify(event)}\nid: ${next + 1}\n\n`;
        response.write(text.slice(0, 40));
        response.write(text.slice(40));
        if (api.breakAfter !== undefined && next + 1 >= api.breakAfter) {
          api.breakAfter = undefined;
          await new Promise((resolve) => setTimeout(resolve, 50));
          return void response.destroy();
        }
      }
      if (turn.ended) return void response.end();
      await new Promise<void>((resolve) => turn.waiting.add(resolve));
    }
  }

  const api: ScriptedApi = {
    url: '',
    requests: [],
    script: () => [],
    isDown: false,
    breakAfter: undefined,
    refusal: undefined,
    conversations: new Set(),
    turns,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(api, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function send(response: ServerResponse, text: string, type = 'application/json'): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code, message } }));
}
