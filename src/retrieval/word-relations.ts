import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { NapeError } from '../errors.ts';

/** How words of the dictionary hang together. */
export interface WordRelations {
  /** Name of the file's content: other relations are another comparison of words. */
  readonly identity: string;
  /** Stems that are synonyms of a stem or name a wider thing ("bird" of "sparrow"). */
  kinOf(stem: string): ReadonlySet<string>;
}

/** Reads lines of `stem|synonyms|derivations|wider words|antonyms`; `#` opens a comment line. A line is taken apart when it is asked for. */
export function parseWordRelations(text: string): WordRelations {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const end = line.indexOf('|');
    if (end > 0 && !line.startsWith('#')) lines.set(line.slice(0, end), line);
  }
  const kin = new Map<string, ReadonlySet<string>>();
  const kinOf = (stem: string): ReadonlySet<string> => {
    const known = kin.get(stem);
    if (known) return known;
    const line = lines.get(stem);
    if (line === undefined) return none;
    const [, synonyms = '', , wider = ''] = line.split('|');
    const found = new Set([...synonyms.split(' '), ...wider.split(' ')]);
    kin.set(stem, found);
    return found;
  };
  return {
    identity: createHash('sha256').update(text).digest('hex').slice(0, 16),
    kinOf,
  };
}

const none: ReadonlySet<string> = new Set();

/** Reads the relations from a file; throws a NapeError when it cannot be read. */
export async function loadWordRelations(file: string): Promise<WordRelations> {
  try {
    return parseWordRelations(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} cannot be read. Restore the file from the repository.`, { cause });
  }
}
