import { NapeError } from '../errors.ts';

export interface Neighbour {
  /** Row of the vector, from 0. */
  readonly ordinal: number;
  /** Cosine, -1 to 1; 0 when either vector is all zeros. */
  readonly similarity: number;
}

/** Finds the vectors that point the same way as a given one. */
export interface VectorIndex {
  readonly size: number;
  /** At most `count` neighbours, most similar first, ties by ordinal. Throws on a wrong dimension or a component that is not finite. */
  search(vector: Float32Array, count: number): readonly Neighbour[] | Promise<readonly Neighbour[]>;
}

/** One that is in this process. */
export interface LocalVectorIndex extends VectorIndex {
  search(vector: Float32Array, count: number): readonly Neighbour[];
}

/** Vectors of one dimension in one block, row after row; also the content of `vectors.f32`. */
export interface VectorTable {
  readonly dimension: number;
  readonly size: number;
  /** `size` × `dimension` components. */
  readonly values: Float32Array;
}

/** The row of one ordinal, as a view. */
export function vectorAt(table: VectorTable, ordinal: number): Float32Array {
  return table.values.subarray(ordinal * table.dimension, (ordinal + 1) * table.dimension);
}

/** Throws an `index-unavailable` NapeError unless the vector has the dimension and only finite components; `owner` names it. */
export function checkVector(vector: Float32Array, dimension: number, owner: string): void {
  if (vector.length !== dimension) {
    throw new NapeError(
      'index-unavailable',
      `The vector of ${owner} has ${vector.length} components instead of ${dimension}. Check the embedder.`,
    );
  }
  for (let at = 0; at < dimension; at += 1) {
    if (!Number.isFinite(vector[at])) {
      throw new NapeError(
        'index-unavailable',
        `The vector of ${owner} has ${vector[at]} at component ${at}, which is not a finite number. Check the embedder.`,
      );
    }
  }
}
