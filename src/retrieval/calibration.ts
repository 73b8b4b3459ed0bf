import { z } from 'zod';

/**
 * How high arbitrary utterances score on one corpus: their scores at evenly spaced shares from 0 to 1. A score is
 * judged by the share of them it exceeds, so that no threshold depends on the subject or the model.
 */
export interface Calibration {
  /** Name of what measured it: other utterances or another comparison of words need another calibration. */
  readonly by: string;
  /** Ascending; entry i of n is the quantile at i / (n − 1). At least two. */
  readonly quantiles: readonly number[];
}

const steps = 100;

export const calibrationSchema = z.strictObject({ by: z.string(), quantiles: z.array(z.number()).min(2).readonly() });

/** Sums up the scores of generic utterances; throws without any. */
export function calibrate(by: string, scores: readonly number[]): Calibration {
  if (scores.length === 0) throw new RangeError('a calibration needs at least one score');
  const sorted = scores.toSorted((left, right) => left - right);
  const quantiles = Array.from({ length: steps + 1 }, (_, step) => interpolate(sorted, step / steps));
  return { by, quantiles };
}

/** Share of the utterances that score lower, 0 to 1, linear between quantiles. */
export function shareBelow({ quantiles }: Calibration, score: number): number {
  const last = quantiles.length - 1;
  if (score > (quantiles[last] ?? 0)) return 1;
  const above = quantiles.findIndex((quantile) => quantile >= score);
  if (above <= 0) return 0;
  const lower = quantiles[above - 1] ?? 0;
  const upper = quantiles[above] ?? lower;
  const within = upper > lower ? (score - lower) / (upper - lower) : 1;
  return (above - 1 + within) / last;
}

function interpolate(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const lower = sorted[Math.floor(place)] ?? 0;
  const upper = sorted[Math.ceil(place)] ?? lower;
  return lower + (upper - lower) * (place - Math.floor(place));
}
