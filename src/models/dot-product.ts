/**
 * Sum of the products of the components of a vector and of as many values from `start` on: the cosine when both have
 * unit length. Four sums side by side, because one alone would wait for each addition before the next.
 */
export function dotProduct(vector: Float32Array, values: Float32Array, start = 0): number {
  const { length } = vector;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let at = 0;
  for (; at + 3 < length; at += 4) {
    first += (vector[at] as number) * (values[start + at] as number);
    second += (vector[at + 1] as number) * (values[start + at + 1] as number);
    third += (vector[at + 2] as number) * (values[start + at + 2] as number);
    fourth += (vector[at + 3] as number) * (values[start + at + 3] as number);
  }
  for (; at < length; at += 1) first += (vector[at] as number) * (values[start + at] as number);
  return first + second + third + fourth;
}
