import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpInteractions } from '../discord/http-interactions.ts';
import { sendError } from './error-reply.ts';

/** `POST /discord/interactions`: an interaction that Discord sends, and the answer to it. */
export function addDiscordRoute(app: FastifyInstance, answer: HttpInteractions | null): void {
  app.post('/discord/interactions', { bodyLimit }, async (request, reply) => {
    if (answer === null) return sendError(reply, 'not-found');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const replied = await answer({
      body,
      signature: header(request, 'x-signature-ed25519'),
      timestamp: header(request, 'x-signature-timestamp'),
    });
    if (replied.status === 401) return sendError(reply, 'unauthorized');
    if (replied.status === 400) return sendError(reply, 'bad-request');
    return replied.status === 200 ? reply.send(replied.body) : reply.code(replied.status).send();
  });
}

/** A button brings the message that it is under along. */
const bodyLimit = 256 * 1024;

function header({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
