import { multiplyRows } from './multiply-rows.ts';

/** Rows of int8 values, of which many are multiplied with one vector at once. */
export interface RowProducts {
  /** Copies a row in, or zeros; gives its place, from 0. */
  add(row: Int8Array | undefined): number;
  /** The sum of products of a vector with each of the rows at `places`, exact. */
  of(vector: Int8Array, places: readonly number[] | Uint32Array): Int32Array;
}

const pageBytes = 65_536;
/** Components that are multiplied in one step. */
const step = 16;
const mostComponents = 2_048;
const mostAtOnce = 4_096;
// The vector, the places and the sums lie in the first page, the rows after it.
const vectorAt = 0;
const placesAt = vectorAt + mostComponents * Int16Array.BYTES_PER_ELEMENT;
const sumsAt = placesAt + mostAtOnce * Uint32Array.BYTES_PER_ELEMENT;
const rowsAt = pageBytes;

/** For rows of `dimension` components, at most 2,048, each -127 to 127. */
export function createRowProducts(dimension: number): RowProducts {
  if (dimension > mostComponents) throw new RangeError(`rows of ${dimension} components are too long`);
  const stride = Math.ceil(dimension / step) * step * Int16Array.BYTES_PER_ELEMENT;
  const { memory, multiply } = multiplyRows(2);
  let size = 0;
  return {
    add(row) {
      const start = rowsAt + size * stride;
      const missing = start + stride - memory.buffer.byteLength;
      // Half as much again, so that a growing corpus seldom makes it grow.
      if (missing > 0) memory.grow(Math.ceil((missing + memory.buffer.byteLength / 2) / pageBytes));
      if (row) new Int16Array(memory.buffer, start, dimension).set(row);
      size += 1;
      return size - 1;
    },
    of(vector, places) {
      new Int16Array(memory.buffer, vectorAt, dimension).set(vector);
      const sums = new Int32Array(places.length);
      for (let from = 0; from < places.length; from += mostAtOnce) {
        const some = from === 0 && places.length <= mostAtOnce ? places : places.slice(from, from + mostAtOnce);
        new Uint32Array(memory.buffer, placesAt, some.length).set(some);
        multiply({ vectorAt, rowsAt, stride, placesAt, count: some.length, sumsAt });
        sums.set(new Int32Array(memory.buffer, sumsAt, some.length), from);
      }
      return sums;
    },
  };
}
