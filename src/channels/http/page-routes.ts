import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { pageHeaders } from './security-headers.ts';

const assets = [
  { path: '/demo.js', file: 'demo.js', type: 'text/javascript; charset=utf-8' },
  { path: '/demo.css', file: 'demo.css', type: 'text/css; charset=utf-8' },
  { path: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
] as const;

/** Where the server puts the buttons with suggested questions. */
const suggestionsMark = '<!-- suggestions -->';

/** The demo page of a spa and its files, read once. */
export function addPageRoutes(app: FastifyInstance, suggestions: () => readonly string[]): void {
  const [before = '', after = ''] = readAsset('demo.html').split(suggestionsMark);
  app.get('/', (_request, reply) => {
    const buttons = suggestions().map((question) => {
      return `<li><button type="button" class="suggestion">${escapeHtml(question)}</button></li>`;
    });
    return reply
      .headers(pageHeaders)
      .type('text/html; charset=utf-8')
      .send(before + buttons.join('\n') + after);
  });
  for (const { path, file, type } of assets) {
    const content = readAsset(file);
    app.get(path, (_request, reply) => reply.header('cache-control', 'no-cache').type(type).send(content));
  }
}

/** From `src/`, also when this runs from `dist/`: the compiler copies no pages, and both are three levels deep. */
function readAsset(file: string): string {
  return readFileSync(new URL(`../../../src/channels/http/page/${file}`, import.meta.url), 'utf8');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
