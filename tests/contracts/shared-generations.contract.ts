import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store, StoredVectors } from '../../src/store/store.ts';
import { noLimits, type StorePlace } from './store.contract.ts';

const vectors: StoredVectors = {
  dimension: 3,
  rows: [
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
  ].map((row, ordinal) => ({ ordinal, vector: Float32Array.from(row) })),
};

/** What every PostgreSQL store does for the index of several replicas. */
export function sharedGenerationsContract(
  name: string,
  createPlace: () => Promise<StorePlace>,
  search: 'pgvector' | 'own',
): void {
  describe(`shared generations contract: ${name}`, () => {
    const opened: Store[] = [];
    const places: StorePlace[] = [];
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
      await Promise.all(places.splice(0).map((place) => place.remove()));
    });

    async function replicas() {
      const place = await createPlace();
      places.push(place);
      const open = async () => {
        const options = { keepQuestionsDays: 0, limits: noLimits, now: Date.now, purgeMs: 0 };
        const store = await place.open(options);
        opened.push(store);
        return store.generations!;
      };
      return { place, one: await open(), other: await open() };
    }
    const files = (text: string) => new Map([['manifest.json', Buffer.from(text)]]);

    it('publish > files come back on another replica as they were, also long and empty ones', async () => {
      const { one, other } = await replicas();
      expect(await other.current()).toBeNull();
      expect(await other.read('a-1')).toBeNull();
      const long = Buffer.alloc(20_000_000, 'abcdefg');
      await one.publish('a-1', new Map([...files('{}'), ['vectors.f32', long], ['empty', Buffer.alloc(0)]]), vectors);
      expect(await other.current()).toBe('a-1');
      const read = await other.read('a-1');
      expect([...read!.keys()].sort()).toEqual(['empty', 'manifest.json', 'vectors.f32']);
      expect(Buffer.from(read!.get('vectors.f32')!).equals(long)).toBe(true);
      expect(read!.get('empty')).toHaveLength(0);
    });

    it('publish > the last two are kept, and nothing of the others', async () => {
      const { place, one } = await replicas();
      for (const generation of ['a-1', 'a-2', 'a-3']) await one.publish(generation, files(generation), vectors);
      expect(await one.current()).toBe('a-3');
      expect(await one.read('a-2')).not.toBeNull();
      expect(await one.read('a-1')).toBeNull();
      expect(await one.nearest('a-1', Float32Array.of(1, 0, 0), 1)).toBeNull();
      expect(await place.dump()).not.toContain('nape_vectors_a_1');
    });

    it('publish > two replicas publish at once and one of both is whole and current', async () => {
      const { one, other } = await replicas();
      await Promise.all([one.publish('a-1', files('1'), vectors), other.publish('b-1', files('2'), vectors)]);
      const current = await one.current();
      expect(await other.current()).toBe(current);
      expect(await one.read(current!)).not.toBeNull();
    });

    it('publish > a generation that cannot be stored leaves the one before it current', async () => {
      const { place, one } = await replicas();
      await one.publish('a-1', files('1'), vectors);
      const broken = { dimension: 3, rows: [{ ordinal: 0, vector: Float32Array.of(1, Number.NaN, 0) }] };
      if (search === 'pgvector') await expect(one.publish('broken-2', files('2'), broken)).rejects.toThrow();
      await expect(one.publish("a'; drop table nape_turns; --", files('3'), vectors)).rejects.toThrow('not the name');
      expect(await one.current()).toBe('a-1');
      expect(await place.dump()).not.toContain('broken-2');
    });

    it('onCurrent > the other replica hears of it within two seconds', async () => {
      const { one, other } = await replicas();
      const heard: string[] = [];
      other.onCurrent((generation) => heard.push(generation));
      await pause(100);
      await one.publish('a-1', files('1'), vectors);
      const published = performance.now();
      while (heard.length === 0 && performance.now() - published < 2_000) await pause(5);
      expect(heard).toEqual(['a-1']);
    });

    it(`search > ${search}`, async () => {
      const { one } = await replicas();
      expect(await one.search()).toBe(search);
      await one.publish('a-1', files('1'), vectors);
      const found = await one.nearest('a-1', Float32Array.of(2, 0, 0), 2);
      if (search === 'own') {
        expect(found).toBeNull();
        return;
      }
      expect(found?.map(({ ordinal }) => ordinal)).toEqual([0, 2]);
      expect(found?.[1]?.similarity).toBeCloseTo(Math.SQRT1_2, 6);
      expect(await one.nearest('a-1', Float32Array.of(1, 0, 0), 1_000)).toHaveLength(3);
    });
  });
}
