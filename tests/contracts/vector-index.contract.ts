import { describe, expect, it } from 'vitest';
import type { VectorIndex, VectorTable } from '../../src/retrieval/vector-index.ts';
import { sequence } from '../retrieval/corpus.ts';

/** What every vector index does; `create` makes one over the table. */
export function vectorIndexContract(name: string, create: (table: VectorTable) => Promise<VectorIndex>): void {
  describe(`vector index contract: ${name}`, () => {
    it('search > a vector of the table is asked for and comes first with similarity 1', async () => {
      const table = randomTable(300, 24);
      const index = await create(table);
      for (const ordinal of [0, 7, 150, 299]) {
        const [first] = await index.search(row(table, ordinal), 5);
        expect(first?.ordinal).toBe(ordinal);
        expect(first?.similarity).toBeCloseTo(1, 5);
      }
    });

    it('search > similarities are cosines computed by hand, whatever the lengths', async () => {
      const index = await create(tableOf([3, 0], [0, 0.5], [2, 2], [-1, 0]));
      const found = await index.search(Float32Array.of(10, 0), 4);
      expect(found.map(({ ordinal }) => ordinal)).toEqual([0, 2, 1, 3]);
      const expected = [1, Math.SQRT1_2, 0, -1];
      found.forEach(({ similarity }, at) => void expect(similarity).toBeCloseTo(expected[at]!, 5));
    });

    it('search > ten neighbours in 500 vectors and at least 99 of 100 are the true ones', async () => {
      const table = randomTable(500, 24);
      const index = await create(table);
      const random = sequence(99);
      let hits = 0;
      for (let query = 0; query < 50; query += 1) {
        const vector = Float32Array.from({ length: 24 }, () => random() - 0.5);
        const truth = trueNeighbours(table, vector, 10);
        hits += (await index.search(vector, 10)).filter(({ ordinal }) => truth.has(ordinal)).length;
      }
      expect(hits / 500).toBeGreaterThanOrEqual(0.99);
    });

    it('search > equal vectors come in the order of their ordinals', async () => {
      const index = await create(tableOf([1, 0], [0, 1], [1, 0], [0, 1], [1, 0]));
      expect((await index.search(Float32Array.of(1, 0), 5)).map(({ ordinal }) => ordinal)).toEqual([0, 2, 4, 1, 3]);
    });

    it.each([0, 1])('search > most vectors are all %ss and the others are found among them', async (fill) => {
      const table = randomTable(500, 16);
      const isOther = (ordinal: number) => ordinal % 10 === 7;
      for (let ordinal = 0; ordinal < 500; ordinal += 1) {
        if (!isOther(ordinal)) table.values.fill(fill, ordinal * 16, (ordinal + 1) * 16);
      }
      const index = await create(table);
      for (let ordinal = 7; ordinal < 500; ordinal += 10) {
        const found = await index.search(row(table, ordinal), 3);
        expect(found).toHaveLength(3);
        expect(found[0]?.ordinal).toBe(ordinal);
      }
      const near = (await index.search(new Float32Array(16).fill(1), 5)).map(({ ordinal }) => ordinal);
      if (fill === 1) expect(near).toEqual([0, 1, 2, 3, 4]);
      else expect(near.every(isOther)).toBe(true);
      expect(await index.search(row(table, 7), 500)).toHaveLength(500);
    });

    it('search > the same search twice gives the same', async () => {
      const table = randomTable(200, 8);
      const index = await create(table);
      expect(await index.search(row(table, 3), 20)).toEqual(await index.search(row(table, 3), 20));
      const other = await create(table);
      expect(await other.search(row(table, 3), 20)).toEqual(await index.search(row(table, 3), 20));
    });

    it('search > a vector of zeros in the table is similar to nothing', async () => {
      const index = await create(tableOf([0, 0], [1, 0], [0, 0]));
      const found = await index.search(Float32Array.of(1, 0), 3);
      expect(found.map(({ ordinal }) => ordinal)).toEqual([1, 0, 2]);
      expect(found.slice(1).map(({ similarity }) => similarity)).toEqual([0, 0]);
    });

    it('search > the table is all zeros and every vector comes with similarity 0', async () => {
      const index = await create(tableOf([0, 0], [0, 0]));
      const expected = [0, 1].map((ordinal) => ({ ordinal, similarity: 0 }));
      expect(await index.search(Float32Array.of(1, 0), 5)).toEqual(expected);
    });

    it('search > a search with zeros gives similarity 0 in order of ordinals', async () => {
      const index = await create(randomTable(20, 4));
      const expected = [0, 1, 2].map((ordinal) => ({ ordinal, similarity: 0 }));
      expect(await index.search(new Float32Array(4), 3)).toEqual(expected);
    });

    it('search > more neighbours than vectors are wanted and all vectors come once', async () => {
      const index = await create(randomTable(30, 8));
      const found = await index.search(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0), 1000);
      expect(new Set(found.map(({ ordinal }) => ordinal)).size).toBe(30);
      expect(found).toHaveLength(30);
    });

    it('search > none are wanted, or the table is empty, and none come', async () => {
      const index = await create(randomTable(30, 2));
      expect(await index.search(Float32Array.of(1, 0), 0)).toEqual([]);
      const empty = await create({ dimension: 2, size: 0, values: new Float32Array(0) });
      expect(empty.size).toBe(0);
      expect(await empty.search(Float32Array.of(1, 0), 5)).toEqual([]);
    });

    it('search > another dimension or a component that is not finite is refused', async () => {
      const index = await create(randomTable(5, 3));
      await expect((async () => index.search(Float32Array.of(1, 0), 1))()).rejects.toThrow('2 components instead of 3');
      await expect((async () => index.search(Float32Array.of(1, Number.NaN, 0), 1))()).rejects.toThrow(
        'NaN at component 1',
      );
      await expect((async () => index.search(Float32Array.of(1, 0, Number.POSITIVE_INFINITY), 1))()).rejects.toThrow(
        'Infinity at component 2',
      );
    });
  });
}

export function randomTable(size: number, dimension: number): VectorTable {
  const random = sequence(size + dimension);
  return { dimension, size, values: Float32Array.from({ length: size * dimension }, () => random() - 0.5) };
}

function tableOf(...rows: readonly (readonly number[])[]): VectorTable {
  return { dimension: rows[0]!.length, size: rows.length, values: Float32Array.from(rows.flat()) };
}

function row(table: VectorTable, ordinal: number): Float32Array {
  return table.values.slice(ordinal * table.dimension, (ordinal + 1) * table.dimension);
}

/** By the definition of the cosine, apart from the code under test. */
function trueNeighbours(table: VectorTable, vector: Float32Array, count: number): Set<number> {
  const cosines = Array.from({ length: table.size }, (_, ordinal) => {
    const other = row(table, ordinal);
    const product = other.reduce((sum, component, at) => sum + component * vector[at]!, 0);
    return { ordinal, cosine: product / Math.hypot(...other) / Math.hypot(...vector) };
  });
  cosines.sort((one, other) => other.cosine - one.cosine);
  return new Set(cosines.slice(0, count).map(({ ordinal }) => ordinal));
}
