import { z } from 'zod';
import type { ErrorCode } from '../../domain.ts';
import { answer, faq, passage, status, widgetSettings } from './api-schemas.ts';
import { askBody } from './ask-request.ts';
import { feedbackBody } from './feedback-request.ts';

/** One method of one address, as it is described to other programs. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  /** As in the router: `:name` for a part that varies. */
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** Names of what it reads behind the question mark. */
  readonly query?: readonly string[];
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
    path: '/api/faq',
    summary: 'The frequently asked questions with their answers, those that the article still holds.',
    success: { json: faq },
    errors: [],
  },
  {
    method: 'get',
    path: '/api/widget',
    summary: 'What the widget shows: words, disclosure, suggestions, contacts.',
    query: ['lang'],
    success: { json: widgetSettings },
    errors: [],
  },
  {
    method: 'post',
    path: '/discord/interactions',
    summary: 'An interaction that Discord sends, signed by it; the answer is in the form of its API.',
    body: z.looseObject({}).describe('An interaction as Discord documents it.'),
    headers: ['X-Signature-Ed25519', 'X-Signature-Timestamp'],
    success: { json: z.looseObject({}) },
    errors: ['bad-request', 'unauthorized', 'not-found', 'body-too-large', 'unsupported-media-type'],
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
