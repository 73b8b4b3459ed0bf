import type { StaticWeights } from './static-weights.ts';

/** The vectors of single stems. */
export interface TermVectors {
  /** Name of the model they are from. */
  readonly identity: string;
  readonly dimension: number;
  /** The vector of a stem up to scale, -127 to 127, and its length on that scale; undefined when the model does not know it. */
  row(stem: string): { readonly values: Int8Array; readonly length: number } | undefined;
  /** How much a stem says, above 0: the length of its row, which training leaves short for words that are everywhere. */
  weight(stem: string): number;
  /** Stems that are known, most frequent first. */
  readonly stems: Iterable<string>;
}

/** Reads single rows of the static weights. */
export function createTermVectors({ identity, dimension, rows, scales, values }: StaticWeights): TermVectors {
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
    row(stem) {
      const row = rows.get(stem);
      if (row === undefined) return undefined;
      return { values: values.subarray(row * dimension, (row + 1) * dimension), length: lengthOfValues(row) || 1 };
    },
    weight(stem) {
      const row = rows.get(stem);
      return row === undefined ? unknownWeight : lengthOf(row);
    },
  };
}

const unknownSample = 200;
