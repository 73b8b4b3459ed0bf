import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import type { Ask, Passage } from '../../domain.ts';
import { NapeError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Store } from '../../store/store.ts';
import type { HttpInteractions } from '../discord/http-interactions.ts';
import { createAllowedMethods } from './allowed-methods.ts';
import { addAskRoute } from './ask-route.ts';
import { addConversationRoutes } from './conversation-routes.ts';
import { createCrossOrigin, isShared } from './cors.ts';
import { addDiscordRoute } from './discord-route.ts';
import { answerBrokenRequest, frameworkErrorCode, sendError } from './error-reply.ts';
import type { FaqContent } from './faq-page.ts';
import { addFaqRoutes } from './faq-routes.ts';
import { addMetricsRoute } from './metrics-route.ts';
import { addOpenApiRoute } from './openapi.ts';
import { addPageRoutes } from './page-routes.ts';
import { type CountQuestion, createCountQuestion } from './question-limits.ts';
import { createRunningRequests, type RunningRequests } from './running-requests.ts';
import { createRunningTurns, type RunningTurns } from './running-turns.ts';
import { apiHeaders } from './security-headers.ts';
import { addTurnRoutes } from './turn-routes.ts';
import { addWidgetRoutes, type WidgetRouteParts } from './widget-routes.ts';

export interface HttpParts {
  readonly ask: Ask;
  passage(id: string): Passage | undefined;
  /** Questions that the article answers, for the demo page; read on every visit. */
  suggestions(): readonly string[];
  /** The owner's questions and answers; read on every visit. */
  faq(): FaqContent;
  /** Whether questions can be answered now; `detail` is public. */
  ready(): { readonly ready: boolean; readonly detail: string };
  readonly store: Pick<Store, 'conversations' | 'feedback' | 'claims' | 'limits'>;
  readonly metrics: Metrics;
  /** The widget's files and settings; without them its addresses do not exist. */
  readonly widget?: WidgetRouteParts;
  /** Origins of other sites that may call the API from a browser; none unless given. */
  readonly allowedOrigins?: readonly string[];
  readonly log: Log;
  /** Who may read the metrics from elsewhere; undefined leaves them to this machine. */
  readonly adminToken?: string | undefined;
  /** Addresses of proxies whose `X-Forwarded-For` is believed; none unless given. */
  readonly trustedProxies?: readonly string[];
  /** Answers interactions that Discord sends; null or missing when it sends none. */
  readonly discord?: HttpInteractions | null;
  /** Milliseconds for which an answer can be taken up again after a lost connection. */
  readonly resumeMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds that running answers get at a stop before they are aborted; 0 to 7,500. */
  readonly graceMs?: number;
  /** Milliseconds between comments that keep a quiet event stream open. */
  readonly heartbeatMs?: number;
  /** Milliseconds from any fixed moment, for durations in the log. */
  readonly clock?: () => number;
}

export interface HttpServer {
  /** Listens; port 0 takes a free one. Throws a `config-invalid` NapeError when the address cannot be used. */
  start(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  /**
   * Refuses new questions, lets running answers finish within the grace time, aborts the rest and closes.
   * Until the last answer is out, the port stays open so that `/readyz` can say 503. Takes under 10 seconds.
   */
  stop(): Promise<void>;
}

/** What the routes work with: the parts with every default filled in, and what is running. */
export interface RouteParts extends Omit<HttpParts, 'resumeMs' | 'heartbeatMs' | 'now'> {
  readonly resumeMs: number;
  readonly heartbeatMs: number;
  readonly now: () => number;
  readonly running: RunningRequests;
  readonly turns: RunningTurns;
  /** Counts a question against the limits. */
  readonly limit: CountQuestion;
}

const longestGraceMs = 7_500;
/** Time for aborted answers to say so to their clients. */
const abortMs = 1_000;
/** Time for idle connections to close by themselves. */
const closeMs = 500;

/** The HTTP channel: the question API, the passages, health, and a demo page at `/`. */
export function createHttpServer(parts: HttpParts): HttpServer {
  const { log, metrics, store, resumeMs = 60_000, heartbeatMs = 15_000, now = Date.now } = parts;
  const running = createRunningRequests(log, parts.clock ?? (() => performance.now()), metrics);
  const turns = createRunningTurns({ log, resumeMs });
  const stopListening = store.conversations.onErased(turns.forget);
  metrics.gauge('nape_answers_running', 'Answers being written now.', turns.count);
  const limit = createCountQuestion(store.limits);
  const routeParts = { ...parts, resumeMs, heartbeatMs, now, running, turns, limit };
  const app = createApp(routeParts, () => stopping !== undefined);
  let stopping: Promise<void> | undefined;

  async function drainAndClose(): Promise<void> {
    const graceMs = Math.min(parts.graceMs ?? longestGraceMs, longestGraceMs);
    if (!(await running.drained(graceMs))) {
      parts.log.warn({ running: running.count() }, 'aborting answers that did not finish in time');
      turns.abortAll();
      await running.drained(abortMs);
    }
    // Connections that never sent a request are not idle in Node's eyes, so they need the second, harder close.
    const closeAll = setTimeout(() => app.server.closeAllConnections(), closeMs);
    await app.close();
    clearTimeout(closeAll);
    turns.abortAll();
    stopListening();
  }

  return {
    async start({ host, port }) {
      try {
        await app.listen({ host, port });
      } catch (cause) {
        const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
        throw new NapeError(
          'config-invalid',
          `Cannot listen on HOST=${host} PORT=${port}: ${reason}. Choose another PORT, or stop the program that uses it.`,
          { cause },
        );
      }
      const address = app.server.address() as AddressInfo;
      return { url: `http://${reachableHost(host)}:${address.port}` };
    },
    stop() {
      stopping ??= drainAndClose();
      return stopping;
    },
  };
}

function createApp(parts: RouteParts, isStopping: () => boolean): FastifyInstance {
  const { log, running } = parts;
  const app: FastifyInstance = fastify({
    trustProxy: parts.trustedProxies ? [...parts.trustedProxies] : false,
    bodyLimit: 16 * 1024,
    // Against clients that send slowly: whole headers within 10 s, the whole request within 15 s, checked every 5 s.
    requestTimeout: 15_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    // Longer than the 60 s for which common proxies keep a connection, so that we are not the first to close it.
    keepAliveTimeout: 65_000,
    // A connection without a byte either way; several heartbeats long, so that only a stalled event stream meets it.
    connectionTimeout: 90_000,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      running.add(request.raw, reply.raw, '(bad address)');
      reply.headers(apiHeaders);
      sendError(reply, frameworkErrorCode(error));
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, running.on(socket), log),
  });
  // Without this, Node answers an unknown `Expect` header with an empty 417.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));

