import type { FastifyInstance } from 'fastify';
import type { WidgetSettings } from '../../domain.ts';
import { sendError } from './error-reply.ts';
import type { WidgetFiles } from './widget-files.ts';

export interface WidgetRouteParts {
  readonly files: WidgetFiles;
  /** What the widget shows, in the language of the tag or else in English. */
  settings(language: string | undefined): WidgetSettings;
}

/** The widget's script, moving and pinned, and its public settings. */
export function addWidgetRoutes(app: FastifyInstance, { files, settings }: WidgetRouteParts): void {
  app.get('/widget.js', (request, reply) =>
    files.current ? files.current.send(request, reply) : sendError(reply, 'not-found'),
  );
  app.get('/widget-*', (request, reply) => {
    const file = files.versioned(request.url.replace(/\?.*$/s, ''));
    return file ? file.send(request, reply) : sendError(reply, 'not-found');
  });
  app.get('/api/widget', (request, reply) => {
    const { lang } = request.query as { readonly lang?: unknown };
    reply.header('cache-control', 'public, max-age=300');
    return reply.send(settings(typeof lang === 'string' ? lang : undefined));
  });
}
