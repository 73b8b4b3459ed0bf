import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NapeError } from '../../errors.ts';

/** Lines of a lexicon by group, in order; lines before the first `[group]` are in the group ''. */
export type LexiconGroups = ReadonlyMap<string, readonly string[]>;

/** The data files are beside src/ and dist/, which are equally deep. */
const folder = new URL('../../../lexicons/', import.meta.url);

/** Text of a file of the lexicons folder. Throws `config-invalid` naming the file. */
export async function readLexiconText(name: string): Promise<string> {
  const file = fileURLToPath(new URL(name, folder));
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new NapeError(
      'config-invalid',
      `The lexicon ${file} cannot be read. Restore it from the repository (git checkout).`,
      { cause },
    );
  }
}

/** Reads a lexicon: one entry a line, `#` starts a comment line, `[name]` a group. */
export async function readLexicon(name: string): Promise<LexiconGroups> {
  return parseLexicon(await readLexiconText(name));
}

export function parseLexicon(text: string): LexiconGroups {
  const groups = new Map<string, string[]>([['', []]]);
  let open = groups.get('') ?? [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name === undefined) {
      open.push(line);
      continue;
    }
    open = groups.get(name) ?? [];
    groups.set(name, open);
  }
  return groups;
}
