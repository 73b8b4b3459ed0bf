import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createFaqPage, type FaqContent } from './faq-page.ts';
import { pageHeaders } from './security-headers.ts';
import { createSendUnchanging } from './send-unchanging.ts';
import { createStaticFile } from './static-file.ts';

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
    const content = createStaticFile({ content: readAsset(file), type, cacheControl: 'no-cache' });
    app.get(path, (request, reply) => content.send(request, reply));
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

/** From `src/`, also when this runs from `dist/`: the compiler copies no pages, and both are three levels deep. */
function readAsset(file: string): string {
  return readFileSync(new URL(`../../../src/channels/http/page/${file}`, import.meta.url), 'utf8');
}
