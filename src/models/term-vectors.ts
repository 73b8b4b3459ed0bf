import type { StaticWeights } from './static-weights.ts';

/** The vectors of single stems. */
export interface TermVectors {
  /** Name of the model they are from. */
  readonly identity: string;
  readonly dimension: number;
  /** Unit-length vector of a stem, undefined when the model does not know it. */
  unit(stem: string): Float32Array | undefined;
  /** How much a stem says, above 0: the length of its row, which training leaves short for words that are everywhere. */
  weight(stem: string): number;
  /** Stems that are known, most frequent first. */
  readonly stems: Iterable<string>;
}

/** Reads single rows of the static weights. */
export function createTermVectors({ identity, dimension, rows, scales, values }: StaticWeights): TermVectors {
  const component = (row: number, at: number) => (scales[row] ?? 0) * (values[row * dimension + at] ?? 0);
  const lengthOf = (row: number) => {
    let squares = 0;
    for (let at = 0; at < dimension; at += 1) squares += component(row, at) ** 2;
    return Math.sqrt(squares);
  };
  // A word that the model has never met is a name or a term of art: it says as much as a rare known word does.
  const rarest = [...rows.values()].slice(-unknownSample);
  const unknownWeight = rarest.reduce((sum, row) => sum + lengthOf(row), 0) / Math.max(1, rarest.length);
  return {
    identity,
    dimension,
    stems: { [Symbol.iterator]: () => rows.keys() },
    unit(stem) {
      const row = rows.get(stem);
      if (row === undefined) return undefined;
      const length = lengthOf(row) || 1;
      return Float32Array.from({ length: dimension }, (_, at) => component(row, at) / length);
    },
    weight(stem) {
      const row = rows.get(stem);
      return row === undefined ? unknownWeight : lengthOf(row);
    },
  };
}

const unknownSample = 200;
