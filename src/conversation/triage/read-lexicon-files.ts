import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LexiconFile } from './lexicon.ts';

/** Reads the `.txt` word lists directly in a folder, by name. */
export async function readLexiconFiles(directory: string): Promise<readonly LexiconFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(directory, name), 'utf8') })));
}
