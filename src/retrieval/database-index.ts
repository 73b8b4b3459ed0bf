import type { Log } from '../log.ts';
import { distinctRows, isZero, noNeighbour, withRepeats } from './distinct-rows.ts';
import { createExactIndex } from './exact-index.ts';
import { checkVector, type Neighbour, type VectorIndex, type VectorTable } from './vector-index.ts';

/** Asks a database for the rows most similar to a vector, among the distinct ones; null when it cannot tell. */
export type FindNearest = (vector: Float32Array, count: number) => Promise<readonly Neighbour[] | null>;

/**
 * Finds neighbours in a database that holds the distinct rows of the table. While it cannot tell, every row is compared
 * here: slower on large articles, and never wrong.
 */
export async function createDatabaseIndex(table: VectorTable, nearest: FindNearest, log: Log): Promise<VectorIndex> {
  const { size, dimension } = table;
  const rows = await distinctRows(table);
  const exact = createExactIndex(table);
  return {
    size,
    async search(vector, count) {
      checkVector(vector, dimension, 'the search');
      if (count <= 0 || size === 0) return [];
      if (isZero(vector)) return Array.from({ length: Math.min(count, size) }, (_, ordinal) => noNeighbour(ordinal));
      try {
        const found = await nearest(vector, Math.min(count, rows.ordinals.length));
        if (found) return withRepeats(rows, found, count);
      } catch (thrown) {
        log.warn({ reason: String(thrown) }, 'The database cannot search; the vectors are compared here.');
      }
      return exact.search(vector, count);
    },
  };
}
