import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../../metrics.ts';
import { sendError } from './error-reply.ts';
import { bearerToken } from './headers.ts';

/** `GET /metrics`: for who has the admin token; without one configured, for this machine only. To others it is not there. */
export function addMetricsRoute(app: FastifyInstance, metrics: Metrics, adminToken: string | undefined): void {
  app.get('/metrics', (request, reply) => {
    const isAllowed = adminToken === undefined ? isFromHere(request) : isSame(bearerToken(request), adminToken);
    if (!isAllowed) return sendError(reply, 'not-found');
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text());
  });
}

/** Whether the request came from this machine, and not through a proxy on it. */
function isFromHere({ raw, headers }: FastifyRequest): boolean {
  const address = raw.socket.remoteAddress?.replace(/^::ffff:/i, '') ?? '';
  const isLoopback = address === '::1' || (isIPv4(address) && address.startsWith('127.'));
  return isLoopback && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
}

function isSame(given: string, wanted: string): boolean {
  const [left, right] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
