import type { VectorTable } from './vector-index.ts';

/** Cosine of one vector with a row of the table; 0 when either is all zeros. */
export type Cosine = (ordinal: number) => number;

/** Prepares the rows' lengths once, so that a query costs one product a row. Throws when a row is not finite. */
export function createCosine(table: VectorTable): (vector: Float32Array) => Cosine {
  const { dimension, size, values } = table;
  const inverseLengths = new Float64Array(size);
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    const start = ordinal * dimension;
    inverseLengths[ordinal] = inverseLength(values, start, dimension, () => `row ${ordinal}`);
  }
  return (vector) => {
    const scale = inverseLength(vector, 0, vector.length, () => 'the given vector');
    return (ordinal) => {
      const sum = product(vector, values, ordinal * dimension, dimension);
      return sum * scale * (inverseLengths[ordinal] ?? 0);
    };
  };
}

/** Four sums side by side: one alone would wait for each addition before the next. */
function product(vector: Float32Array, values: Float32Array, start: number, length: number): number {
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

function inverseLength(values: Float32Array, start: number, length: number, owner: () => string): number {
  const end = start + length;
  let squares = 0;
  for (let at = start; at < end; at += 1) squares += (values[at] as number) * (values[at] as number);
  if (!Number.isFinite(squares)) throw new RangeError(`${owner()} has a component that is not a finite number`);
  return squares > 0 ? 1 / Math.sqrt(squares) : 0;
}
