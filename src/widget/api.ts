import type { WidgetSettings } from '../domain.ts';
import { toJson } from './to-json.ts';

export interface AskBody {
  readonly question: string;
  readonly conversationId?: string | undefined;
  readonly token?: string | undefined;
}

export type Api = ReturnType<typeof createApi>;

/** What the server answered instead of what was asked for, in words that a visitor may read. */
export class Problem extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

// Taken once: what the page does to its own copy later does not reach the widget.
const { fetch } = window;
const stream = { accept: 'text/event-stream' };

/** The calls of the HTTP API. Each throws a `Problem` when the server refuses, and a `TypeError` when it is not there. */
export function createApi(endpoint: string) {
  async function call(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: unknown,
    init?: RequestInit,
  ): Promise<Response> {
    const response = await fetch(endpoint + path, {
      credentials: 'omit',
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      ...(body ? { method: 'POST', body: toJson(body) } : {}),
      ...init,
    });
    if (response.ok) return response;
    const refusal = await response.json().catch(() => {});
    throw new Problem(response.status, refusal?.error?.message ?? '');
  }

  return {
    async settings(language: string, signal: AbortSignal): Promise<WidgetSettings> {
      return (await call(`/api/widget?lang=${language}`, {}, undefined, { signal })).json();
    },
    /** A style sheet of this very build: with another digest the browser refuses it. */
    async style(path: string, integrity: string, signal: AbortSignal): Promise<string> {
      return (await call(path, {}, undefined, { integrity, signal })).text();
    },
    /** The events of a new answer; a repeated key gets the answer that is under way. */
    ask: (body: AskBody, key: string, signal: AbortSignal) =>
      call('/api/ask', { ...stream, 'idempotency-key': key }, body, { signal }),
    /** The events of an answer after the one with `lastId`, all of them without it. */
    events: (turnId: string, lastId: string, signal: AbortSignal) =>
      call(`/api/turns/${turnId}/events`, { ...stream, ...(lastId && { 'last-event-id': lastId }) }, undefined, {
        signal,
      }),
    stop: (turnId: string) => call(`/api/turns/${turnId}/stop`, {}, undefined, { method: 'POST' }),
    feedback: (turnId: string, value: string, comment?: string) =>
      call('/api/feedback', {}, { turnId, value, comment }),
    erase: (conversationId: string, token: string) =>
      call(`/api/conversations/${conversationId}`, { authorization: `Bearer ${token}` }, undefined, {
        method: 'DELETE',
      }),
  };
}
