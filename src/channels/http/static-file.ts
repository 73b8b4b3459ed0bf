import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface StaticFile {
  /** Subresource integrity: `sha384-…` in base64. */
  readonly integrity: string;
  /** Answers with the content, compressed as the client likes it, or with 304 when the client has it. */
  send(request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

export interface StaticFileParts {
  readonly content: string | Buffer;
  readonly type: string;
  readonly cacheControl: string;
}

/** A file that is held in memory, hashed and compressed once. */
export function createStaticFile({ content, type, cacheControl }: StaticFileParts): StaticFile {
  const plain = Buffer.from(content);
  const digest = createHash('sha384').update(plain).digest('base64');
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } });
  const gzip = gzipSync(plain, { level: 9 });
  // Weak, because one tag stands for all three encodings.
  const etag = `W/"${digest.slice(0, 24)}"`;

  return {
    integrity: `sha384-${digest}`,
    send(request, reply) {
      reply.headers({ etag, 'cache-control': cacheControl, vary: varyWith(reply, 'Accept-Encoding') });
      if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return reply.code(304).send();
      reply.type(type);
      const accepted = request.headers['accept-encoding'] ?? '';
      if (accepts(accepted, 'br')) return reply.header('content-encoding', 'br').send(brotli);
      if (accepts(accepted, 'gzip')) return reply.header('content-encoding', 'gzip').send(gzip);
      return reply.send(plain);
    },
  };
}

/** Whether an `Accept-Encoding` header names an encoding. */
export function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', weight = ''] = part.split(';').map((piece) => piece.trim());
    return name.toLowerCase() === encoding && !/^q=0(\.0*)?$/.test(weight);
  });
}

/** The `Vary` header with one more name. */
export function varyWith(reply: FastifyReply, name: string): string {
  const before = reply.getHeader('vary');
  return typeof before === 'string' ? `${before}, ${name}` : name;
}
