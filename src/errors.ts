import type { ErrorCode } from './domain.ts';

/** A failure that Nape can put into words; `message` is for the owner and the log, never for a visitor. */
export class NapeError extends Error {
  override readonly name = 'NapeError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

interface PublicError {
  /** HTTP status. */
  readonly status: number;
  /** What a visitor reads. */
  readonly message: string;
}

/** The one table from an error code to public words. */
export const publicErrors: Readonly<Record<ErrorCode, PublicError>> = {
  'bad-request': {
    status: 400,
    message: 'The request is not in the expected form. Send JSON such as {"question": "What is shiatsu?"}.',
  },
  'question-empty': { status: 400, message: 'The question is empty. Please type a question.' },
  'question-too-long': { status: 400, message: 'The question is too long. Please use at most 2,000 characters.' },
  'body-too-large': { status: 413, message: 'The request is too large. Please send at most 16 KiB.' },
  'unsupported-media-type': { status: 415, message: 'Please send the request as application/json in UTF-8.' },
  conflict: {
    status: 409,
    message: 'This idempotency key was used with another question. Please send a new key with a new question.',
  },
  stopped: { status: 409, message: 'The answer was stopped.' },
  'too-many-requests': { status: 429, message: 'Too many questions for now. Please wait a little and try again.' },
  unauthorized: { status: 401, message: 'This request is not signed as it has to be.' },
  'not-found': { status: 404, message: 'There is nothing at this address.' },
  'method-not-allowed': { status: 405, message: 'This address does not support that method.' },
  'config-invalid': { status: 500, message: 'Nape is not set up correctly. Please tell the site owner.' },
  'knowledge-missing': { status: 503, message: 'The article is not available right now. Please try again later.' },
  'index-unavailable': { status: 503, message: 'The article is not available right now. Please try again later.' },
  'model-unavailable': { status: 503, message: 'The answer cannot be written right now. Please try again later.' },
  'deadline-exceeded': { status: 503, message: 'The answer took too long. Please try again.' },
  'store-unavailable': { status: 503, message: 'This cannot be saved right now. Please try again later.' },
  'shutting-down': { status: 503, message: 'Nape is restarting. Please try again in a moment.' },
  internal: { status: 500, message: 'Something went wrong on our side. Please try again.' },
};

/** The code of any thrown value: its own when it is a NapeError, else `internal`. */
export function errorCode(thrown: unknown): ErrorCode {
  return thrown instanceof NapeError ? thrown.code : 'internal';
}
