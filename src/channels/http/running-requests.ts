import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { NapeError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly controller: AbortController;
}

export interface RunningRequests {
  /** Counts a request until its response is out or its client has gone, and then logs one line about it. */
  add(request: IncomingMessage, response: ServerResponse, route: string): void;
  /** Aborts when the client has gone. */
  signal(response: ServerResponse): AbortSignal;
  /** The request that is being read or answered on a connection. */
  on(socket: Socket): Pick<Exchange, 'request' | 'response'> | undefined;
  count(): number;
  /** Waits until nothing is running, at most `timeoutMs`; true when nothing is. */
  drained(timeoutMs: number): Promise<boolean>;
}

/** What is being served now: for the log, for clients that leave, and for a stop that waits. */
export function createRunningRequests(
  log: Log,
  clock: () => number,
  metrics: Pick<Metrics, 'request'>,
): RunningRequests {
  const running = new Map<ServerResponse, Exchange>();
  const waiting = new Set<() => void>();

  return {
    add(request, response, route) {
      const startedAt = clock();
      const controller = new AbortController();
      running.set(response, { request, response, controller });
      response.once('close', () => {
        running.delete(response);
        const finished = response.writableFinished;
        // 499 is how nginx calls it when the client left before the answer.
        const begun = finished || response.headersSent || response.statusCode !== 200;
        const status = begun ? response.statusCode : 499;
        const durationMs = Math.round(clock() - startedAt);
        log.info({ method: request.method, route, status, durationMs, ...(!finished && { cut: true }) }, 'request');
        metrics.request({ method: request.method ?? '', route, status, seconds: durationMs / 1000 });
        controller.abort(new NapeError('internal', 'The client closed the connection.'));
        if (running.size === 0) for (const wake of waiting) wake();
      });
    },
    signal(response) {
      return running.get(response)?.controller.signal ?? AbortSignal.abort();
    },
    on(socket) {
      return [...running.values()].find(({ request }) => request.socket === socket);
    },
    count: () => running.size,
    async drained(timeoutMs) {
      if (running.size > 0) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, timeoutMs);
          waiting.add(wake);
        });
      }
      return running.size === 0;
    },
  };
}
