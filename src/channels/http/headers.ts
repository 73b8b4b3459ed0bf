import type { FastifyRequest } from 'fastify';

/** The client's key for one question; undefined without one, null when it cannot be one. */
export function idempotencyKey({ headers }: FastifyRequest): string | undefined | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  return typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key) ? key : null;
}

/** Number of the last event that the client has, 0 for none. */
export function lastEventId({ headers }: FastifyRequest): number {
  const id = headers['last-event-id'];
  return typeof id === 'string' && /^\d{1,9}$/.test(id) ? Number(id) : 0;
}

/** The token of `Authorization: Bearer …`, empty without one. */
export function bearerToken({ headers }: FastifyRequest): string {
  return /^Bearer +([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}
