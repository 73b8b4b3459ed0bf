import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLexicon } from './lexicon.ts';
import { readMessageClassifier } from './message-classifier.ts';
import { readLexiconFiles } from './read-lexicon-files.ts';
import { createTriage, type Triage } from './triage.ts';

/** Triage with the word lists and the weights of a Nape folder. */
export async function loadTriage(root: string): Promise<Triage> {
  const [files, weights] = await Promise.all([
    readLexiconFiles(join(root, 'lexicons', 'triage')),
    readFile(join(root, 'models', 'triage', 'weights.bin')),
  ]);
  return createTriage({ lexicon: readLexicon(files, { lazily: true }), classify: readMessageClassifier(weights) });
}
