import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answer, answerEvents, eventStream, signalled, startServer } from './running-server.ts';

/** An `ask` that waits before its end until it is told to go on. */
function heldAsk() {
  const started = signalled();
  const goOn = signalled();
  return {
    started: started.promise,
    goOn: goOn.resolve,
    async *ask() {
      yield answerEvents[0]!;
      started.resolve();
      await goOn.promise;
      yield answerEvents.at(-1)!;
    },
  };
}

describe('stop', () => {
  it.each([
    ['an event stream', eventStream],
    ['JSON', {}],
  ])('lets a running answer finish, asked for %s, and refuses new questions meanwhile', async (_kind, headers) => {
    const held = heldAsk();
    const { server, ask, url } = await startServer({ ask: held.ask, graceMs: 7_500 });
    const running = ask({ question: 'What is shiatsu?' }, headers);
    await held.started;
    const stopped = server.stop();

    const refused = await ask({ question: 'And now?' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('connection')).toBe('close');
    expect(await refused.json()).toEqual({
      error: { code: 'shutting-down', message: 'Nape is restarting. Please try again in a moment.' },
    });
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not-ready', detail: 'stopping' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    held.goOn();
    expect(await (await running).text()).toContain(JSON.stringify(answer).slice(0, -1));
    await stopped;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('ends an event stream that hangs with an answer-error, and aborts its signal', async () => {
    const started = signalled();
    const aborted = signalled<unknown>();
    const { server, ask } = await startServer({
      async *ask({ signal }) {
        signal!.addEventListener('abort', () => aborted.resolve(signal!.reason));
        yield answerEvents[0]!;
        started.resolve();
        await new Promise(() => {});
      },
    });
    const running = ask({ question: 'What?' }, eventStream);
    await started.promise;
    await server.stop();
    const text = await (await running).text();
    expect(text.match(/^event: .*/gm)).toEqual(['event: answer-start', 'event: answer-error']);
    expect(text).toContain('"code":"shutting-down"');
    expect(await aborted.promise).toMatchObject({ code: 'shutting-down' });
  });

  it('answers a hanging JSON question with a 503', async () => {
    const started = signalled();
    const { server, ask } = await startServer({
      async *ask() {
        yield answerEvents[0]!;
        started.resolve();
        await new Promise(() => {});
      },
    });
    const running = ask({ question: 'What?' });
    await started.promise;
    await server.stop();
    expect((await running).status).toBe(503);
  });

  it('cuts off a client that does not read and one that never sent a request', async () => {
    const started = signalled();
    const { server, url } = await startServer({
      async *ask() {
        started.resolve();
        for (;;) yield { type: 'sentence-withheld', reason: 'x'.repeat(1_000_000) };
      },
    });
    const port = Number(new URL(url).port);
    const silent = connect(port, '127.0.0.1');
    const deaf = connect(port, '127.0.0.1').pause();
    for (const socket of [silent, deaf]) socket.on('error', () => {});
    const body = '{"question":"What?"}';
    deaf.write(
      `POST /api/ask HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await started.promise;
    await server.stop();
    for (const socket of [silent, deaf]) socket.destroy();
  }, 10_000);

  it('is the same stop when asked twice, and works before any start', async () => {
    const { server } = await startServer();
    expect(server.stop()).toBe(server.stop());
    await server.stop();
  });
});
