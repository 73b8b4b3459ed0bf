import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { acceptsEventStream } from '../../../src/channels/http/event-stream.ts';
import type { AnswerEvent } from '../../../src/domain.ts';
import { answer, answerEvents, eventStream, playing, signalled, startServer } from './running-server.ts';

describe('POST /api/ask as an event stream', () => {
  it('sends each event with its type, its JSON and an increasing id, and then ends', async () => {
    const { ask } = await startServer();
    const response = await ask({ question: 'What is shiatsu?' }, eventStream);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const text = await response.text();
    const token = /"token":"([\w-]{43})"/.exec(text)?.[1];
    const expected = answerEvents.map((whole, index) => {
      const event = index === 0 ? { ...whole, token } : whole;
      return `event: ${event.type}\ndata: ${JSON.stringify(event)}\nid: ${index + 1}\n\n`;
    });
    expect(text).toBe(expected.join(''));
  });

  it('keeps line breaks of a text inside one data line', async () => {
    const event: AnswerEvent = { type: 'answer-end', answer: { ...answer, text: 'One.\n\ndata: two\r\u2028three' } };
    const { ask } = await startServer({ ask: playing([event]) });
    const text = await (await ask({ question: 'What?' }, eventStream)).text();
    const lines = text.split(/\r\n|\r|\n/);
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[1]!.slice('data: '.length))).toEqual(event);
  });

  it('delivers an event before the next one exists', async () => {
    const goOn = signalled();
    const { ask } = await startServer({
      async *ask() {
        yield answerEvents[0]!;
        await goOn.promise;
        yield answerEvents.at(-1)!;
      },
    });
    const response = await ask({ question: 'What?' }, eventStream);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain('event: answer-start');
    goOn.resolve();
    expect((await reader.read()).value).toContain('event: answer-end');
    expect((await reader.read()).done).toBe(true);
  });

  it('ends with one answer-error in public words when the core breaks', async () => {
    const { ask } = await startServer({ ask: playing(answerEvents.slice(0, 1)) });
    const text = await (await ask({ question: 'What?' }, eventStream)).text();
    expect(text.match(/^event: .*/gm)).toEqual(['event: answer-start', 'event: answer-error']);
    expect(text).toContain('Something went wrong on our side. Please try again.');
  });

  it('sends nothing after the end, even when the core goes on', async () => {
    const { ask } = await startServer({ ask: playing([...answerEvents, ...answerEvents]) });
    const text = await (await ask({ question: 'What?' }, eventStream)).text();
    expect(text.match(/^event: answer-end$/gm)).toHaveLength(1);
    expect(text.match(/^event: /gm)).toHaveLength(answerEvents.length);
  });

  it('answers a question that cannot be asked with a plain JSON error', async () => {
    const { ask } = await startServer();
    const response = await ask({ question: ' ' }, eventStream);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({
      error: { code: 'question-empty', message: 'The question is empty. Please type a question.' },
    });
  });

  it('sends comments while the answer takes its time', async () => {
    const goOn = signalled();
    const { ask } = await startServer({
      heartbeatMs: 10,
      async *ask() {
        await goOn.promise;
        yield* answerEvents;
      },
    });
    const response = await ask({ question: 'What?' }, eventStream);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toMatch(/^(?:: still here\n\n)+$/);
    goOn.resolve();
    await reader.cancel();
  });
});

describe('a client that leaves', () => {
  it.each([
    ['an event stream', eventStream],
    ['JSON', {}],
  ])('aborts the signal of its question, asked for %s', async (_kind, headers) => {
    const started = signalled();
    const aborted = signalled();
    const returned = signalled();
    const { ask } = await startServer({
      async *ask({ signal }) {
        signal!.addEventListener('abort', () => aborted.resolve());
        started.resolve();
        try {
          yield answerEvents[0]!;
          await aborted.promise;
        } finally {
          returned.resolve();
        }
      },
    });
    const client = new AbortController();
    const response = ask({ question: 'What?' }, headers, client.signal).catch(() => {});
    await started.promise;
    client.abort();
    await aborted.promise;
    await returned.promise;
    await response;
  });
});

describe('a client that reads slowly', () => {
  it('holds the answer back and gets all of it in the end', async () => {
    const total = 400;
    const text = 'x'.repeat(100_000);
    let produced = 0;
    const { url } = await startServer({
      async *ask() {
        for (let index = 0; index < total; index += 1) {
          produced += 1;
          yield { type: 'sentence-withheld', reason: text };
        }
        yield answerEvents.at(-1)!;
      },
    });
    const body = '{"question":"What?"}';
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.setEncoding('utf8');
    socket.pause();
    socket.write(
      `POST /api/ask HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    for (let before = -1; produced === 0 || produced !== before; ) {
      before = produced;
      await sleep(100);
    }
    expect(produced).toBeLessThan(total);
    let ends = 0;
    for await (const chunk of socket) ends += (chunk as string).split('event: answer-end').length - 1;
    expect(produced).toBe(total);
    expect(ends).toBe(1);
  });
});

describe('acceptsEventStream', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['application/json', false],
    ['text/event-stream', true],
    ['Text/Event-Stream; q=0.5', true],
    ['text/event-stream;q=0', false],
    ['application/json, text/event-stream', true],
    ['application/json, text/event-stream;q=0.9', false],
    ['application/json;q=0.1, text/event-stream;q=0.9, */*', true],
    [';;,,q=;=', false],
  ])('%j is %j', (accept, expected) => {
    expect(acceptsEventStream(accept)).toBe(expected);
  });
});
