import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/models/embedder.ts';

/** What every embedder does; `create` makes a fresh one. */
export function embedderContract(name: string, create: () => Embedder | Promise<Embedder>): void {
  describe(`embedder contract: ${name}`, () => {
    const texts = ['Shiatsu is a Japanese practice.', 'Long strokes with oil.', 'Arrive ten minutes early.'];

    it('embedPassages > some texts and one vector each of unit length, in order', async () => {
      const embedder = await create();
      const vectors = await embedder.embedPassages(texts);
      expect(vectors).toHaveLength(3);
      for (const vector of vectors) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(embedder.dimension);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      }
      const reversed = await embedder.embedPassages(texts.toReversed());
      expect(reversed.toReversed()).toEqual(vectors);
    });

    it('embedPassages > the same text alone or among others, in another embedder, and the same vector', async () => {
      const [one, other] = [await create(), await create()];
      expect(one.identity).toBe(other.identity);
      const [first] = await one.embedPassages(texts);
      expect((await other.embedPassages([texts[0]!]))[0]).toEqual(first);
    });

    it('embedPassages > no text and no vector', async () => {
      expect(await (await create()).embedPassages([])).toEqual([]);
    });

    it('embed > nothing to embed and the zero vector', async () => {
      const embedder = await create();
      const zeros = new Float32Array(embedder.dimension);
      for (const text of ['', ' \n\t', '?!…']) {
        expect(await embedder.embedPassages([text])).toEqual([zeros]);
        expect(await embedder.embedQuery(text)).toEqual(zeros);
      }
    });

    it('embed > strange text and only finite components', async () => {
      const embedder = await create();
      const strange = [
        '\ud800',
        '\u0000',
        '__proto__ constructor',
        'a'.repeat(20_000),
        'Μασάζ του αυχένα',
        '👩‍👩‍👧 指圧',
      ];
      for (const vector of [...(await embedder.embedPassages(strange)), await embedder.embedQuery(strange.join(' '))]) {
        expect(vector.every(Number.isFinite)).toBe(true);
      }
    });

    it('embedQuery > a question about one of the texts and that text is the nearest', async () => {
      const embedder = await create();
      const vectors = await embedder.embedPassages(texts);
      const query = await embedder.embedQuery('What is shiatsu practice in Japan?');
      expect(query).toHaveLength(embedder.dimension);
      expect(Math.hypot(...query)).toBeCloseTo(1, 5);
      const similarities = vectors.map((vector) => vector.reduce((sum, value, at) => sum + value * query[at]!, 0));
      expect(similarities.indexOf(Math.max(...similarities))).toBe(0);
    });

    it('embed > the signal is aborted and so is the call', async () => {
      const embedder = await create();
      const signal = AbortSignal.abort(new Error('gone away'));
      await expect(embedder.embedPassages(texts, signal)).rejects.toThrow('gone away');
      await expect(embedder.embedQuery('shiatsu', signal)).rejects.toThrow('gone away');
    });
  });
}
