import { ContextOverflowError } from '@langchain/core/errors';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { ModelFault, modelFault } from '../../src/models/openai-fault.ts';

const address = {
  model: 'test-model',
  host: 'models.example',
  keyVariable: 'OPENAI_API_KEY',
  modelVariable: 'NAPE_CHAT_MODEL',
};
const apiError = (status: number, error: object, headers: Record<string, string> = {}) =>
  OpenAI.APIError.generate(status, { error }, undefined, new Headers(headers));
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('model fault', () => {
  it.each<[string, unknown, Partial<ModelFault>]>([
    [
      'a context that is too long',
      ContextOverflowError.fromError(apiError(400, { code: 'context_length_exceeded' }) as Error),
      { kind: 'unavailable', status: 400, isRetryable: false },
    ],
    [
      'a content filter before the model',
      apiError(400, { code: 'content_filter' }),
      { kind: 'refused', isRetryable: false },
    ],
    [
      'a connection that is not made in time',
      named('TimeoutError', 'Request timed out.'),
      { kind: 'unavailable', isRetryable: true },
    ],
    [
      'a connection that is refused',
      new OpenAI.APIConnectionError({ message: 'Connection error.' }),
      { kind: 'unavailable', isRetryable: true },
    ],
    [
      'another vendor’s error',
      Object.assign(new Error('overloaded'), { status: 529 }),
      { kind: 'unavailable', status: 529 },
    ],
    ['another vendor’s refused key', Object.assign(new Error('x-api-key'), { status: 401 }), { kind: 'unauthorised' }],
    ['no error at all', undefined, { kind: 'bad-reply', isRetryable: false }],
  ])('of %s', (_, thrown, expected) => {
    expect(modelFault(thrown, address)).toMatchObject(expected);
  });

  it('of a fault > the same one', () => {
    const fault = new ModelFault('refused', 'The model declined.');
    expect(modelFault(fault, address)).toBe(fault);
  });

  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '3', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{}, undefined],
  ])('retryAfterMs > %j', (headers, expected) => {
    expect(modelFault(apiError(429, {}, headers), address).retryAfterMs).toBe(expected);
  });

  it('message > names model, host, status and machine word, never the server’s own words', () => {
    const message = 'Incorrect API key provided: sk-secret.';
    const fault = modelFault(apiError(401, { message, code: 'invalid_api_key' }), address);
    expect(fault.message).toBe(
      'models.example refused the API key for the model "test-model" (HTTP 401, invalid_api_key). Check OPENAI_API_KEY.',
    );
    expect(fault.cause).toBeUndefined();
  });
});
