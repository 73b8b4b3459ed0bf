import type { AnswerEvent } from '../domain.ts';
import { type Api, type AskBody, Problem } from './api.ts';
import { createEventParser } from './event-parser.ts';
import type { SavedTurn } from './tab-store.ts';

/** What the API sends: the core's events, the first with the token of a new conversation. */
export type StreamEvent = AnswerEvent & { readonly token?: string };

export interface AnswerStreamParts {
  readonly api: Api;
  readonly body: AskBody;
  /** Its idempotency key, and the id of the turn when an answer is already under way. */
  readonly turn: Pick<SavedTurn, 'key' | 'turnId'>;
  readonly signal: AbortSignal;
  /** Hears that the connection failed and is tried again. */
  readonly onOffline: () => void;
}

const mostAttempts = 6;
const firstWaitMs = 800;

/**
 * The events of one answer, each once and up to its end, over as many connections as it takes: after a break the server
 * is asked for what is missing. Throws a `Problem` when the server refuses, or when it stays away.
 */
export async function* streamAnswer(parts: AnswerStreamParts): AsyncGenerator<StreamEvent> {
  const { api, body, turn, signal } = parts;
  let { turnId } = turn;
  let lastId = '';
  for (let attempt = 0; ; attempt++) {
    let refusal: unknown;
    try {
      const response = await (turnId ? api.events(turnId, lastId, signal) : api.ask(body, turn.key, signal));
      for await (const { data, id } of eventsOf(response)) {
        if (id && +id <= +lastId) continue;
        lastId = id;
        attempt = 0;
        const event: StreamEvent = JSON.parse(data);
        if (event.type === 'answer-start') ({ turnId } = event);
        yield event;
        if (event.type === 'answer-end' || event.type === 'answer-error') return;
      }
    } catch (thrown) {
      // A server that restarts, or a gateway before it, is worth another attempt; a refusal is not.
      if (signal.aborted || (thrown instanceof Problem && thrown.status < 502)) throw thrown;
      refusal = thrown;
    }
    if (attempt >= mostAttempts) throw refusal instanceof Problem ? refusal : new Problem(0, '');
    parts.onOffline();
    await wait(firstWaitMs * 2 ** Math.min(attempt, 3), signal);
  }
}

async function* eventsOf(response: Response) {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const parse = createEventParser();
  try {
    for (;;) {
      const step = await reader?.read();
      if (!step || step.done) return;
      yield* parse(decoder.decode(step.value, { stream: true }));
    }
  } finally {
    reader?.cancel().catch(() => {});
  }
}

/** Waits, less long when the browser says that it is online again. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
