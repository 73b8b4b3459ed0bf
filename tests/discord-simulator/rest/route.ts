import type { Json } from '../world/types.ts';

/** A request as a route handles it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** The ids in the path, by the route's own names. */
  readonly ids: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON object of the body; empty when there is none. */
  readonly body: Json;
  /** The body when it is a list. */
  readonly list: readonly unknown[] | null;
  readonly fileNames: readonly string[];
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: string;
  /** Such as `/channels/:channel/messages`. */
  readonly pattern: string;
  /** Routes with a token in their path need no `Authorization`. */
  readonly isOpen?: boolean;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

export const noContent: Reply = { status: 204 };

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

/** The route of a path and the ids in it; `otherMethods` when only the method is wrong. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly ids: Record<string, string> } | 'other-method' | null {
  const steps = path.split('/');
  let isKnown = false;
  for (const route of routes) {
    const ids = match(route.pattern.split('/'), steps);
    if (!ids) continue;
    if (route.method === method) return { route, ids };
    isKnown = true;
  }
  return isKnown ? 'other-method' : null;
}

function match(pattern: readonly string[], steps: readonly string[]): Record<string, string> | null {
  if (pattern.length !== steps.length) return null;
  const ids: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const step = steps[at] ?? '';
    if (part.startsWith(':')) ids[part.slice(1)] = decodeURIComponent(step);
    else if (part !== step) return null;
  }
  return ids;
}
