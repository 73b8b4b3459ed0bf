import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { NumberedEvent } from './running-turns.ts';

/** Whether an `Accept` header asks for server-sent events at least as much as for JSON. */
export function acceptsEventStream(accept: string | undefined): boolean {
  const weights = new Map<string, number>();
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    weights.set(type, Number(weight) || 0);
  }
  const wanted = weights.get('text/event-stream') ?? 0;
  return wanted > 0 && wanted >= (weights.get('application/json') ?? 0);
}

/**
 * Sends the events as they happen and ends the response with them. Waits for a slow reader, and stops reading
 * `events` when the client has gone.
 */
export async function sendEventStream(
  reply: FastifyReply,
  events: AsyncIterable<NumberedEvent>,
  heartbeatMs: number,
): Promise<void> {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    // Proxies such as nginx would otherwise collect the events and deliver them all at the end.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const heartbeat = setInterval(() => {
    // A reader that is behind has bytes to come already; more would only fill the memory.
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, heartbeatMs);

  try {
    for await (const { id, event } of events) {
      if (response.destroyed) break;
      const ready = response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\nid: ${id}\n\n`);
      if (!ready) await drained(response);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}
