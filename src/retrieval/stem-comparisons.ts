import { createRowProducts } from '../models/row-products.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import type { WordRelations } from './word-relations.ts';

/** Compares the stems of queries with those of texts, each pair once. */
export interface StemComparisons {
  /** Number of a stem of a text, from 0. */
  numberOf(stem: string): number;
  /** One stem of a query beside the stems of some texts, by their numbers; a negative number stands for no stem. */
  of(stem: string, texts: readonly { readonly terms: Uint32Array | Int32Array }[]): Compared;
}

export interface Compared {
  /** Cosine by number, 1 for the same stem, 0 without a vector; NaN for stems that none of the texts has. */
  readonly cosines: Float32Array;
  /** Numbers of stems, of any text so far, that the dictionary relates it to. */
  readonly kin: ReadonlySet<number>;
}

const mostRemembered = 500;

export function createStemComparisons(terms: TermVectors, relations: WordRelations): StemComparisons {
  const products = createRowProducts(terms.dimension);
  const numbers = new Map<string, number>();
  const lengths: number[] = [];
  /** Stem to the numbers that the dictionary relates it to. */
  const related = new Map<string, number[]>();
  const remembered = new Map<string, Remembered>();

  function numberOf(stem: string): number {
    const known = numbers.get(stem);
    if (known !== undefined) return known;
    const row = terms.row(stem);
    const next = products.add(row?.values);
    numbers.set(stem, next);
    lengths.push(row?.length ?? 1);
    for (const other of relations.kinOf(stem)) {
      const filed = related.get(other);
      if (filed) filed.push(next);
      else related.set(other, [next]);
    }
    return next;
  }

  /** With room for every number there is. */
  function rememberedOf(stem: string): Remembered {
    const known = remembered.get(stem);
    if (known && known.size === numbers.size) return known;
    if (!known && remembered.size >= mostRemembered) remembered.clear();
    const found = { cosines: roomFor(known?.cosines), kin: kinOf(stem), size: numbers.size };
    const own = numbers.get(stem);
    if (own !== undefined) found.cosines[own] = 1;
    remembered.set(stem, found);
    return found;
  }

  /** A quarter more than needed, so that a growing corpus seldom makes it grow. */
  function roomFor(cosines: Float32Array | undefined): Float32Array {
    if (cosines && cosines.length >= numbers.size) return cosines;
    const roomier = new Float32Array(Math.ceil(1.25 * numbers.size)).fill(Number.NaN);
    if (cosines) roomier.set(cosines);
    return roomier;
  }

  function kinOf(stem: string): ReadonlySet<number> {
    const kin = new Set(related.get(stem));
    for (const other of relations.kinOf(stem)) {
      const number = numbers.get(other);
      if (number !== undefined) kin.add(number);
    }
    return kin;
  }

  function compare(stem: string, cosines: Float32Array, places: readonly number[]): void {
    const row = terms.row(stem);
    if (!row) return;
    const sums = products.of(row.values, places);
    for (const [at, place] of places.entries()) {
      cosines[place] = (sums[at] as number) / (row.length * (lengths[place] as number));
    }
  }

  return {
    numberOf,
    of(stem, texts) {
      const found = rememberedOf(stem);
      const { cosines } = found;
      const unknown: number[] = [];
      for (const { terms } of texts) {
        for (let at = 0; at < terms.length; at += 1) {
          const term = terms[at] as number;
          if (term < 0 || !Number.isNaN(cosines[term] as number)) continue;
          // What stays without a vector.
          cosines[term] = 0;
          unknown.push(term);
        }
      }
      if (unknown.length > 0) compare(stem, cosines, unknown);
      return found;
    },
  };
}

interface Remembered extends Compared {
  /** How many numbers there were when kin were looked up. */
  readonly size: number;
}
