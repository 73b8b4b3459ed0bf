import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AnswerEvent, Question } from '../../../src/domain.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  answer,
  answerEvents,
  eventStream,
  openMemoryStore,
  playing,
  signalled,
  startServer,
} from './running-server.ts';

const key = (value: string) => ({ 'idempotency-key': value });
const question = { question: 'What is shiatsu?' };

/** An `ask` that counts how often it is asked, and waits before each event until it is let go on. */
function steppedAsk() {
  const state = { asked: 0, aborted: 0, reason: '' };
  const steps = answerEvents.map(() => signalled());
  return {
    state,
    /** Lets the first events out, up to `count`. */
    letOut: (count: number) => steps.slice(0, count).map(({ resolve }) => resolve()),
    async *ask({ signal, conversation }: Question): AsyncGenerator<AnswerEvent> {
      state.asked += 1;
      const turnId = `turn-${state.asked}`;
      signal?.addEventListener('abort', () => {
        state.aborted += 1;
        state.reason = signal.reason.code;
      });
      for (const [at, event] of answerEvents.entries()) {
        await steps[at]?.promise;
        if (event.type === 'answer-start') yield { ...event, turnId, conversationId: conversation?.id ?? '' };
        else if (event.type === 'answer-end')
          yield { ...event, answer: { ...event.answer, turnId, conversationId: conversation?.id ?? '' } };
        else yield event;
      }
    },
  };
}

interface Received {
  readonly id: number;
  readonly event: AnswerEvent;
}

/** Reads events until there are `count` or the stream ends. */
async function received(response: Response, count = Number.POSITIVE_INFINITY): Promise<readonly Received[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const all: Received[] = [];
  let text = '';
  while (reader && all.length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    const blocks = (text + value).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data) all.push({ id: Number(/^id: (\d+)$/m.exec(block)?.[1]), event: JSON.parse(data) as AnswerEvent });
    }
  }
  return all;
}

async function until(holds: () => boolean): Promise<void> {
  for (let waits = 0; !holds(); waits += 1) {
    if (waits > 200) throw new Error('it never came to hold');
    await sleep(10);
  }
}

