import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { pageHeaders } from './security-headers.ts';
import type { HttpParts } from './server.ts';
import { createStaticFile } from './static-file.ts';

const assets = [
  { path: '/demo.js', file: 'demo.js', type: 'text/javascript; charset=utf-8' },
  { path: '/demo.css', file: 'demo.css', type: 'text/css; charset=utf-8' },
  { path: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
] as const;

/** The question in the page that the shipped article answers, and the passage that does; another article has its own. */
const sample = { question: 'What is shiatsu?', passage: 'neck-and-spine-massage#shiatsu/1' };

export type PageParts = Pick<HttpParts, 'passage' | 'suggestions'>;

/** The demo page of a spa and its files, read once. */
export function addPageRoutes(app: FastifyInstance, { passage, suggestions }: PageParts): void {
  const page = readAsset('demo.html');
  const pageWith = (question: string) => {
    const content = page.replace(sample.question, () => escapeHtml(question));
    return {
      question,
      file: createStaticFile({ content, type: 'text/html; charset=utf-8', cacheControl: 'no-cache' }),
    };
  };
  let made = pageWith(sample.question);
  app.get('/', (request, reply) => {
    const question = (!passage(sample.passage) && suggestions()[0]) || sample.question;
    // Hashed and compressed again only when the article has changed.
    if (question !== made.question) made = pageWith(question);
    return made.file.send(request, reply.headers(pageHeaders));
  });
  for (const { path, file, type } of assets) {
    const content = createStaticFile({ content: readAsset(file), type, cacheControl: 'no-cache' });
    app.get(path, (request, reply) => content.send(request, reply));
  }
}

/** From `src/`, also when this runs from `dist/`: the compiler copies no pages, and both are three levels deep. */
function readAsset(file: string): string {
  return readFileSync(new URL(`../../../src/channels/http/page/${file}`, import.meta.url), 'utf8');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
