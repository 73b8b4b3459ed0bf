import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '../../domain.ts';
import { errorCode, publicErrors } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { apiHeaders } from './security-headers.ts';

/** Answers with the error body and the status of `code`; `message` has to be fixed, public words. */
export function sendError(reply: FastifyReply, code: ErrorCode, message = publicErrors[code].message): FastifyReply {
  return reply.code(publicErrors[code].status).send({ error: { code, message } });
}

/** Answers who asked too often, with the time to wait in whole seconds. */
export function sendTooMany(reply: FastifyReply, retryAfterMs: number): FastifyReply {
  return sendError(
    reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1000)))),
    'too-many-requests',
  );
}

/** The public code of whatever Fastify or a handler threw; its own text never reaches a client. */
export function frameworkErrorCode(thrown: unknown): ErrorCode {
  const { code, statusCode } = (thrown ?? {}) as { readonly code?: unknown; readonly statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body-too-large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'unsupported-media-type';
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return 'not-found';
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return 'bad-request';
  return errorCode(thrown);
}

/** Statuses of what Node refuses before there is a request; anything else is a 400. */
const brokenRequestStatuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers bytes that are not HTTP, headers that are too large, and requests that came too slowly; `current` is the
 * request that was being served on the connection.
 */
export function answerBrokenRequest(
  error: Error & { readonly code?: string },
  socket: Socket,
  current: { readonly request: IncomingMessage; readonly response: ServerResponse } | undefined,
  log: Log,
): void {
  // Words in the middle of a running answer would only garble it.
  if (error.code === 'ECONNRESET' || !socket.writable || current?.request.complete) {
    socket.destroy();
    return;
  }
  const status = brokenRequestStatuses[error.code ?? ''] ?? 400;
  const code: ErrorCode = status === 413 ? 'body-too-large' : 'bad-request';
  const body = JSON.stringify({ error: { code, message: publicErrors[code].message } });
  const headers = {
    ...apiHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`, () => socket.destroy());
  // A request that has got as far as its body is logged with the others when its connection closes.
  if (current) current.response.statusCode = status;
  else log.info({ method: null, route: '(broken request)', status, cause: error.code }, 'request');
}
