import { createStaticEmbedder } from '../../src/models/static-embedder.ts';
import type { StaticWeights } from '../../src/models/static-weights.ts';
import { contrast, type EpochLoss } from './contrast.ts';
import { positiveMutualInformation } from './cooccurrence.ts';
import { evaluate, type Figures } from './evaluate.ts';
import { collectPairs, createBagCollector, type PairKind } from './pairs.ts';
import { developmentParaphrases, testParaphrases } from './paraphrases.ts';
import type { Phase } from './progress.ts';
import { quantise } from './quantise.ts';
import { createRandom, gaussian, type Random, shuffle } from './random.ts';
import { randomisedSvd } from './randomised-svd.ts';
import type { Recipe } from './recipe.ts';
import { buildVocabulary, isCommon, type Vocabulary } from './vocabulary.ts';
import type { Synset } from './wordnet.ts';

export interface TrainedEmbedder {
  readonly weights: StaticWeights;
  readonly pairs: Readonly<Record<PairKind, number>>;
  readonly losses: readonly EpochLoss[];
  /** The same figures before the contrastive training, with it, and on sets that no choice was made by. */
  readonly figures: { readonly start: Figures; readonly development: Figures; readonly test: Figures };
}

/** The steps that `onProgress` names, with their shares of a full run's time. */
export const trainingPhases = [
  { label: 'counting', share: 0.03 },
  { label: 'factorising', share: 0.15 },
  { label: 'contrasting', share: 0.8 },
  { label: 'measuring', share: 0.02 },
] as const satisfies readonly Phase[];

export type OnProgress = (label: (typeof trainingPhases)[number]['label'], done: number, total: number) => void;

/** Trains static stem embeddings from WordNet; the same synsets and recipe give the same bytes. */
export async function trainEmbedder(
  synsets: readonly Synset[],
  recipe: Recipe,
  onProgress: OnProgress,
): Promise<TrainedEmbedder> {
  const random = createRandom(recipe.seed);
  const split = holdOut(synsets, recipe.heldOutShare, random);
  const vocabulary = buildVocabulary(split.training, recipe.vocabulary);
  onProgress('counting', 1, 2);
  const information = positiveMutualInformation(vocabulary.sentences, vocabulary.stems.length, recipe);
  onProgress('counting', 2, 2);
  const rows = randomisedSvd(information, {
    rank: recipe.dimension,
    oversampling: recipe.oversampling,
    powerIterations: recipe.powerIterations,
    random,
    onStep: (done, total) => onProgress('factorising', done, total),
  });
  weighByFrequency(rows, vocabulary, recipe, random);
  const measured = (weights: StaticWeights, kind: 'development' | 'test') =>
    evaluate(
      createStaticEmbedder({ weights }),
      split[kind],
      kind === 'test' ? testParaphrases : developmentParaphrases,
    );
  const start = await measured(quantise(rows, vocabulary.stems, 'start'), 'development');

  const collector = createBagCollector(vocabulary.stems);
  const pairs = collectPairs(split.training, collector);
  const losses = contrast(rows, collector.bags(), pairs, {
    ...recipe,
    random,
    onBatch: (done, total) => onProgress('contrasting', done, total),
  });
  const weights = quantise(rows, vocabulary.stems, 'trained');
  onProgress('measuring', 0, 1);
  const figures = { start, development: await measured(weights, 'development'), test: await measured(weights, 'test') };
  onProgress('measuring', 1, 1);
  const counts = Object.fromEntries(pairs.map(({ kind, left }) => [kind, left.length])) as Record<PairKind, number>;
  return { weights, pairs: counts, losses, figures };
}

/** Draws the synsets that only the figures see. */
function holdOut(synsets: readonly Synset[], share: number, random: Random) {
  const order = Int32Array.from(synsets.keys());
  shuffle(order, random);
  const drawn = [...order].filter((at) => synsets[at]!.lemmas.some(isCommon));
  const count = Math.floor(synsets.length * share);
  const kept = new Set(drawn.slice(0, 2 * count));
  return {
    development: drawn.slice(0, count).map((at) => synsets[at]!),
    test: drawn.slice(count, 2 * count).map((at) => synsets[at]!),
    training: synsets.filter((_, at) => !kept.has(at)),
  };
}

/** Gives every row the length that its stem's frequency asks for; a stem without neighbours gets a random direction. */
function weighByFrequency(rows: Float32Array, vocabulary: Vocabulary, recipe: Recipe, random: Random): void {
  const { dimension, frequencyWeight } = recipe;
  vocabulary.probabilities.forEach((probability, place) => {
    const row = rows.subarray(place * dimension, (place + 1) * dimension);
    if (row.every((component) => component === 0)) row.set(row.map(() => gaussian(random)));
    const length = Math.sqrt(row.reduce((sum, component) => sum + component * component, 0));
    const factor = Math.sqrt(frequencyWeight / (frequencyWeight + probability)) / length;
    row.set(row.map((component) => component * factor));
  });
}
