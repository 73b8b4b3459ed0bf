import { describe, expect, it } from 'vitest';
import { embedderContract } from '../contracts/embedder.contract.ts';
import { createHashingEmbedder } from './hashing-embedder.ts';

embedderContract('hashing', createHashingEmbedder);

describe('hashing embedder', () => {
  const embedder = createHashingEmbedder();
  const similarity = async (one: string, other: string) => {
    const [a, b] = await Promise.all([embedder.embedQuery(one), embedder.embedQuery(other)]);
    return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  };

  it('identity > says the way and the dimension', () => {
    expect(embedder).toMatchObject({ identity: 'hashing-512-v1', dimension: 512 });
  });

  it('embed > stop words, case, order and inflection make little difference', async () => {
    expect(await similarity('the massage of the neck', 'Neck massage')).toBeCloseTo(1, 5);
    expect(await similarity('massages', 'massage')).toBeGreaterThan(0.9);
  });

  it('embed > a word is misspelt and is still nearer than another word', async () => {
    const misspelt = await similarity('shiatzu', 'shiatsu');
    expect(misspelt).toBeGreaterThan(0.1);
    expect(misspelt).toBeGreaterThan((await similarity('reiki', 'shiatsu')) + 0.1);
  });

  it('embed > a word is repeated and counts by its logarithm', async () => {
    const once = await similarity('oil stroke', 'oil');
    const often = await similarity('oil oil oil oil stroke', 'oil');
    expect(often).toBeGreaterThan(once);
    expect(often).toBeLessThan(0.97);
  });

  it('embed > only stop words and the zero vector', async () => {
    expect((await embedder.embedQuery('What is it about?')).every((component) => component === 0)).toBe(true);
  });
});
