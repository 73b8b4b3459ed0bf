import type { FastifyInstance } from 'fastify';
import { sendError } from './error-reply.ts';
import { readFeedbackRequest } from './feedback-request.ts';
import { bearerToken } from './headers.ts';
import { jsonBody } from './json-body.ts';
import type { RouteParts } from './server.ts';

/** What a visitor can do with a conversation besides asking: judge an answer, and erase everything. */
export function addConversationRoutes(app: FastifyInstance, { store, metrics }: RouteParts): void {
  app.post('/api/feedback', async (request, reply) => {
    const body = jsonBody(request, reply);
    if (!body) return reply;
    const feedback = readFeedbackRequest(body);
    if (!feedback.ok) return sendError(reply, feedback.code, feedback.message);
    const { turnId, value, comment } = feedback;
    const isSaved = await store.feedback.save({ turnId, value, ...(comment && { comment }) });
    if (!isSaved) return sendError(reply, 'not-found');
    metrics.feedback(value);
    return reply.code(204).send();
  });

  app.delete('/api/conversations/:id', async (request, reply) => {
    const { id } = request.params as { readonly id: string };
    if (!(await store.conversations.owns(id, bearerToken(request)))) return sendError(reply, 'not-found');
    await store.conversations.erase(id);
    return reply.code(204).send();
  });
}
