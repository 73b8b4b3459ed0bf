import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttpServer, type HttpParts } from '../../../src/channels/http/server.ts';
import type { Answer, AnswerEvent, Ask, CitedPassage, Passage } from '../../../src/domain.ts';
import { silentLog } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { StoreOptions } from '../../../src/store/database-store.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';

export const passage: Passage = {
  id: 'neck-and-spine-massage#shiatsu/1',
  document: 'neck-and-spine-massage',
  title: 'Neck and Spine Massage',
  section: 'shiatsu',
  headings: ['Techniques', 'Shiatsu'],
  text: 'Shiatsu comes from Japan.',
  sentences: [{ text: 'Shiatsu comes from Japan.', start: 120, end: 145 }],
  hash: 'ab',
  start: 120,
  end: 145,
};

const cited: CitedPassage = {
  id: passage.id,
  document: passage.document,
  title: passage.title,
  headings: passage.headings,
  text: passage.text,
  start: passage.start,
  end: passage.end,
  score: 0.7,
};

export const answer: Answer = {
  turnId: 'turn-1',
  conversationId: 'conversation-1',
  outcome: 'answered',
  reason: null,
  text: 'Shiatsu comes from Japan.',
  sentences: [{ text: 'Shiatsu comes from Japan.', citations: [passage.id], quoted: true }],
  passages: [cited],
  suggestions: ['How long does a session take?'],
  mode: 'extractive',
};

export const answerEvents: readonly AnswerEvent[] = [
  { type: 'answer-start', turnId: 'turn-1', conversationId: 'conversation-1' },
  { type: 'passages-found', passages: [cited] },
  ...answer.sentences.map((sentence): AnswerEvent => ({ type: 'sentence-verified', sentence })),
  { type: 'answer-end', answer },
];

/** An `Ask` that always plays the same events. */
export function playing(events: readonly AnswerEvent[]): Ask {
  return async function* () {
    yield* events;
  };
}

/** A store in memory, closed when the test ends. */
export async function openMemoryStore(limits: Partial<StoreOptions['limits']> = {}, now = Date.now): Promise<Store> {
  const free = { perMinute: 0, perDay: 0 };
  const store = await openSqliteStore({
    file: ':memory:',
    keepQuestionsDays: 0,
    limits: { address: free, conversation: free, user: free, everyone: free, ...limits },
    now,
    purgeMs: 0,
  });
  onTestFinished(() => store.close());
  return store;
}

/** A server on a free port of 127.0.0.1, stopped when the test ends. */
export async function startServer(parts: Partial<HttpParts> = {}) {
  const store = parts.store ?? (await openMemoryStore());
  const server = createHttpServer({
    store,
    metrics: createMetrics({ clock: () => performance.now() }),
    ask: playing(answerEvents),
    passage: (id) => (id === passage.id ? passage : undefined),
    suggestions: () => ['What is shiatsu?'],
    faq: () => ({ entries: [], titles: ['Neck and Spine Massage'], language: 'en' }),
    ready: () => ({ ready: true, detail: '1 passage' }),
    log: silentLog,
    graceMs: 0,
    ...parts,
  });
  const { url } = await server.start({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.stop());

  function ask(body: unknown, headers: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<Response> {
    return fetch(`${url}/api/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body:
        typeof body === 'string' || body instanceof Uint8Array
          ? (body as Uint8Array<ArrayBuffer>)
          : JSON.stringify(body),
      ...(signal && { signal }),
    });
  }

  /** Sends raw bytes and reads until the server closes. */
  function raw(bytes: string | Uint8Array): Promise<string> {
    return new Promise((resolve) => {
      let received = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
      socket.setEncoding('utf8');
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(received));
    });
  }

  return { server, store, url, ask, raw };
}

export const eventStream = { accept: 'text/event-stream' };

/** A promise with its handle outside. */
export function signalled<Value = void>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
