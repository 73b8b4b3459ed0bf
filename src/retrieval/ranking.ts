/**
 * The `count` highest-scoring of the ordinals 0 to `size` - 1, best first, ties by ordinal.
 * Linear in `size` while `count` is small beside it.
 */
export function best(size: number, count: number, scoreOf: (ordinal: number) => number): number[] {
  const ordinals: number[] = [];
  const scores: number[] = [];
  if (count <= 0) return ordinals;
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    const score = scoreOf(ordinal);
    const full = ordinals.length >= count;
    if (full && score <= (scores[scores.length - 1] ?? 0)) continue;
    if (full) {
      ordinals.pop();
      scores.pop();
    }
    const place = firstBelow(scores, score);
    ordinals.splice(place, 0, ordinal);
    scores.splice(place, 0, score);
  }
  return ordinals;
}

/** Where in the descending `scores` the first value below `score` stands, so that equals keep their order. */
function firstBelow(scores: readonly number[], score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((scores[middle] ?? 0) < score) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The ordinals of the `count` highest values above 0, best first, ties by ordinal. */
export function bestPositive(values: Float64Array, count: number): number[] {
  const ordinals: number[] = [];
  const scores: number[] = [];
  if (count <= 0) return ordinals;
  let threshold = 0;
  for (let ordinal = 0; ordinal < values.length; ordinal += 1) {
    const value = values[ordinal] as number;
    if (value <= threshold) continue;
    if (ordinals.length >= count) {
      ordinals.pop();
      scores.pop();
    }
    const place = firstBelow(scores, value);
    ordinals.splice(place, 0, ordinal);
    scores.splice(place, 0, value);
    if (ordinals.length >= count) threshold = scores[scores.length - 1] ?? 0;
  }
  return ordinals;
}
