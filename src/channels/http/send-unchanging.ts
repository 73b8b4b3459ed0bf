import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accepts, varyWith } from './static-file.ts';

/**
 * Sends a body with its `ETag`, compressed where the client can read that, or says that it has not changed. Visitors make new
 * bodies by searching, so each is compressed quickly rather than well.
 */
export function createSendUnchanging() {
  const kept = new Map<string, Kept>();
  const find = (body: string): Kept => {
    const known = kept.get(body);
    if (known) return known;
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const made = { tag, compressed: gzipSync(body) };
    kept.set(body, made);
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return made;
  };
  return (request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply => {
    const { tag, compressed } = find(body);
    reply.header('etag', tag).header('vary', varyWith(reply, 'Accept-Encoding'));
    if (isSame(request.headers['if-none-match'], tag)) return reply.code(304).send();
    if (!accepts([request.headers['accept-encoding'] ?? []].flat().join(','), 'gzip')) return reply.send(body);
    return reply.header('content-encoding', 'gzip').send(compressed);
  };
}

interface Kept {
  readonly tag: string;
  readonly compressed: Buffer;
}

/** Bodies kept with their tag and compressed form; searches come in any number, so the oldest go. */
const mostKept = 20;

function isSame(sent: string | undefined, tag: string): boolean {
  const tags = sent?.split(',').map((one) => one.trim().replace(/^W\//u, '')) ?? [];
  return tags.includes(tag) || tags.includes('*');
}
