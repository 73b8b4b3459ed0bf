import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answeredEvents } from './answered-events.ts';
import { sendError } from './error-reply.ts';
import { sendEventStream } from './event-stream.ts';
import { lastEventId } from './headers.ts';
import type { RouteParts } from './server.ts';

const turnIdOf = ({ params }: FastifyRequest) => (params as { readonly turnId: string }).turnId;

/** Taking an answer up again after a lost connection, and stopping it. Who knows the random id of a turn is who asked. */
export function addTurnRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { store, running, turns, resumeMs, heartbeatMs, now } = parts;
  app.get('/api/turns/:turnId/events', async (request, reply) => {
    const turnId = turnIdOf(request);
    const after = lastEventId(request);
    const under = turns.find(turnId);
    if (under) return sendEventStream(reply, under.follow(after, running.signal(reply.raw)), heartbeatMs);
    // Answered by another replica, or before a restart: the conversation still has it.
    const found = await store.conversations.findTurn(turnId);
    if (!found?.turn.answer || now() - found.turn.at > resumeMs) return sendError(reply, 'not-found');
    return sendEventStream(reply, answeredEvents(found.turn.answer, after), heartbeatMs);
  });

  app.post('/api/turns/:turnId/stop', async (request, reply) => {
    const turnId = turnIdOf(request);
    // What has ended needs no stopping.
    const isKnown = turns.stop(turnId) || (await store.conversations.findTurn(turnId)) !== null;
    return isKnown ? reply.code(204).send() : sendError(reply, 'not-found');
  });
}
