import type { ErrorCode } from '../../domain.ts';
import { publicErrors } from '../../errors.ts';

/** The code and the public words of why a request is not accepted. */
export interface Refused {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
}

const words = {
  notUtf8: 'The request is not valid UTF-8.',
  notJson: 'The request is not valid JSON.',
  unsafeKey: 'The request has a key named "__proto__" or "constructor", which is not accepted.',
} as const;

/** Parses the body of a request; `example` shows what one looks like. */
export function readJson(bytes: Uint8Array, example: string): { readonly ok: true; readonly value: unknown } | Refused {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('bad-request', words.notUtf8);
  }
  let unsafe = false;
  try {
    const value: unknown = JSON.parse(text, (key, inner) => {
      if (key === '__proto__' || key === 'constructor') unsafe = true;
      return inner;
    });
    return unsafe ? refused('bad-request', words.unsafeKey) : { ok: true, value };
  } catch {
    return refused('bad-request', `${words.notJson} ${example}`);
  }
}

export function refused(code: ErrorCode, message: string = publicErrors[code].message): Refused {
  return { ok: false, code, message };
}

export const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);