  app.removeAllContentTypeParsers();
  // Bytes stay bytes here: ask-request.ts reads them, so that no other parser's words can reach a client.
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const allowed = createAllowedMethods();
  const crossOrigin = createCrossOrigin(parts.allowedOrigins ?? []);
  app.addHook('onRoute', (route) => allowed.add(route.url, route.method));
  app.addHook('onRequest', async (request, reply) => {
    const route = request.is404 ? '(unknown)' : request.routeOptions.url;
    running.add(request.raw, reply.raw, route ?? '(unknown)');
    reply.headers(apiHeaders);
    if (isShared(request.url)) {
      reply.headers(crossOrigin.headersFor(request.method, request.headers.origin, allowed.at(request.url)));
    }
    if (isStopping()) reply.header('connection', 'close');
    // Before the body is read: an address or a method that does not exist needs no look at what was sent there.
    if (request.is404) {
      const methods = allowed.at(request.url);
      if (methods === undefined) return sendError(reply, 'not-found');
      reply.header('allow', methods.join(', '));
      if (request.method === 'OPTIONS') return reply.code(204).send();
      return sendError(reply, 'method-not-allowed');
    }
    if (isStopping() && route !== '/healthz' && route !== '/readyz') return sendError(reply, 'shutting-down');
  });
  app.setNotFoundHandler((_request, reply) => sendError(reply, 'not-found'));
  app.setErrorHandler((error, request, reply) => {
    const code = frameworkErrorCode(error);
    if (code === 'internal') log.error({ route: request.routeOptions.url, ...traceOf(error) }, 'request failed');
    // Fastify closes the connection after a body it did not read to the end, and a client that still sends then
    // sees a reset instead of the answer. Node drops the rest of the body; requestTimeout bounds how long.
    if (!isStopping()) reply.removeHeader('connection');
    return sendError(reply, code);
  });

  addAskRoute(app, parts);
  addTurnRoutes(app, parts);
  addConversationRoutes(app, parts);
  addDiscordRoute(app, parts.discord ?? null);
  addMetricsRoute(app, parts.metrics, parts.adminToken);
  addOpenApiRoute(app);
  app.get('/api/passages/*', (request, reply) => {
    const passage = parts.passage((request.params as { readonly '*': string })['*']);
    if (!passage) return sendError(reply, 'not-found');
    const { id, document, title, headings, text, start, end } = passage;
    return reply.send({ id, document, title, headings, text, start, end });
  });
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const { ready, detail } = isStopping() ? { ready: false, detail: 'stopping' } : parts.ready();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', detail });
  });
  if (parts.widget) addWidgetRoutes(app, parts.widget);
  addFaqRoutes(app, parts.faq);
  addPageRoutes(app, parts);
  return app;
}

/** Where a thrown value came from, without its message, which could repeat a visitor's words. */
function traceOf(thrown: unknown): { readonly error: string; readonly at: string | undefined } {
  const error = thrown instanceof Error ? thrown : new Error();
  return { error: error.name, at: error.stack?.match(/^\s+at .*$/m)?.[0].trim() };
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
