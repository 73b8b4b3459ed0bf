import { createCosine } from './cosine.ts';
import { best } from './ranking.ts';
import { checkVector, type LocalVectorIndex, type VectorTable } from './vector-index.ts';

/** Compares with every vector: always right, and slower with every vector more. */
export function createExactIndex(table: VectorTable): LocalVectorIndex {
  const cosine = createCosine(table);
  return {
    size: table.size,
    search(vector, count) {
      checkVector(vector, table.dimension, 'the search');
      const similarity = cosine(vector);
      return best(table.size, count, similarity).map((ordinal) => ({ ordinal, similarity: similarity(ordinal) }));
    },
  };
}
