import type { RedirectReason } from '../../domain.ts';
import { type Feature, featureBits, messageFeatures } from './message-features.ts';

/** The redirects as the weights have them, highest first. */
const redirectReasons: readonly RedirectReason[] = [
  'crisis',
  'emergency',
  'after-visit',
  'complaint',
  'symptom',
  'suitability',
  'instructions',
  'efficacy',
  'minor',
  'sexual',
  'business',
];

/** Classes of the weights, in their order: no redirect, then the redirects. */
export const messageClasses: readonly ('ordinary' | RedirectReason)[] = ['ordinary', ...redirectReasons];

/** How a message looks next to the labelled examples. */
export interface Likeness {
  /** Share of all redirects together, 0 to 1. */
  readonly redirect: number;
  /** The redirect that it is most like. */
  readonly reason: RedirectReason;
}

/** Judges tokens of a message, given the class that the word lists found ("none" without one). */
export type ClassifyMessage = (tokens: readonly string[], listed: string) => Likeness;

const headBytes = messageClasses.length * Float32Array.BYTES_PER_ELEMENT;

/**
 * A softmax regression (multinomial logit) over the features of a message. `bytes` are a little-endian float32 scale
 * for each class, then a signed byte for each row and class. Throws a RangeError when the length is another.
 */
export function readMessageClassifier(bytes: Uint8Array): ClassifyMessage {
  const classes = messageClasses.length;
  if (bytes.length !== headBytes + (classes << featureBits))
    throw new RangeError(
      `The triage weights have ${bytes.length} bytes and not ${headBytes + (classes << featureBits)}: build them again with \`npm run build:triage\`.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const scales = messageClasses.map((_, at) => view.getFloat32(at * Float32Array.BYTES_PER_ELEMENT, true));
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + headBytes, classes << featureBits);
  return (tokens, listed) => {
    const scores = scoresOf(messageFeatures(tokens, listed), weights, classes);
    return likenessOf(shareOut(scores.map((score, at) => score * (scales[at] ?? 0))));
  };
}

/** The bytes that `readMessageClassifier` reads; each class's largest weight becomes ±127. */
export function encodeMessageWeights(weights: Float32Array): Uint8Array {
  const classes = messageClasses.length;
  const bytes = new Uint8Array(headBytes + weights.length);
  const view = new DataView(bytes.buffer);
  for (let own = 0; own < classes; own += 1) {
    let most = 0;
    for (let at = own; at < weights.length; at += classes) most = Math.max(most, Math.abs(weights[at] ?? 0));
    const scale = Math.fround(most / 127);
    view.setFloat32(own * Float32Array.BYTES_PER_ELEMENT, scale, true);
    for (let at = own; at < weights.length && scale > 0; at += classes)
      view.setInt8(headBytes + at, Math.round((weights[at] ?? 0) / scale));
  }
  return bytes;
}

/** The score of each class: the sum of its weights in the rows of the features. */
export function scoresOf(
  features: readonly Feature[],
  weights: Int8Array | Float32Array,
  classes: number,
): readonly number[] {
  const scores = new Array<number>(classes).fill(0);
  for (const { row, value } of features)
    for (let own = 0; own < classes; own += 1)
      scores[own] = (scores[own] ?? 0) + (weights[row * classes + own] ?? 0) * value;
  return scores;
}

/** Softmax: scores as shares that sum to 1. */
export function shareOut(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** A crisis stays for the whole conversation, so it takes more than being the likeliest of many unlikely ones. */
const leastCrisis = 0.4;

function likenessOf([ordinary = 0, ...shares]: readonly number[]): Likeness {
  const [crisis = 0, ...others] = shares;
  const [first = 'crisis', ...otherReasons] = redirectReasons;
  const most = Math.max(...others);
  const isCrisis = crisis >= leastCrisis && crisis >= most;
  const reason = isCrisis ? first : (otherReasons[others.indexOf(most)] ?? 'symptom');
  return { redirect: 1 - ordinary, reason };
}
