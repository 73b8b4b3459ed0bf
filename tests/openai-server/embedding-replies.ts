import type { ServerResponse } from 'node:http';
import { contentStems } from '../../src/language/stop-words.ts';
import type { RecordedRequest } from './openai-server.ts';
import { sendJson, sendText } from './send.ts';

const tenMegabytes = 10 * 1024 * 1024;
const dimensions: Readonly<Record<string, number>> = { 'text-embedding-3-large': 3072 };

/** Bag-of-words vectors, not of unit length, in the encoding asked for. */
export function sendEmbeddings(response: ServerResponse, record: RecordedRequest): void {
  const { mode, body } = record;
  const inputs = [body.input ?? []].flat();
  const dimension: number = body.dimensions ?? dimensions[body.model] ?? 1536;
  const vectors = inputs.map((text) => embed(text, mode === 'wrong-dimension' ? dimension + 1 : dimension));
  if (mode === 'zero-vector') vectors[0]?.fill(0);
  if (mode === 'missing-vector') vectors.pop();
  const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: encode(vector, body) }));
  const tokens = inputs.join(' ').split(' ').length;
  const reply = { object: 'list', data, model: body.model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
  const text = JSON.stringify(reply);
  const count = (sent: string) => {
    record.bytesSent += sent.length;
    return sent;
  };
  if (mode === 'nan') return void sendText(response, text.replace(/\[-?[\d.e-]+,/, '[NaN,'));
  if (mode === 'null-component') return void sendText(response, text.replace(/\[-?[\d.e-]+,/, '[null,'));
  if (mode === 'not-json') return void sendText(response, '<html>Bad day</html>');
  if (mode === 'empty') return void sendJson(response, {});
  if (mode === 'cut-json') return void sendText(response, text.slice(0, text.length / 2));
  if (mode === 'huge' || mode === 'huge-piece')
    return void sendText(response, count(JSON.stringify('x'.repeat(tenMegabytes))));
  if (mode === 'stall' || mode === 'reset-midway') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.write(text.slice(0, text.length / 2), () => {
      if (mode === 'reset-midway') response.socket?.resetAndDestroy();
    });
    return;
  }
  sendText(response, count(text));
}

function encode(vector: Float32Array, { encoding_format: encoding }: { encoding_format?: string }): unknown {
  return encoding === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
}

function embed(text: string, dimension: number): Float32Array {
  const vector = new Float32Array(dimension);
  for (const stem of contentStems(text)) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < stem.length; at += 1) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x01000193) >>> 0;
    const place = hash % dimension;
    vector[place] = vector[place]! + 0.3;
  }
  // A model gives no text the zero vector.
  vector[0] = vector[0]! + 0.05;
  return vector;
}
