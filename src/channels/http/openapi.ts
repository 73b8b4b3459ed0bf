import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ErrorCode } from '../../domain.ts';
import { publicErrors } from '../../errors.ts';
import { type Operation, operations } from './api-operations.ts';
import { errorBody } from './api-schemas.ts';

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

function describe({
  path,
  summary,
  body,
  query = [],
  headers = [],
  isTokenWanted = false,
  success,
  errors,
}: Operation) {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name ?? '', 'path'));
  const statuses = [...new Set(errors.map((code) => publicErrors[code].status))].sort();
  const refusals = statuses.map((code) => [
    code,
    { ...content({ json: errorBody }), description: namesOf(errors, code) },
  ]);
  return {
    summary,
    parameters: [
      ...named,
      ...query.map((name) => parameter(name, 'query')),
      ...headers.map((name) => parameter(name, 'header')),
    ],
    ...(isTokenWanted && { security: [{ token: [] }] }),
    ...(body && { requestBody: { required: true, ...content({ json: body }, 'input') } }),
    responses: {
      ...(success ? { 200: { description: 'Done.', ...content(success) } } : { 204: { description: 'Done.' } }),
      ...Object.fromEntries(refusals),
    },
  };
}

function parameter(name: string, place: 'path' | 'query' | 'header') {
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
