import { type VectorTable, vectorAt } from './vector-index.ts';

export interface DistinctRows {
  /** The first ordinal of each different vector, without the vector of zeros. */
  readonly ordinals: readonly number[];
  /** The further ordinals of a vector that occurs more than once, by its first. */
  readonly repeats: ReadonlyMap<number, readonly number[]>;
  /** Ordinals of the vectors of zeros. */
  readonly zeros: readonly number[];
}

/** Sorts out the rows that are equal bit for bit; now and then a repeat counts as different, which does no harm. */
export function distinctRows(table: VectorTable): DistinctRows {
  const { dimension, size, values } = table;
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const firsts = new Map<number, number>();
  const ordinals: number[] = [];
  const repeats = new Map<number, number[]>();
  const zeros: number[] = [];
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    const start = ordinal * dimension;
    const hash = hashOf(bits, start, start + dimension);
    const first = firsts.get(hash);
    if (first !== undefined && isEqual(bits, first * dimension, start, dimension)) {
      const further = repeats.get(first);
      if (further) further.push(ordinal);
      else repeats.set(first, [ordinal]);
    } else if (isZero(vectorAt(table, ordinal))) {
      zeros.push(ordinal);
    } else {
      firsts.set(hash, ordinal);
      ordinals.push(ordinal);
    }
  }
  return { ordinals, repeats, zeros };
}

export function isZero(vector: Float32Array): boolean {
  return vector.every((component) => component === 0);
}

function hashOf(bits: Uint32Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (bits[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function isEqual(bits: Uint32Array, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (bits[one + at] !== bits[other + at]) return false;
  return true;
}
