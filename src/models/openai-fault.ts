import { APIError } from 'openai/core/error';
import type { ErrorCode } from '../domain.ts';
import { NapeError } from '../errors.ts';

/** Why a model gave no usable reply. */
export type ModelFaultKind =
  /** 401 or 403: the key is wrong or may not use the model; trying again does not help. */
  | 'unauthorised'
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  /** The model or its content filter declined. */
  | 'refused'
  /** A reply came and is of no use: cut, empty, too long or not of the protocol. */
  | 'bad-reply'
  /** Our own daily token budget is used up. */
  | 'over-budget'
  /** Our own circuit breaker is open. */
  | 'circuit-open';

/** The one table from a fault to an error code. */
const codes: Readonly<Record<ModelFaultKind, ErrorCode>> = {
  unauthorised: 'model-unavailable',
  'rate-limited': 'model-unavailable',
  unavailable: 'model-unavailable',
  timeout: 'deadline-exceeded',
  refused: 'model-unavailable',
  'bad-reply': 'model-unavailable',
  'over-budget': 'model-unavailable',
  'circuit-open': 'model-unavailable',
};

interface FaultDetails {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly isRetryable?: boolean;
}

/** A model call that failed. It never has a `cause`: a vendor's error holds headers, and with them the key. */
export class ModelFault extends NapeError {
  readonly kind: ModelFaultKind;
  /** HTTP status, when there was one. */
  readonly status: number | undefined;
  /** What the server asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** Whether the same call may succeed a little later. */
  readonly isRetryable: boolean;

  constructor(kind: ModelFaultKind, message: string, details: FaultDetails = {}) {
    super(codes[kind], message);
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.isRetryable = details.isRetryable ?? false;
  }
}

/** What a fault's text names. */
export interface ModelAddress {
  readonly model: string;
  /** Host and port only: a base URL can hold a password. */
  readonly host: string;
  /** Variables that the owner sets, for the next step. */
  readonly keyVariable: string;
  readonly modelVariable: string;
}

/** The fault that a thrown value of a vendor's client stands for; its own words are left out, they can repeat the key. */
export function modelFault(caught: unknown, { model, host, keyVariable, modelVariable }: ModelAddress): ModelFault {
  if (caught instanceof ModelFault) return caught;
  const thrown = withoutWrapping(caught);
  const status = statusOf(thrown);
  const detail = [status === undefined ? [] : [`HTTP ${status}`], vendorCode(thrown) ?? []].flat().join(', ');
  const said = detail === '' ? '' : ` (${detail})`;
  if (status === 401 || status === 403) {
    const message = `${host} refused the API key for the model "${model}"${said}. Check ${keyVariable}.`;
    return new ModelFault('unauthorised', message, { status });
  }
  if (status === 429) {
    const isUsedUp = vendorCode(thrown) === 'insufficient_quota';
    const next = isUsedUp ? 'The quota is used up: check the plan and billing of the account.' : 'Try again later.';
    const message = `${host} limits requests to the model "${model}"${said}. ${next}`;
    return new ModelFault('rate-limited', message, {
      status,
      retryAfterMs: retryAfterMs(thrown, Date.now()),
      isRetryable: !isUsedUp,
    });
  }
  if (status === 404) {
    const message = `${host} does not know the model "${model}"${said}. Check ${modelVariable} and OPENAI_BASE_URL.`;
    return new ModelFault('unavailable', message, { status });
  }
  if (vendorCode(thrown) === 'content_filter') {
    return new ModelFault('refused', `${host} filtered the request to the model "${model}"${said}.`, { status });
  }
  if (status !== undefined && status < 500 && status !== 408 && status !== 409) {
    const message = `${host} rejected the request to the model "${model}"${said}. Check that the model and the server support it.`;
    return new ModelFault('unavailable', message, { status });
  }
  if (status !== undefined || isConnectionFailure(thrown)) {
    const message = `${host} is not available for the model "${model}"${said === '' ? ' (connection failed)' : said}. Try again later; if it lasts, check OPENAI_BASE_URL.`;
    return new ModelFault('unavailable', message, {
      status,
      retryAfterMs: retryAfterMs(thrown, Date.now()),
      isRetryable: true,
    });
  }
  const what = thrown instanceof Error ? thrown.name : typeof thrown;
  return new ModelFault('bad-reply', `${host} sent a reply for the model "${model}" that cannot be read (${what}).`);
}

/** Milliseconds that the headers of an error ask to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfterMs(thrown: unknown, now: number): number | undefined {
  const headers = thrown instanceof APIError ? thrown.headers : undefined;
  const asked = headers?.get('retry-after-ms');
  if (asked && /^\d+(?:\.\d+)?$/.test(asked)) return Number(asked);
  const given = headers?.get('retry-after');
  if (!given) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(given)) return Number(given) * 1_000;
  // Date.parse takes a number such as -5 for a year.
  const date = /^[A-Za-z]/.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** LangChain puts some of the client's errors into its own. */
function withoutWrapping(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.cause instanceof APIError ? thrown.cause : thrown;
}

function statusOf(thrown: unknown): number | undefined {
  // Other vendors' errors carry a status too.
  const status = typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** The short machine word of an error, such as `insufficient_quota`; never its sentence. */
function vendorCode(thrown: unknown): string | undefined {
  const code = thrown instanceof APIError ? (thrown.code ?? thrown.type) : undefined;
  return typeof code === 'string' && /^[a-z][a-z_]{1,40}$/.test(code) ? code : undefined;
}

/** A socket that broke: before the reply (`APIError` without a status) or in it (undici's "terminated"). */
function isConnectionFailure(thrown: unknown): boolean {
  if (thrown instanceof APIError) return true;
  // What LangChain makes of the client's APIConnectionTimeoutError.
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return true;
  return thrown instanceof TypeError && /terminated|fetch failed|other side closed/i.test(thrown.message);
}
