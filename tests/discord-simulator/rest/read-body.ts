import type { IncomingMessage } from 'node:http';
import { apiErrors } from './api-error.ts';

export interface RequestBody {
  readonly json: unknown;
  readonly fileNames: readonly string[];
}

/** Reads JSON, or a form whose part `payload_json` is JSON (Reference > Uploading Files). */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return { json: null, fileNames: [] };
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { json: parse(bytes.toString('utf8')), fileNames: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const fileNames = [...form.values()].flatMap((value) => (typeof value === 'string' ? [] : [value.name]));
  return { json: typeof payload === 'string' ? parse(payload) : {}, fileNames };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw apiErrors.invalidJson();
  }
}
