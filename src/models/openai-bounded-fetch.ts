import { ModelFault } from './openai-fault.ts';

/** The part of `fetch` that model clients need. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A fetch whose replies break off with a `bad-reply` fault after `mostBytes`, which also closes the connection: a
 * vendor's client reads a reply whole, however long it is. With `signal`, that one stops the request.
 */
export function boundedFetch(fetch: Fetch, mostBytes: number, signal?: AbortSignal): Fetch {
  return async (input, init) => {
    const response = await fetch(input, signal ? { ...init, signal } : init);
    if (response.body === null) return response;
    let bytes = 0;
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes <= mostBytes) controller.enqueue(chunk);
        else
          controller.error(
            new ModelFault('bad-reply', `A reply of ${response.status} is longer than ${mostBytes} bytes.`),
          );
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
  };
}
