/** Each way in which the server can misbehave, and `fine`. */
export const modes = [
  'fine',
  /** Writes whatever the text it is given asks for. */
  'obey',
  '400',
  '401',
  '403',
  '404',
  '408',
  '409',
  '429',
  '429-retry-after',
  '429-quota',
  '500',
  '502',
  '503',
  /** The connection is reset before a reply. */
  'reset',
  /** The connection is reset after the first half of the reply. */
  'reset-midway',
  'no-first-byte',
  /** Half the reply, and then nothing. */
  'stall',
  /** The reply ends in the middle of its JSON. */
  'cut-json',
  /** A stream that ends in good order but before the model said that it is finished. */
  'no-finish',
  /** An error object inside the stream. */
  'error-event',
  'empty',
  'refusal',
  'content-filter',
  /** The model stopped because it may write no more. */
  'length',
  /** 10 MB in many pieces. */
  'huge',
  /** 10 MB in one piece. */
  'huge-piece',
  'not-json',
  // Of embeddings only.
  'wrong-dimension',
  /** `NaN` as Python writes it, which is not JSON. */
  'nan',
  /** A component that is null, as JSON.stringify writes NaN. */
  'null-component',
  'zero-vector',
  /** One vector too few. */
  'missing-vector',
] as const;

export type Mode = (typeof modes)[number];

/** Modes that a chat request can meet and that give no usable reply. */
export const chatFaults: readonly Mode[] = modes.slice(2, modes.indexOf('wrong-dimension'));

/** The HTTP status of a mode that is one. */
export function statusOfMode(mode: Mode): number | undefined {
  const digits = /^\d{3}/.exec(mode)?.[0];
  return digits === undefined ? undefined : Number(digits);
}
