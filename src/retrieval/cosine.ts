import { dotProduct } from '../models/dot-product.ts';
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
      const sum = dotProduct(vector, values, ordinal * dimension);
      return sum * scale * (inverseLengths[ordinal] ?? 0);
    };
  };
}

function inverseLength(values: Float32Array, start: number, length: number, owner: () => string): number {
  const end = start + length;
  let squares = 0;
  for (let at = start; at < end; at += 1) squares += (values[at] as number) * (values[at] as number);
  if (!Number.isFinite(squares)) throw new RangeError(`${owner()} has a component that is not a finite number`);
  return squares > 0 ? 1 / Math.sqrt(squares) : 0;
}
