/** Headers of a request that a page may send, and of a response that it may read. */
const requestHeaders = 'accept, authorization, content-type, idempotency-key, last-event-id';
const responseHeaders = 'retry-after';
/** Seconds for which a browser may remember a preflight; Chromium caps it at two hours. */
const preflightSeconds = 7_200;

export interface CrossOrigin {
  /**
   * What a response needs for a page of `origin` to read it, and the answer to a preflight when the method is OPTIONS.
   * `Vary` goes out in every case, so that a shared cache never hands one site's permission to another.
   */
  headersFor(method: string, origin: string | undefined, methods?: readonly string[]): Readonly<Record<string, string>>;
}

/**
 * Which sites may call the API from a visitor's browser (Fetch standard, CORS protocol). An origin is allowed when it is
 * one of `origins`, letter for letter: no wildcard, no suffix, never `null`, and no credentials, because there are no cookies.
 */
export function createCrossOrigin(origins: readonly string[]): CrossOrigin {
  const allowed = new Set(origins.filter((origin) => origin !== 'null' && origin !== '*'));
  const vary = { vary: 'Origin' };
  return {
    headersFor(method, origin, methods = []) {
      if (origin === undefined || !allowed.has(origin)) return vary;
      const headers = {
        ...vary,
        'access-control-allow-origin': origin,
        'access-control-expose-headers': responseHeaders,
      };
      if (method !== 'OPTIONS') return headers;
      return {
        ...headers,
        'access-control-allow-methods': methods.join(', '),
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': String(preflightSeconds),
      };
    },
  };
}

/** Whether other sites may be let in at this address: the API and the widget's own file, nothing else. */
export function isShared(path: string): boolean {
  return path.startsWith('/api/') || path === '/widget.js' || path.startsWith('/widget-');
}
