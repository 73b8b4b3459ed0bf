import type { Finding } from '../limits/finding.ts';
import type { Json } from '../world/types.ts';

/** One request that reached the simulator, answered or not. */
export interface RecordedRequest {
  readonly at: number;
  readonly method: string;
  /** Path after `/api/v10`, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed JSON body; null when there is none. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly fileNames: readonly string[];
  /** The reply's status; null while there is none, and for good when the socket was destroyed. */
  status: number | null;
  reply: unknown;
  /** The scripted fault that it met. */
  fault: string | null;
}

/** Something sent that Discord refuses or ignores, or that this project does not want sent. */
export interface Violation extends Finding {
  readonly method: string;
  readonly route: string;
}

/** What the simulator was sent. */
export interface Recording {
  readonly requests: RecordedRequest[];
  readonly violations: Violation[];
  /** Requests whose `METHOD path` matches. */
  readonly matching: (pattern: RegExp) => readonly RecordedRequest[];
  /** How many requests count towards the ban of an address: 401, 403 and 429 (Rate Limits > Invalid Request Limit). */
  readonly invalidRequests: () => number;
  /** Bodies of all messages sent or edited, wherever they went. */
  readonly sentMessages: () => readonly Json[];
}

export function createRecording(): Recording {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    violations: [],
    matching: (pattern) => requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)),
    invalidRequests: () => requests.filter(({ status }) => status === 401 || status === 403 || status === 429).length,
    sentMessages: () =>
      requests.flatMap(({ method, path, body }) => {
        if (!(method === 'POST' || method === 'PATCH') || typeof body !== 'object' || body === null) return [];
        if (/^\/interactions\/\d+\/[^/]+\/callback$/.test(path)) {
          const { type, data } = body as { type?: unknown; data?: Json };
          return (type === 4 || type === 7) && data ? [data] : [];
        }
        return /^\/(channels\/\d+\/messages|webhooks\/)/.test(path) && !/threads$/.test(path) ? [body as Json] : [];
      }),
  };
}
