import { createRowProducts } from '../models/row-products.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import type { WordRelations } from './word-relations.ts';

/** Compares the stems of queries with those of texts, each pair once. */
export interface StemComparisons {
  /** Number of a stem of a text, from 0. */
  numberOf(stem: string): number;
  /** One stem of a query beside the stems of some texts, by their numbers; a negative number stands for no stem. */
  of(stem: string, texts: readonly { readonly terms: Uint32Array | Int32Array }[]): Compared;
  /** To be called between queries: forgets those of earlier ones when they are many, and uses their tables again. */
  makeRoom(): void;
}

export interface Compared {
  /** Cosine by number, 1 for the same stem, below 0 without a vector; 0 for stems that none of the texts has. */
  readonly cosines: Float32Array;
  /** Numbers of stems, of any text so far, that the dictionary relates it to. */
  readonly kin: ReadonlySet<number>;
}

/** Stems of queries, and numbers in all their tables together (16 MB). */
const mostRemembered = 2_000;
const mostCosines = 4_000_000;
/** Up to so many stems of texts, comparing all of them takes less time than finding out which are needed. */
const compareAllUpTo = 4_096;
/** Stands where a pair was compared and has nothing to do with each other: 0 says that it was not compared. */
const withoutVector = -1;

export function createStemComparisons(terms: TermVectors, relations: WordRelations): StemComparisons {
  const products = createRowProducts(terms.dimension);
  const numbers = new Map<string, number>();
  const lengths: number[] = [];
  /** Stem to the numbers that the dictionary relates it to. */
  const related = new Map<string, number[]>();
  const remembered = new Map<string, Remembered>();
  /** Large tables that are used again, because asking for them at every question keeps the garbage collector busy. */
  const spare: Float32Array[] = [];
  let everyPlace = new Uint32Array(0);

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
    const found = { cosines: roomFor(known?.cosines), kin: kinOf(stem), size: numbers.size };
    if (numbers.size <= compareAllUpTo) compareAll(stem, found.cosines);
    const own = numbers.get(stem);
    if (own !== undefined) found.cosines[own] = 1;
    remembered.set(stem, found);
    return found;
  }

  /** Twice what is needed, so that a growing corpus seldom makes it grow; a small one is compared anew in any case. */
  function roomFor(cosines: Float32Array | undefined): Float32Array {
    if (cosines && cosines.length >= numbers.size) return cosines;
    if (numbers.size <= compareAllUpTo) return new Float32Array(numbers.size);
    const used = spare.pop();
    const isRoomy = used !== undefined && used.length >= numbers.size;
    const roomier = isRoomy ? used.fill(0) : new Float32Array(2 * numbers.size);
    if (cosines) roomier.set(cosines);
    return roomier;
  }

  /** Those that were compared before are compared again, in less time than leaving them out takes. */
  function compareAll(stem: string, cosines: Float32Array): void {
    if (everyPlace.length < numbers.size)
      everyPlace = Uint32Array.from({ length: 2 * numbers.size }, (_, place) => place);
    cosines.fill(withoutVector, 0, numbers.size);
    compare(stem, cosines, everyPlace.subarray(0, numbers.size));
  }

  function kinOf(stem: string): ReadonlySet<number> {
    const kin = new Set(related.get(stem));
    for (const other of relations.kinOf(stem)) {
      const number = numbers.get(other);
      if (number !== undefined) kin.add(number);
    }
    return kin;
  }

  function compare(stem: string, cosines: Float32Array, places: readonly number[] | Uint32Array): void {
    const row = terms.row(stem);
    if (!row) return;
    const sums = products.of(row.values, places);
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number;
      cosines[place] = (sums[at] as number) / (row.length * (lengths[place] as number)) || withoutVector;
    }
  }

  return {
    numberOf,
    makeRoom() {
      if (remembered.size < Math.min(mostRemembered, mostCosines / (2 * numbers.size))) return;
      if (numbers.size > compareAllUpTo) spare.push(...[...remembered.values()].map(({ cosines }) => cosines));
      remembered.clear();
    },
    of(stem, texts) {
      const found = rememberedOf(stem);
      const { cosines } = found;
      if (found.size <= compareAllUpTo) return found;
      const unknown: number[] = [];
      for (const { terms } of texts) {
        for (let at = 0; at < terms.length; at += 1) {
          const term = terms[at] as number;
          if (term < 0 || cosines[term] !== 0) continue;
          cosines[term] = withoutVector;
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
