import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createFaqPage, type FaqContent } from './faq-page.ts';
import { pageHeaders } from './security-headers.ts';

/** The search form of the page asks its own address. */
const faqHeaders = {
  ...pageHeaders,
  'content-security-policy': pageHeaders['content-security-policy'].replace("form-action 'none'", "form-action 'self'"),
};

const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';

/** `GET /faq`, the page, and `GET /api/faq`, the same as data. */
export function addFaqRoutes(app: FastifyInstance, faq: () => FaqContent): void {
  const page = createFaqPage(readAsset('faq.html'));
  const send = createSendUnchanging();
  app.get('/faq', (request, reply) => {
    const query = queryOf(request);
    const body = page({ content: faq(), query, url: addressOf(request) });
    return send(request, reply.headers(faqHeaders).type(html), body);
  });
  app.get('/api/faq', (request, reply) => {
    const entries = faq().entries.map(({ id, question, group, text, layout, sentences, passages }) => {
      return { id, question, group, text, layout, sentences, passages };
    });
    return send(request, reply.header('cache-control', 'no-cache').type(json), JSON.stringify({ entries }));
  });
  for (const { path, file, type } of assets) {
    const content = readAsset(file);
    app.get(path, (request, reply) => send(request, reply.header('cache-control', 'no-cache').type(type), content));
  }
}

const assets = [
  { path: '/faq.css', file: 'faq.css', type: 'text/css; charset=utf-8' },
  { path: '/faq.js', file: 'faq.js', type: 'text/javascript; charset=utf-8' },
] as const;

const longestQuery = 200;

function queryOf(request: FastifyRequest): string {
  const { q } = request.query as { readonly q?: unknown };
  return typeof q === 'string' ? q.slice(0, longestQuery) : '';
}

/** The page's own address as the visitor has it; null for a `Host` that is none. */
function addressOf({ protocol, host }: FastifyRequest): string | null {
  return /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/iu.test(host) ? `${protocol}://${host}/faq` : null;
}

interface Kept {
  readonly tag: string;
  readonly compressed: Buffer;
}

/** Bodies kept with their tag and compressed form; searches come in any number, so the oldest go. */
const mostKept = 20;

/** Sends a body with its `ETag`, compressed where the client can read that, or says that it has not changed. */
function createSendUnchanging() {
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
    reply.header('etag', tag).header('vary', 'accept-encoding');
    if (isSame(request.headers['if-none-match'], tag)) return reply.code(304).send();
    if (!acceptsGzip(request.headers['accept-encoding'])) return reply.send(body);
    return reply.header('content-encoding', 'gzip').send(compressed);
  };
}

function isSame(sent: string | undefined, tag: string): boolean {
  const tags = sent?.split(',').map((one) => one.trim().replace(/^W\//u, '')) ?? [];
  return tags.includes(tag) || tags.includes('*');
}

function acceptsGzip(sent: string | string[] | undefined): boolean {
  return [sent ?? []]
    .flat()
    .join(',')
    .split(',')
    .some((one) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/iu.test(one));
}

/** From `src/`, also when this runs from `dist/`: the compiler copies no pages, and both are three levels deep. */
function readAsset(file: string): string {
  return readFileSync(new URL(`../../../src/channels/http/page/${file}`, import.meta.url), 'utf8');
}
