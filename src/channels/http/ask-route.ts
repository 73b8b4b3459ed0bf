import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerEvent } from '../../domain.ts';
import { readAskRequest } from './ask-request.ts';
import { endedEvents } from './ended-events.ts';
import { sendError } from './error-reply.ts';
import { acceptsEventStream, sendEventStream } from './event-stream.ts';
import type { RunningRequests } from './running-requests.ts';
import type { HttpParts } from './server.ts';

/** `POST /api/ask`: the answer as JSON, or its events as they happen when the client accepts an event stream. */
export function addAskRoute(app: FastifyInstance, parts: HttpParts, running: RunningRequests): void {
  app.post('/api/ask', async (request, reply) => {
    if (!isPlainUtf8(request)) return sendError(reply, 'unsupported-media-type');
    if (!Buffer.isBuffer(request.body)) return sendError(reply, 'bad-request');
    const asked = readAskRequest(request.body);
    if (!asked.ok) return sendError(reply, asked.code, asked.message);

    const { question: text, conversationId } = asked;
    const signal = running.signal(reply.raw);
    const question = { text, ...(conversationId && { conversationId }), signal };
    const events = endedEvents(() => parts.ask(question), signal, parts.log);

    if (acceptsEventStream(request.headers.accept)) {
      const { heartbeatMs = 15_000 } = parts;
      return sendEventStream(reply, events, heartbeatMs);
    }
    // The answer has a deadline of its own, and nothing is sent before it: silence here is not a stalled client.
    reply.raw.setTimeout(0);
    return sendAnswer(reply, events);
  });
}

async function sendAnswer(reply: FastifyReply, events: AsyncIterable<AnswerEvent>): Promise<FastifyReply> {
  for await (const event of events) {
    if (event.type === 'answer-end') return reply.send(event.answer);
    if (event.type === 'answer-error') return sendError(reply, event.code);
  }
  return sendError(reply, 'internal');
}

/** JSON is UTF-8 (RFC 8259, section 8.1); another charset or a compressed body would be misread. */
function isPlainUtf8(request: FastifyRequest): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1] ?? 'utf-8';
  return /^utf-?8$/i.test(charset) && encoding.toLowerCase() === 'identity';
}
