import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './error-reply.ts';

/** The bytes of a JSON request; null when they cannot be read as such, and then the refusal has been sent. */
export function jsonBody(request: FastifyRequest, reply: FastifyReply): Buffer | null {
  if (!isPlainUtf8(request)) void sendError(reply, 'unsupported-media-type');
  else if (!Buffer.isBuffer(request.body)) void sendError(reply, 'bad-request');
  else return request.body;
  return null;
}

/** JSON is UTF-8 (RFC 8259, section 8.1); another charset or a compressed body would be misread. */
function isPlainUtf8(request: FastifyRequest): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1] ?? 'utf-8';
  return /^utf-?8$/i.test(charset) && encoding.toLowerCase() === 'identity';
}
