import { readFile } from 'node:fs/promises';
import { NapeError } from '../errors.ts';
import { stemmed } from '../language/tokens.ts';

/** What people say for the same thing, in groups. */
export interface Thesaurus {
  /** The groups as they were read: another source is another comparison of words. */
  readonly source: string;
  /** Stems of all members: words that are spelt right, whoever else knows them. */
  readonly stems: ReadonlySet<string>;
  /** Every member of every group that stands in a text, given as the stems of all its words, stop words included. */
  mentions(stems: readonly string[]): readonly Mention[];
}

/** A member of a group, found in a text. */
export interface Mention {
  /** Number of the group, from 0. */
  readonly group: number;
  /** First and last word of the member in the text, from 0. */
  readonly from: number;
  readonly to: number;
}

/** How alike the members of a group are, 0 to 1: nearly as alike as a word is to itself. */
export const likeness = 0.95;

interface Entry {
  readonly phrase: readonly string[];
  readonly group: number;
}

/** Reads groups, one a line, members between commas; `#` opens a comment. */
export function parseThesaurus(text: string): Thesaurus {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/#.*$/u, '').trim())
    .filter((line) => line !== '');
  // Under the first stem of each phrase.
  const entries = new Map<string, Entry[]>();
  const stems = new Set<string>();
  for (const [group, line] of lines.entries()) {
    const phrases = new Map(
      line
        .split(',')
        .map((member) => stemmed(member))
        .map((phrase) => [phrase.join(' '), phrase]),
    );
    for (const phrase of phrases.values()) {
      const [first] = phrase;
      if (first === undefined) continue;
      for (const stem of phrase) stems.add(stem);
      const filed = entries.get(first) ?? [];
      filed.push({ phrase, group });
      entries.set(first, filed);
    }
  }
  return {
    source: lines.join('\n'),
    stems,
    mentions(stems) {
      const found: Mention[] = [];
      for (let from = 0; from < stems.length; from += 1) {
        const filed = entries.get(stems[from] as string);
        if (filed === undefined) continue;
        for (const { phrase, group } of filed) {
          if (stands(phrase, stems, from)) found.push({ group, from, to: from + phrase.length - 1 });
        }
      }
      return found;
    },
  };
}

function stands(phrase: readonly string[], stems: readonly string[], from: number): boolean {
  for (let at = 1; at < phrase.length; at += 1) if (stems[from + at] !== phrase[at]) return false;
  return true;
}

/** Reads a thesaurus from a file; throws a NapeError when it cannot be read or holds no group. */
export async function loadThesaurus(file: string): Promise<Thesaurus> {
  const nextStep = 'Restore the file from the repository.';
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} cannot be read. ${nextStep}`, { cause });
  }
  const thesaurus = parseThesaurus(text);
  if (thesaurus.source === '') throw new NapeError('config-invalid', `${file} holds no group of words. ${nextStep}`);
  return thesaurus;
}