describe('an idempotency key', () => {
  it('50 equal posts at once > one answer, one conversation, one token', async () => {
    const { state, letOut, ask: core } = steppedAsk();
    const { ask } = await startServer({ ask: core });
    const posts = Array.from({ length: 50 }, () => ask(question, key('once')));
    await sleep(50);
    letOut(answerEvents.length);
    const responses = await Promise.all(posts);
    const bodies = new Set(await Promise.all(responses.map((response) => response.text())));
    expect(responses.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(bodies.size).toBe(1);
    expect(JSON.parse([...bodies][0] ?? '')).toMatchObject({ turnId: 'turn-1', token: expect.any(String) });
    expect(state.asked).toBe(1);
  });

  it('the same again later, also from another replica > the answer that was given', async () => {
    const store = await openMemoryStore();
    const { state, letOut, ask: core } = steppedAsk();
    letOut(answerEvents.length);
    const [one, other] = [await startServer({ ask: core, store }), await startServer({ ask: core, store })];
    const first = await (await one.ask(question, key('k'))).json();
    expect(await (await one.ask(question, key('k'))).json()).toEqual(first);
    expect(await (await other.ask(question, key('k'))).json()).toEqual(first);
    const events = await received(await other.ask(question, { ...key('k'), ...eventStream }));
    expect(events.map(({ event }) => event.type)).toEqual([
      'answer-start',
      'passages-found',
      'sentence-verified',
      'answer-end',
    ]);
    expect(events[0]?.event).toMatchObject({ token: (first as { token: string }).token });
    expect(state.asked).toBe(1);
  });

  it('two replicas at once > one answer', async () => {
    const store = await openMemoryStore();
    const { state, letOut, ask: core } = steppedAsk();
    const [one, other] = [await startServer({ ask: core, store }), await startServer({ ask: core, store })];
    const posts = Array.from({ length: 20 }, (_, at) => (at % 2 ? one : other).ask(question, key('both')));
    await sleep(50);
    letOut(answerEvents.length);
    const bodies = new Set(await Promise.all(posts.map(async (post) => (await post).text())));
    expect(bodies.size).toBe(1);
    expect(state.asked).toBe(1);
  });

  it('with another question > 409, during the answer and after it', async () => {
    const { letOut, ask: core } = steppedAsk();
    const { ask } = await startServer({ ask: core });
    const first = ask(question, key('k'));
    await sleep(30);
    const conflict = { error: { code: 'conflict', message: expect.stringContaining('another question') } };
    const during = await ask({ question: 'And Thai?' }, key('k'));
    expect([during.status, await during.json()]).toEqual([409, conflict]);
    letOut(answerEvents.length);
    await first;
    expect((await ask({ question: 'And Thai?' }, key('k'))).status).toBe(409);
    expect((await ask(question, key('k'))).status).toBe(200);
  });

  it('of another conversation > is another key', async () => {
    const { state, letOut, ask: core } = steppedAsk();
    letOut(answerEvents.length);
    const { ask, store } = await startServer({ ask: core });
    for (let conversation = 0; conversation < 2; conversation += 1) {
      const { id: conversationId, token } = await store.conversations.create({ channel: 'http' });
      expect((await ask({ ...question, conversationId, token }, key('k'))).status).toBe(200);
    }
    expect(state.asked).toBe(2);
  });

  it('an answer that failed > the next post tries again', async () => {
    let asked = 0;
    const { ask } = await startServer({
      async *ask() {
        asked += 1;
        if (asked === 1) yield { type: 'answer-error', code: 'deadline-exceeded', message: '' };
        else yield* answerEvents;
      },
    });
    expect((await ask(question, key('k'))).status).toBe(503);
    expect((await ask(question, key('k'))).status).toBe(200);
  });

  it('that is no key > 400', async () => {
    const { ask } = await startServer();
    for (const value of ['x'.repeat(201), 'two words', '']) {
      expect((await ask(question, key(value))).status, value).toBe(400);
    }
  });
});

describe('a stream that is cut', () => {
  it.each(answerEvents.map((event, at) => [at + 1, event.type] as const))(
    'after event %i (%s) > the rest comes with Last-Event-ID, by either way, without asking again',
    async (cut, _type) => {
      const { state, letOut, ask: core } = steppedAsk();
      const { ask, url } = await startServer({ ask: core });
      const client = new AbortController();
      const headers = { ...key('k'), ...eventStream };
      letOut(cut);
      const before = await received(await ask(question, headers, client.signal), cut);
      client.abort();
      const { turnId } = before[0]!.event as { turnId: string };
      await sleep(20);
      letOut(answerEvents.length);
      const last = { 'last-event-id': String(cut) };
      const byTurn = await received(await fetch(`${url}/api/turns/${turnId}/events`, { headers: last }));
      const byPost = await received(await ask(question, { ...headers, ...last }));
      for (const after of [byTurn, byPost]) {
        expect([...before, ...after].map(({ id }) => id)).toEqual(answerEvents.map((_, at) => at + 1));
        expect([...before, ...after].map(({ event }) => event.type)).toEqual(answerEvents.map(({ type }) => type));
      }
      expect(state).toEqual({ asked: 1, aborted: 0, reason: '' });
    },
  );

  it('after 60 s of nobody listening > the model is aborted', async () => {
    const { state, letOut, ask: core } = steppedAsk();
    const { ask } = await startServer({ ask: core, resumeMs: 100 });
    const client = new AbortController();
    letOut(1);
    await received(await ask(question, { ...key('k'), ...eventStream }, client.signal), 1);
    client.abort();
    await sleep(40);
    expect(state.aborted).toBe(0);
    await until(() => state.aborted === 1);
    expect(state.reason).toBe('stopped');
  });

  it('after its time > 404, and another replica or a restarted server knows the end for as long', async () => {
    const store = await openMemoryStore();
    const nothing = { asked: '', question: '', passages: [], listed: [], suggestions: [] };
    const conversations: Store['conversations'] = {
      ...store.conversations,
      findTurn: async (turnId) =>
        turnId === 'turn-1'
          ? {
              conversationId: 'c',
              turn: { ...nothing, turnId, outcome: 'answered', reason: null, isCrisis: false, at: 1_000, answer },
            }
          : null,
    };
    let now = 1_000;
    const { url } = await startServer({
      store: { ...store, conversations },
      now: () => now,
      resumeMs: 60_000,
    });
    const again = () => fetch(`${url}/api/turns/turn-1/events`, { headers: { 'last-event-id': '3' } });
    expect(await received(await again())).toEqual([{ id: 4, event: { type: 'answer-end', answer } }]);
    now += 60_001;
    expect((await again()).status).toBe(404);
    expect((await fetch(`${url}/api/turns/unknown/events`)).status).toBe(404);
  });

  it('of a client without a key > the model is aborted at once', async () => {
    const { state, letOut, ask: core } = steppedAsk();
    const { ask } = await startServer({ ask: core });
    const client = new AbortController();
    letOut(1);
    await received(await ask(question, eventStream, client.signal), 1);
    const startedAt = performance.now();
    client.abort();
    await until(() => state.aborted === 1);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('one of two listeners leaves > the other one gets everything', async () => {
    const { state, letOut, ask: core } = steppedAsk();
    const { ask, url } = await startServer({ ask: core });
    const client = new AbortController();
    letOut(1);
    const first = await received(await ask(question, eventStream, client.signal), 1);
    const { turnId } = first[0]!.event as { turnId: string };
    const second = fetch(`${url}/api/turns/${turnId}/events`).then((response) => received(response));
    await sleep(30);
    client.abort();
    await sleep(30);
    letOut(answerEvents.length);
    expect((await second).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(state.aborted).toBe(0);
  });
});

describe('POST /api/turns/:turnId/stop', () => {
  it.each([
    ['with a key', key('k')],
    ['without one', {}],
  ])('%s > 204, the model is aborted, every listener hears the end', async (_circumstance, headers) => {
    const { state, letOut, ask: core } = steppedAsk();
    const { ask, url } = await startServer({ ask: core });
    letOut(1);
    const asStream = await ask(question, { ...headers, ...eventStream });
    const heard = received(asStream);
    await sleep(30);
    const stopped = await fetch(`${url}/api/turns/turn-1/stop`, { method: 'POST' });
    expect([stopped.status, await stopped.text()]).toEqual([204, '']);
    expect((await heard).at(-1)?.event).toEqual({
      type: 'answer-error',
      code: 'stopped',
      message: 'The answer was stopped.',
    });
    expect(state).toMatchObject({ aborted: 1, reason: 'stopped' });
  });

  it('an unknown turn > 404', async () => {
    const { url } = await startServer();
    expect((await fetch(`${url}/api/turns/unknown/stop`, { method: 'POST' })).status).toBe(404);
  });
});

describe('an erased conversation', () => {
  it('takes its running answer and its events along', async () => {
    const { state, letOut, ask: core } = steppedAsk();
    const { ask, url, store } = await startServer({ ask: core });
    letOut(2);
    const response = await ask(question, { ...key('k'), ...eventStream });
    const heard = received(response);
    await sleep(30);
    const { id, token } = await store.conversations.create({ channel: 'http' });
    letOut(2);
    const other = ask({ ...question, conversationId: id, token }, { ...key('k'), ...eventStream });
    const otherEvents = received(await other);
    await sleep(30);
    const authorization = `Bearer ${token}`;
    await fetch(`${url}/api/conversations/${id}`, { method: 'DELETE', headers: { authorization } });
    expect((await otherEvents).at(-1)?.event).toMatchObject({ type: 'answer-error', code: 'not-found' });
    expect((await fetch(`${url}/api/turns/turn-2/events`)).status).toBe(404);
    expect(state.aborted).toBe(1);
    letOut(answerEvents.length);
    expect((await heard).at(-1)?.event).toMatchObject({ type: 'answer-end' });
  });
});

describe('GET /metrics', () => {
  it('from this machine > counts of answers and requests, without a word of anybody', async () => {
    const metrics = createMetrics({ clock: () => 0 });
    const { ask, url } = await startServer({ metrics, ask: metrics.counted(playing(answerEvents)) });
    await ask({ question: 'secret lumbago' });
    const response = await fetch(`${url}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('nape_answers_total{outcome="answered",reason="",mode="extractive"} 1\n');
    expect(text).toContain('nape_http_requests_total{method="POST",route="/api/ask",status="200"} 1\n');
    expect(text).toContain('nape_answer_seconds_bucket{le="0.01"} 1\n');
    expect(text).toContain('nape_answers_running 0\n');
    expect(text).not.toMatch(/secret|lumbago/u);
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) nape_\w+ .+|nape_\w+(?:\{[^}]*\})? [\d.e+-]+)$/u);
    }
  });

  it('through a proxy, or without the token that is set > 404', async () => {
    const open = await startServer();
    expect((await fetch(`${open.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(404);
    const { url } = await startServer({ adminToken: 'a-long-admin-token' });
    const statusWith = async (authorization: string) =>
      (await fetch(`${url}/metrics`, { headers: { authorization } })).status;
    expect(await statusWith('')).toBe(404);
    expect(await statusWith('Bearer another-admin-token')).toBe(404);
    expect(await statusWith('Bearer a-long-admin-token')).toBe(200);
  });
});
