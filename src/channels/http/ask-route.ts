import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answeredEvents } from './answered-events.ts';
import { type Asked, createAskOnce } from './ask-once.ts';
import { type AskRequest, readAskRequest } from './ask-request.ts';
import { sendError, sendTooMany } from './error-reply.ts';
import { acceptsEventStream, sendEventStream } from './event-stream.ts';
import { idempotencyKey, lastEventId } from './headers.ts';
import { jsonBody } from './json-body.ts';
import type { NumberedEvent } from './running-turns.ts';
import type { RouteParts } from './server.ts';
import { continueConversation, newConversation, type VisitorConversation } from './visitor-conversation.ts';

type Question = Extract<AskRequest, { readonly ok: true }>;

/** `POST /api/ask`: the answer as JSON, or its events as they happen when the client accepts an event stream. */
export function addAskRoute(app: FastifyInstance, parts: RouteParts): void {
  const { running, turns } = parts;
  const { conversations, claims } = parts.store;
  const askOnce = createAskOnce({ claims, log: parts.log });

  app.post('/api/ask', async (request, reply) => {
    const body = jsonBody(request, reply);
    if (!body) return reply;
    const key = idempotencyKey(request);
    if (key === null) return sendError(reply, 'bad-request', '"Idempotency-Key" has to be 1 to 200 plain characters.');
    const question = readAskRequest(body);
    if (!question.ok) return sendError(reply, question.code, question.message);
    const { conversationId, token = '' } = question;
    const known =
      conversationId === undefined ? null : await continueConversation(conversations, conversationId, token);
    if (conversationId !== undefined && !known) return sendError(reply, 'not-found');

    const gone = running.signal(reply.raw);
    const begin = () => beginTurn(request, question, known, key !== undefined);
    // The address stands for the visitor until there is a conversation: nobody else's key may bring up this answer.
    const owner = conversationId ?? `new ${request.ip}`;
    const once = { key: `${owner} ${key}`, body: JSON.stringify(question) };
    return sendAsked(request, reply, key === undefined ? await begin() : await askOnce(once, begin), gone);
  });

  /** Counts the question against the limits and starts its answer. */
  async function beginTurn(
    { ip }: FastifyRequest,
    { question: text, locale }: Question,
    known: VisitorConversation | null,
    isResumable: boolean,
  ): Promise<Asked> {
    const limited = await parts.limit(ip, known?.conversation.id);
    if (limited !== null) return { kind: 'refused', code: 'too-many-requests', retryAfterMs: limited };
    const { conversation, token } = known ?? (await newConversation(conversations));
    const turn = turns.start({
      conversationId: conversation.id,
      events: (signal) => parts.ask({ text, conversation, channel: 'http', ...(locale && { locale }), signal }),
      isResumable,
    });
    return { kind: 'turn', turn, token };
  }

  async function sendAsked(request: FastifyRequest, reply: FastifyReply, asked: Asked, gone: AbortSignal) {
    if (asked.kind === 'refused') {
      return asked.retryAfterMs === undefined ? sendError(reply, asked.code) : sendTooMany(reply, asked.retryAfterMs);
    }
    const { token } = asked;
    const turn = asked.kind === 'turn' ? asked.turn : turns.find(asked.answer.turnId);
    if (acceptsEventStream(request.headers.accept)) {
      const after = lastEventId(request);
      const events = asked.kind === 'answer' && !turn ? answeredEvents(asked.answer, after) : turn?.follow(after, gone);
      return sendEventStream(reply, withToken(events ?? [], token), parts.heartbeatMs);
    }
    if (asked.kind === 'answer') return reply.send({ ...asked.answer, ...(token && { token }) });
    // The answer has a deadline of its own, and nothing is sent before it: silence here is not a stalled client.
    reply.raw.setTimeout(0);
    for await (const { event } of asked.turn.follow(0, gone)) {
      if (event.type === 'answer-end') return reply.send({ ...event.answer, ...(token && { token }) });
      if (event.type === 'answer-error') return sendError(reply, event.code);
    }
    return sendError(reply, 'internal');
  }
}

/** A new conversation's token goes out with the first event. */
async function* withToken(
  events: AsyncIterable<NumberedEvent> | Iterable<NumberedEvent>,
  token: string | undefined,
): AsyncGenerator<NumberedEvent> {
  for await (const { id, event } of events) {
    yield { id, event: event.type === 'answer-start' && token ? { ...event, token } : event };
  }
}
