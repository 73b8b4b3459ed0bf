import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { staticWeightFiles } from '../../src/models/static-weights.ts';
import { encodeWeights } from './quantise.ts';
import type { Recipe } from './recipe.ts';
import type { TrainedEmbedder } from './train-embedder.ts';

export const licenceFile = 'LICENSE-wordnet.txt';

export interface CardParts {
  readonly trained: TrainedEmbedder;
  readonly recipe: Recipe;
  /** Release of the data and the package that it came in. */
  readonly data: { readonly wordnet: string; readonly package: string; readonly synsets: number };
  /** WordNet's own notice. */
  readonly licence: string;
  readonly trainingSeconds: number;
  readonly date: Date;
}

/** Writes weights, vocabulary, card and licence notice; makes the folder when it is missing. */
export async function writeEmbedder(directory: string, parts: CardParts): Promise<void> {
  const { trained, recipe } = parts;
  const weights = encodeWeights(trained.weights);
  const vocabulary = `${[...trained.weights.rows.keys()].join('\n')}\n`;
  const card = {
    name: 'static-stems',
    description:
      'Static embeddings of English word stems. A text is the unit-length sum of its stems’ rows, each times log(1 + count).',
    dimension: trained.weights.dimension,
    stems: trained.weights.rows.size,
    format: `${staticWeightFiles.weights}: one little-endian float32 scale per stem, then one int8 row per stem, in the order of ${staticWeightFiles.vocabulary}.`,
    data: { ...parts.data, pairs: trained.pairs },
    method: [
      'Tokens: NFKD, lower case, letters and digits, English clitics off, Porter stems.',
      'Vocabulary: the most frequent stems of definitions, examples and lemmas, synsets of proper nouns left out.',
      'Start: positive pointwise mutual information of definitions and examples, randomised SVD, rows scaled by frequency.',
      'Training: symmetric InfoNCE with in-batch negatives on pairs of texts, one kind of pair a batch, lazy Adam. No proper nouns.',
      'Figures: each text ranks all partners of its set, in both directions. Held-out synsets took no part in the training; the recipe was chosen on the development figures alone.',
    ],
    recipe,
    losses: trained.losses,
    figures: trained.figures,
    trainingSeconds: parts.trainingSeconds,
    date: parts.date.toISOString().slice(0, 10),
    licence: `Derived from WordNet, whose notice is in ${licenceFile}.`,
    sha256: {
      [staticWeightFiles.weights]: sha256(weights),
      [staticWeightFiles.vocabulary]: sha256(vocabulary),
    },
  };
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, staticWeightFiles.weights), weights);
  await writeFile(join(directory, staticWeightFiles.vocabulary), vocabulary);
  await writeFile(join(directory, staticWeightFiles.card), `${JSON.stringify(card, null, 2)}\n`);
  await writeFile(join(directory, licenceFile), parts.licence);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
