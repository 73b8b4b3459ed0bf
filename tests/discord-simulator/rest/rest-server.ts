import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { isObject } from '../limits/finding.ts';
import { ApiError, apiErrors } from './api-error.ts';
import type { FaultEffect, Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import type { RecordedRequest, Recording } from './record.ts';
import { type Call, findRoute, type Reply, type Route } from './route.ts';

export interface RestServerParts {
  readonly routes: readonly Route[];
  readonly recording: Recording;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly token: () => string;
  readonly now: () => number;
  /** Tells those who wait that a request came. */
  readonly changed: () => void;
}

const base = /^\/api(?:\/v10)?(?=\/)/;

/** Discord's HTTP API: reads a request, meets scripted faults and rate limits, answers and records. */
export function createRestServer(parts: RestServerParts): Server {
  return createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      // A fault of the simulator itself must not look like one of Discord's.
      console.error(error);
      response.destroy();
    });
  });
}

async function answer(parts: RestServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = url.pathname.replace(base, '');
  const method = request.method ?? 'GET';
  const { json, fileNames } = await readBody(request).catch(() => ({ json: undefined, fileNames: [] }));
  const headers = { authorization: request.headers.authorization, 'user-agent': request.headers['user-agent'] };
  const record: RecordedRequest = {
    at: parts.now(),
    method,
    path,
    query: Object.fromEntries(url.searchParams),
    body: json ?? null,
    headers,
    fileNames,
    status: null,
    reply: null,
    fault: null,
  };
  parts.recording.requests.push(record);
  parts.changed();

  const effect = parts.faults.next(`${method} ${path}`);
  if (effect) record.fault = JSON.stringify(effect);
  if (effect && (await meet(effect, record, response))) return;
  const call: Call = {
    method,
    path,
    ids: {},
    query: url.searchParams,
    body: isObject(json) ? json : {},
    list: Array.isArray(json) ? json : null,
    fileNames,
  };
  const { reply, headers: limits } =
    json === undefined ? failed(apiErrors.invalidJson()) : await carryOut(parts, call, headers.authorization);
  if (effect && 'destroySocket' in effect) return endSocket(effect, response);
  if (effect && 'delayMs' in effect) await wait(effect.delayMs);
  send(response, record, reply, limits);
}

interface Limited {
  readonly reply: Reply;
  readonly headers: Readonly<Record<string, string>>;
}

async function carryOut(parts: RestServerParts, call: Call, authorization: string | undefined): Promise<Limited> {
  const found = findRoute(parts.routes, call.method, call.path);
  if (found === null) return failed(apiErrors.notFound());
  if (found === 'other-method') return failed(apiErrors.methodNotAllowed());
  const { route, ids } = found;
  if (!route.isOpen && authorization !== `Bot ${parts.token()}`) return failed(apiErrors.unauthorized());
  const isInteraction = route.pattern.startsWith('/interactions/') || route.pattern.startsWith('/webhooks/');
  const majorId = Object.values(ids)[0] ?? '';
  const admission = parts.rateLimits.admit(`${route.method} ${route.pattern}`, majorId, !isInteraction);
  if (admission.retryAfterSeconds !== null) {
    const limited = rateLimited(admission.retryAfterSeconds, admission.isGlobal ? 'global' : 'user');
    return { reply: limited.reply, headers: { ...admission.headers, ...limited.headers } };
  }
  try {
    return { reply: await route.handle({ ...call, ids }), headers: admission.headers };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...failed(error), headers: admission.headers };
  }
}

function failed(error: ApiError): Limited {
  return { reply: { status: error.status, body: error.body() }, headers: {} };
}

/** Rate Limits > Exceeding A Rate Limit: seconds with decimals in the body, rounded up in the header. */
function rateLimited(seconds: number, scope: 'user' | 'global' | 'shared'): Limited {
  const isGlobal = scope === 'global';
  const body = { message: 'You are being rate limited.', retry_after: seconds, global: isGlobal };
  const headers = { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': scope, via: '1.1 google' };
  return {
    reply: { status: 429, body },
    headers: { ...headers, ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}) },
  };
}

/** Answers as the fault says; false when the request is carried out all the same. */
async function meet(effect: FaultEffect, record: RecordedRequest, response: ServerResponse): Promise<boolean> {
  if ('status' in effect) {
    const { status, code = 0, message = `${status}: fault` } = effect;
    send(response, record, { status, body: { message, code } }, {});
    return true;
  }
  if ('rateLimit' in effect) {
    const { reply, headers } = rateLimited(effect.rateLimit.retryAfterSeconds, effect.rateLimit.scope ?? 'user');
    send(response, record, reply, headers);
    return true;
  }
  if ('html' in effect) {
    record.status = 200;
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in to the network</html>');
    return true;
  }
  if ('hang' in effect) return true;
  if ('destroySocket' in effect && effect.destroySocket === 'before') {
    endSocket(effect, response);
    return true;
  }
  return false;
}

function endSocket({ reset }: { readonly reset?: boolean }, { socket }: ServerResponse): void {
  if (reset) socket?.resetAndDestroy();
  else socket?.destroy();
}

function send(
  response: ServerResponse,
  record: RecordedRequest,
  { status, body }: Reply,
  headers: Readonly<Record<string, string>>,
): void {
  record.status = status;
  record.reply = body ?? null;
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
