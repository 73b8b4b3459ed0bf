import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatText, sendChat } from './chat-replies.ts';
import { sendEmbeddings } from './embedding-replies.ts';
import { type Mode, statusOfMode } from './modes.ts';
import { sendError, sendJson } from './send.ts';

/** The fields of a request's JSON that the server or a test looks at. */
export interface RequestBody {
  readonly model: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly input?: string | readonly string[];
  readonly dimensions?: number;
  readonly encoding_format?: string;
  readonly [field: string]: unknown;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The parsed JSON body; without fields when there was none. */
  readonly body: RequestBody;
  readonly mode: Mode;
  /** Bytes of the reply that were handed to the socket. */
  bytesSent: number;
  /** Settles when the exchange is over: true when the client went away before the reply's end. */
  readonly wasAborted: Promise<boolean>;
}

export interface OpenAiServerOptions {
  /** What the well-behaved model writes; by default it quotes the first sentences of the passages it is given. */
  readonly reply?: (request: RecordedRequest) => string;
  /** Characters in one streamed piece. */
  readonly pieceLength?: number;
  /** Pause between streamed pieces. */
  readonly pauseMs?: number;
  /** Requests with another key get a 401. */
  readonly apiKey?: string;
  /** The Retry-After of the mode `429-retry-after`. */
  readonly retryAfter?: string;
}

export interface OpenAiServer {
  /** Base URL for clients, with `/v1`. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** What the next requests meet, one each; after them the mode of `always`. */
  next(...modes: readonly Mode[]): void;
  always(mode: Mode): void;
  /** Forgets the requests and the modes. */
  reset(): void;
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that speaks the OpenAI protocol: chat completions, embeddings, models; and can misbehave. */
export async function startOpenAiServer(options: OpenAiServerOptions = {}): Promise<OpenAiServer> {
  const requests: RecordedRequest[] = [];
  const script: Mode[] = [];
  let usual: Mode = 'fine';

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(message);
    const record: RecordedRequest = {
      method: message.method ?? '',
      path: new URL(message.url ?? '/', 'http://localhost').pathname,
      headers: message.headers,
      body,
      mode: script.shift() ?? usual,
      bytesSent: 0,
      wasAborted: new Promise((resolve) => response.once('close', () => resolve(!response.writableFinished))),
    };
    requests.push(record);
    const { mode, path } = record;
    if (options.apiKey !== undefined && message.headers.authorization !== `Bearer ${options.apiKey}`) {
      // As the real one does, with a part of the key in the message.
      const given = (message.headers.authorization ?? '').replace('Bearer ', '');
      return sendError(response, 401, 'invalid_api_key', `Incorrect API key provided: ${given}.`);
    }
    const status = statusOfMode(mode);
    if (status !== undefined) {
      if (mode === '429-retry-after') response.setHeader('retry-after', options.retryAfter ?? '1');
      const given = (message.headers.authorization ?? '').replace('Bearer ', '');
      const code = status === 401 ? 'invalid_api_key' : mode === '429-quota' ? 'insufficient_quota' : null;
      return sendError(response, status, code, `Told to fail with ${status}; the key was ${given}.`);
    }
    if (mode === 'reset') return void message.socket.resetAndDestroy();
    if (mode === 'no-first-byte') return;
    if (path === '/v1/models')
      return sendJson(response, { object: 'list', data: [{ id: 'test-model', object: 'model' }] });
    if (path === '/v1/embeddings') return sendEmbeddings(response, record);
    if (path === '/v1/chat/completions') {
      const text = chatText(record, options.reply);
      return sendChat(response, record, text, {
        pieceLength: options.pieceLength ?? 12,
        pauseMs: options.pauseMs ?? 0,
      });
    }
    sendError(response, 404, 'not_found', `There is no ${path}.`);
  }

  const server = createServer((message, response) => {
    handle(message, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    next: (...modes) => void script.push(...modes),
    always: (mode) => {
      usual = mode;
    },
    reset() {
      requests.length = 0;
      script.length = 0;
      usual = 'fine';
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function readJson(message: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return JSON.parse(text || '{}');
}
