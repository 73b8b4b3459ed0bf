import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { words } from '../../src/language/tokens.ts';
import { createStaticEmbedder } from '../../src/models/static-embedder.ts';
import { loadStaticWeights, type StaticWeights } from '../../src/models/static-weights.ts';
import { embedderContract } from '../contracts/embedder.contract.ts';

const shipped = fileURLToPath(new URL('../../models/static-stems', import.meta.url));

/** Two known stems on the axes, one between them. */
const small: StaticWeights = {
  identity: 'small',
  dimension: 2,
  rows: new Map([
    ['neck', 0],
    ['boat', 1],
    ['relax', 2],
  ]),
  scales: Float32Array.of(0.01, 0.02, 0.01),
  values: Int8Array.of(100, 0, 0, 100, 60, 60),
};

embedderContract('static embedder', async () => createStaticEmbedder({ weights: await loadStaticWeights(shipped) }));

describe('static embedder > arithmetic', () => {
  const embedder = createStaticEmbedder({ weights: small });

  test('a text is the unit sum of its rows times log(1 + count), scales applied', async () => {
    const vector = await embedder.embedQuery('Neck, boat and neck');
    const expected = [Math.log1p(2) * 1, Math.log1p(1) * 2];
    const length = Math.hypot(...expected);
    expect(vector[0]).toBeCloseTo(expected[0]! / length, 5);
    expect(vector[1]).toBeCloseTo(expected[1]! / length, 5);
  });

  test('inflected forms share the row of their stem', async () => {
    expect(await embedder.embedQuery('relaxing')).toEqual(await embedder.embedQuery('relaxes'));
  });

  test('a text without a known stem is the zero vector, and so is the empty text', async () => {
    expect(await embedder.embedPassages(['xylophone', ''])).toEqual([new Float32Array(2), new Float32Array(2)]);
  });

  test('any text has length one or zero', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('neck', 'boat', 'relax', 'Zebra', '?!', '42')), async (parts) => {
        const [x = 0, y = 0] = await embedder.embedQuery(parts.join(' '));
        const known = parts.some((part) => small.rows.has(part));
        expect(Math.hypot(x, y)).toBeCloseTo(known ? 1 : 0, 5);
      }),
    );
  });

  test('an aborted signal stops both', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(embedder.embedQuery('neck', signal)).rejects.toThrow('gone');
    await expect(embedder.embedPassages(['neck'], signal)).rejects.toThrow('gone');
  });
});

describe('static embedder > misspelt words', () => {
  test('a question is read with the word of the article, a passage as it stands', async () => {
    const embedder = createStaticEmbedder({ weights: small, corpusWords: words('relaxing on a boat') });
    expect(await embedder.embedQuery('relaxnig')).toEqual(await embedder.embedQuery('relaxing'));
    expect(await embedder.embedPassages(['relaxnig'])).toEqual([new Float32Array(2)]);
  });

  test('without an article the vocabulary corrects', async () => {
    const embedder = createStaticEmbedder({ weights: small });
    expect(await embedder.embedQuery('boats and necck')).toEqual(await embedder.embedQuery('boats and neck'));
  });
});

describe('static embedder > shipped weights', () => {
  let weights: StaticWeights;
  beforeAll(async () => {
    weights = await loadStaticWeights(shipped);
  });

  test('they have 256 components for about 30,000 stems', () => {
    expect(weights.dimension).toBe(256);
    expect(weights.rows.size).toBeGreaterThan(25_000);
    expect(weights.values.length).toBe(weights.rows.size * 256);
  });

  test.each([
    ['the doctor prescribed a drug', 'the physician gave the patient medicine', 'a physicist measured the light'],
    ['my car broke down', 'the engine of the automobile failed', 'the choir sang a hymn'],
    ['pain in the neck', 'an ache at the top of the spine', 'a page at the top of the document'],
  ])('"%s" is nearer to a paraphrase than to another matter', async (text, near, far) => {
    const embedder = createStaticEmbedder({ weights });
    const [own, same, other] = await embedder.embedPassages([text, near, far]);
    expect(dot(own!, same!)).toBeGreaterThan(dot(own!, other!) + 0.1);
  });
});

describe('load static weights > a folder that is not right', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nape-'));
    await cp(shipped, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  test.each(['weights.bin', 'vocabulary.txt'])(
    'one byte too many in %s and the error names file and next step',
    async (file) => {
      await appendFile(join(folder, file), '\n');
      await expect(loadStaticWeights(folder)).rejects.toMatchObject({
        code: 'config-invalid',
        message: expect.stringMatching(new RegExp(`${file} is damaged.*npm run train:embedder`)),
      });
    },
  );

  test.each(['weights.bin', 'vocabulary.txt', 'card.json'])('%s is missing and the error names it', async (file) => {
    await rm(join(folder, file));
    await expect(loadStaticWeights(folder)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining(`${join(folder, file)} cannot be read`),
    });
  });

  test('a card of something else is refused', async () => {
    await writeFile(join(folder, 'card.json'), '{"name": "other"}');
    await expect(loadStaticWeights(folder)).rejects.toThrow('card.json is not the card of static weights');
  });
});

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, component, at) => sum + component * (right[at] ?? 0), 0);
}
