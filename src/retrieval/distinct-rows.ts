import { createGiveWay } from './give-way.ts';
import { type Neighbour, type VectorTable, vectorAt } from './vector-index.ts';

/** Rows looked at between two looks at the clock. */
const rowsAtOnce = 1000;

export interface DistinctRows {
  /** The first ordinal of each different vector, without the vector of zeros. */
  readonly ordinals: readonly number[];
  /** The further ordinals of a vector that occurs more than once, by its first. */
  readonly repeats: ReadonlyMap<number, readonly number[]>;
  /** Ordinals of the vectors of zeros. */
  readonly zeros: readonly number[];
}

/** Sorts out the rows that are equal bit for bit; now and then a repeat counts as different, which does no harm. */
export async function distinctRows(table: VectorTable): Promise<DistinctRows> {
  const giveWay = createGiveWay();
  const { dimension, size, values } = table;
  const bits = bitsOf(values);
  const firsts = new Map<number, number>();
  const ordinals: number[] = [];
  const repeats = new Map<number, number[]>();
  const zeros: number[] = [];
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    if (ordinal % rowsAtOnce === 0) await giveWay();
    const start = ordinal * dimension;
    const hash = hashOf(bits, start, start + dimension);
    const first = firsts.get(hash);
    if (first !== undefined && isEqual(bits, first * dimension, bits, start, dimension)) {
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

/** The neighbours among all rows, from those among the distinct ones: with the repeats of each and the zeros. */
export function withRepeats(
  { repeats, zeros }: DistinctRows,
  distinct: Iterable<Neighbour>,
  count: number,
): readonly Neighbour[] {
  const found = zeros.slice(0, count).map(noNeighbour);
  for (const neighbour of distinct) {
    found.push(neighbour);
    for (const ordinal of repeats.get(neighbour.ordinal) ?? []) found.push({ ...neighbour, ordinal });
  }
  found.sort((one, other) => other.similarity - one.similarity || one.ordinal - other.ordinal);
  return found.length > count ? found.slice(0, count) : found;
}

export const noNeighbour = (ordinal: number): Neighbour => ({ ordinal, similarity: 0 });

/** For each of some ordinals of one table, the one among `ordinals` of another whose row is equal bit for bit, or -1. */
export function findRows(
  from: VectorTable,
  wanted: Iterable<number>,
  table: VectorTable,
  ordinals: readonly number[],
): number[] {
  const { dimension } = table;
  const [fromBits, bits] = [bitsOf(from.values), bitsOf(table.values)];
  const hash = (rows: Uint32Array, ordinal: number) => hashOf(rows, ordinal * dimension, (ordinal + 1) * dimension);
  const byHash = new Map(ordinals.map((ordinal) => [hash(bits, ordinal), ordinal]));
  return Array.from(wanted, (ordinal) => {
    const found = ordinal < from.size ? byHash.get(hash(fromBits, ordinal)) : undefined;
    if (found === undefined) return -1;
    return isEqual(fromBits, ordinal * dimension, bits, found * dimension, dimension) ? found : -1;
  });
}

export function isZero(vector: Float32Array): boolean {
  return vector.every((component) => component === 0);
}

function hashOf(bits: Uint32Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (bits[at] as number), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function isEqual(bits: Uint32Array, one: number, others: Uint32Array, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (bits[one + at] !== others[other + at]) return false;
  return true;
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
