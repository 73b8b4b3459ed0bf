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
  // A unit vector has no use for the scale of its row.
  const lengthOfValues = (row: number) => {
    let squares = 0;
    for (let at = row * dimension; at < (row + 1) * dimension; at += 1) squares += (values[at] as number) ** 2;
    return Math.sqrt(squares);
  };
  const lengthOf = (row: number) => lengthOfValues(row) * (scales[row] ?? 0);
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
      const length = lengthOfValues(row) || 1;
      const unit = new Float32Array(dimension);
      const start = row * dimension;
      for (let at = 0; at < dimension; at += 1) unit[at] = (values[start + at] as number) / length;
      return unit;
    },
    weight(stem) {
      const row = rows.get(stem);
      return row === undefined ? unknownWeight : lengthOf(row);
    },
  };
}

const unknownSample = 200;
