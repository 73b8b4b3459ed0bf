import { type VectorTable, vectorAt } from './vector-index.ts';

/** Cosine of one vector with a row of the table; 0 when either is all zeros. */
export type Cosine = (ordinal: number) => number;

/** Prepares the rows' lengths once, so that a query costs one product a row. Throws when a row is not finite. */
export function createCosine(table: VectorTable): (vector: Float32Array) => Cosine {
  const { dimension, size, values } = table;
  const inverseLengths = new Float64Array(size);
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    inverseLengths[ordinal] = inverseLength(vectorAt(table, ordinal), `row ${ordinal}`);
  }
  return (vector) => {
    const scale = inverseLength(vector, 'the given vector');
    return (ordinal) => {
      const sum = product(vector, values, ordinal * dimension, dimension);
      return sum * scale * (inverseLengths[ordinal] ?? 0);
    };
  };
}

/** Four sums side by side: one alone would wait for each addition before the next. */
function product(vector: Float32Array, values: Float32Array, start: number, length: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
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

function inverseLength(vector: Float32Array, owner: string): number {
  let squares = 0;
  for (const component of vector) squares += component * component;
  if (!Number.isFinite(squares)) throw new RangeError(`${owner} has a component that is not a finite number`);
  return squares > 0 ? 1 / Math.sqrt(squares) : 0;
}
