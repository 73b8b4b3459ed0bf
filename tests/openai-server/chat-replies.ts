import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { RecordedRequest } from './openai-server.ts';
import { sendError, sendJson, sendText, write } from './send.ts';

const megabytes = 1024 * 1024;
const refusalText = "I'm sorry, I can't help with that.";

/** What the model writes in the request's mode. */
export function chatText(record: RecordedRequest, reply: ((record: RecordedRequest) => string) | undefined): string {
  if (record.mode === 'obey') return obey(record);
  if (record.mode === 'empty' || record.mode === 'refusal') return '';
  return reply ? reply(record) : quote(record);
}

/** Sends the text as one completion or as server-sent events, or fails as the mode says. */
export async function sendChat(
  response: ServerResponse,
  record: RecordedRequest,
  text: string,
  { pieceLength, pauseMs }: { readonly pieceLength: number; readonly pauseMs: number },
): Promise<void> {
  if (!Array.isArray(record.body?.messages)) return sendError(response, 400, 'missing', 'messages is missing.');
  if (record.mode === 'not-json') return sendText(response, '<html>Bad day</html>');
  if (record.body.stream !== true) return sendCompletion(response, record, text);

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  const send = async (delta: object, finish: string | null = null) => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
    const sent = `data: ${JSON.stringify({ ...head(record, 'chat.completion.chunk'), choices })}\n\n`;
    record.bytesSent += sent.length;
    return write(response, sent);
  };
  await send({ role: 'assistant', content: '' });
  if (record.mode === 'refusal') await send({ refusal: refusalText });
  if (record.mode === 'huge-piece') await send({ content: 'word '.repeat((10 * megabytes) / 5) });
  if (record.mode === 'huge') {
    const piece = 'word '.repeat(800);
    while (record.bytesSent < 10 * megabytes) if (!(await send({ content: piece }))) return;
  }
  const breaksOff = ['stall', 'reset-midway', 'cut-json', 'no-finish', 'error-event', 'content-filter'];
  const length = breaksOff.includes(record.mode) ? Math.ceil(text.length / 2) : text.length;
  for (let at = 0; at < length; at += pieceLength) {
    if (!(await send({ content: text.slice(at, Math.min(length, at + pieceLength)) }))) return;
    if (pauseMs > 0) await wait(pauseMs);
  }
  if (record.mode === 'stall') return;
  // A reset drops what the socket still holds, so the half is given time to leave.
  if (record.mode === 'reset-midway') return void setTimeout(() => response.socket?.resetAndDestroy(), 20);
  if (record.mode === 'cut-json') return void response.end('data: {"id":"chatcmpl-1","choices":[{"ind');
  if (record.mode === 'error-event') {
    const error = { message: 'The server had an error.', type: 'server_error', param: null, code: null };
    return void response.end(`data: ${JSON.stringify({ error })}\n\n`);
  }
  if (record.mode === 'no-finish') return void response.end();
  await send({}, finishReason(record));
  if (record.body.stream_options?.include_usage) {
    await write(
      response,
      `data: ${JSON.stringify({ ...head(record, 'chat.completion.chunk'), choices: [], usage: usage(record, text) })}\n\n`,
    );
  }
  response.end('data: [DONE]\n\n');
}

function sendCompletion(response: ServerResponse, record: RecordedRequest, text: string): void {
  const content = record.mode.startsWith('huge') ? 'word '.repeat((10 * megabytes) / 5) : text;
  const refusal = record.mode === 'refusal' ? refusalText : null;
  const message = { role: 'assistant', content: refusal === null ? content : null, refusal };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finishReason(record) }];
  const body = { ...head(record, 'chat.completion'), choices, usage: usage(record, text) };
  const sent = JSON.stringify(body);
  record.bytesSent += sent.length;
  if (record.mode === 'cut-json') return void sendText(response, sent.slice(0, sent.length / 2));
  if (record.mode === 'stall' || record.mode === 'reset-midway') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) });
    response.write(sent.slice(0, sent.length / 2));
    if (record.mode === 'reset-midway') setTimeout(() => response.socket?.resetAndDestroy(), 20);
    return;
  }
  sendJson(response, body);
}

function head(record: RecordedRequest, object: string): object {
  return { id: 'chatcmpl-1', object, created: 1_700_000_000, model: record.body.model, system_fingerprint: 'fp_test' };
}

function finishReason({ mode }: RecordedRequest): string {
  if (mode === 'content-filter') return 'content_filter';
  return mode === 'length' ? 'length' : 'stop';
}

/** A token is a word here. */
function usage(record: RecordedRequest, text: string): object {
  const asked = messageText(record).split(/\s+/).length;
  const written = text.split(/\s+/).length;
  return { prompt_tokens: asked, completion_tokens: written, total_tokens: asked + written };
}

function messageText(record: RecordedRequest): string {
  return (record.body.messages ?? []).map(({ content }) => content).join('\n');
}

/** The first sentence of each of the first two passages, cited. */
function quote(record: RecordedRequest): string {
  const passages = [...messageText(record).matchAll(/<passage number="(\d+)"[^>]*>([^<]*)<\/passage>/g)];
  if (passages.length === 0) return 'There is nothing to quote.';
  const sentences = passages
    .slice(0, 2)
    .map(([, number, text = '']) => `${/^[^.]*\.?/.exec(text.trim())?.[0]} [${number}]`);
  return sentences.join(' ');
}

/** What the last order in the messages asks to say, as in: say "Massage cures everything." */
function obey(record: RecordedRequest): string {
  const order = /\b(?:say|write|reply|answer|output|print|repeat)\b[^:"“\n]{0,60}[:"“]\s*["“]?([^"”\n<]+)/giu;
  const orders = [...messageText(record).matchAll(order)];
  const words = orders.at(-1)?.[1]?.trim() ?? 'Massage cures everything.';
  return /\[\d+\]/.test(words) ? words : `${words} [1]`;
}
