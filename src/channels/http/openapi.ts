import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ErrorCode } from '../../domain.ts';
import { publicErrors } from '../../errors.ts';
import { answer, errorBody, passage, status } from './api-schemas.ts';
import { askBody } from './ask-request.ts';
import { feedbackBody } from './feedback-request.ts';

/** One method of one address, as it is described to other programs. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  /** As in the router: `:name` for a part that varies. */
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** Names of headers it reads. */
  readonly headers?: readonly string[];
  /** Whether it wants the conversation's or the admin's token as a bearer token. */
  readonly isTokenWanted?: boolean;
  /** What a success brings: a JSON body, a text of some type, or 204 without either. */
  readonly success: { readonly json?: z.ZodType; readonly types?: readonly string[] } | null;
  readonly errors: readonly ErrorCode[];
}

const reading: readonly ErrorCode[] = ['bad-request', 'body-too-large', 'unsupported-media-type'];

/** Every operation of the API; pages and their files are no part of it. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/ask',
    summary: 'Asks a question: the answer, or with `Accept: text/event-stream` its events as they happen.',
    body: askBody,
    headers: ['Idempotency-Key', 'Last-Event-ID'],
    success: { json: answer, types: ['text/event-stream'] },
    errors: [
      ...reading,
      'question-empty',
      'question-too-long',
      'not-found',
      'conflict',
      'stopped',
      'too-many-requests',
      'knowledge-missing',
      'index-unavailable',
      'model-unavailable',
      'deadline-exceeded',
      'shutting-down',
    ],
  },
  {
    method: 'get',
    path: '/api/turns/:turnId/events',
    summary: 'The events of an answer after `Last-Event-ID`, up to 60 seconds after its end.',
    headers: ['Last-Event-ID'],
    success: { types: ['text/event-stream'] },
    errors: ['not-found'],
  },
  {
    method: 'post',
    path: '/api/turns/:turnId/stop',
    summary: 'Stops an answer, which then ends with an `answer-error`.',
    success: null,
    errors: ['not-found'],
  },
  {
    method: 'post',
    path: '/api/feedback',
    summary: 'Judges an answer; a second time replaces the first.',
    body: feedbackBody,
    success: null,
    errors: [...reading, 'not-found'],
  },
  {
    method: 'delete',
    path: '/api/conversations/:id',
    summary: 'Erases a conversation with everything that was kept of it.',
    isTokenWanted: true,
    success: null,
    errors: ['not-found'],
  },
  {
    method: 'get',
    path: '/api/passages/:id',
    summary: 'One passage of the article; the id is URL-encoded.',
    success: { json: passage },
    errors: ['not-found'],
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Counts for Prometheus.',
    isTokenWanted: true,
    success: { types: ['text/plain'] },
    errors: ['not-found'],
  },
  { method: 'get', path: '/healthz', summary: 'The process runs.', success: { json: status }, errors: [] },
  { method: 'get', path: '/readyz', summary: 'An index is loaded; else 503.', success: { json: status }, errors: [] },
];

/** `GET /openapi.json`: the API as an OpenAPI 3.1 document. */
export function addOpenApiRoute(app: FastifyInstance): void {
  const document = openApiDocument();
  app.get('/openapi.json', (_request, reply) => reply.send(document));
}

export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nape',
      version: '1',
      description: 'Answers about neck and spine massage from an article, each sentence cited.',
    },
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

function describe({ path, summary, body, headers = [], isTokenWanted = false, success, errors }: Operation) {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name ?? '', 'path'));
  const statuses = [...new Set(errors.map((code) => publicErrors[code].status))].sort();
  const refusals = statuses.map((code) => [
    code,
    { ...content({ json: errorBody }), description: namesOf(errors, code) },
  ]);
  return {
    summary,
    parameters: [...named, ...headers.map((name) => parameter(name, 'header'))],
    ...(isTokenWanted && { security: [{ token: [] }] }),
    ...(body && { requestBody: { required: true, ...content({ json: body }, 'input') } }),
    responses: {
      ...(success ? { 200: { description: 'Done.', ...content(success) } } : { 204: { description: 'Done.' } }),
      ...Object.fromEntries(refusals),
    },
  };
}

function parameter(name: string, place: 'path' | 'header') {
  return { name, in: place, required: place === 'path', schema: { type: 'string' } };
}

function content({ json, types = [] }: NonNullable<Operation['success']>, io: 'input' | 'output' = 'output') {
  // Clients must not break on fields that a newer server adds.
  const schema =
    json && z.toJSONSchema(json, { io, override: ({ jsonSchema }) => void delete jsonSchema.additionalProperties });
  const texts = types.map((type) => [type, { schema: { type: 'string' } }]);
  return { content: { ...(schema && { 'application/json': { schema } }), ...Object.fromEntries(texts) } };
}

function namesOf(errors: readonly ErrorCode[], status: number): string {
  return errors.filter((code) => publicErrors[code].status === status).join(', ');
}
