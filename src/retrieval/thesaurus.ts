import { readFile } from 'node:fs/promises';
import { NapeError } from '../errors.ts';
import { stemmed } from '../language/tokens.ts';

/** A group of words and phrases that people use for the same thing, found in a text. */
export interface Mention {
  /** Number of the group, from 0. */
  readonly group: number;
  /** How alike its members are, 0 to 1. */
  readonly likeness: number;
  /** First and last word of the member in the text, from 0. */
  readonly from: number;
  readonly to: number;
}

/** What people say for the same thing. */
export interface Thesaurus {
  /** Number of groups. */
  readonly size: number;
  /** Every member of every group that stands in a text, given as the stems of all its words, stop words included. */
  mentions(stems: readonly string[]): readonly Mention[];
}

/** Likeness of the members of a group, and of words that only go together (a line that opens with ~). */
export const likeness = { same: Number(process.env.LS ?? 0.9), related: Number(process.env.LR ?? 0.6) } as const;

/** Reads groups, one a line, members between commas; `#` opens a comment. */
export function parseThesaurus(text: string): Thesaurus {
  const groups = text
    .split('\n')
    .map((line) => line.replace(/#.*$/u, '').trim())
    .filter((line) => line !== '');
  // Phrases under their first stem.
  const entries = new Map<string, { readonly phrase: readonly string[]; readonly group: number; readonly likeness: number }[]>();
  for (const [group, line] of groups.entries()) {
    const isRelated = line.startsWith('~');
    const members = line.replace(/^~/u, '').split(',');
    const seen = new Set<string>();
    for (const member of members) {
      const phrase = stemmed(member);
      const key = phrase.join(' ');
      const first = phrase[0];
      if (first === undefined || seen.has(key)) continue;
      seen.add(key);
      const filed = entries.get(first) ?? [];
      filed.push({ phrase, group, likeness: isRelated ? likeness.related : likeness.same });
      entries.set(first, filed);
    }
  }
  return {
    size: groups.length,
    mentions(stems) {
      const found: Mention[] = [];
      for (const [from, stem] of stems.entries()) {
        for (const { phrase, group, likeness } of entries.get(stem) ?? []) {
          if (phrase.every((part, at) => stems[from + at] === part)) {
            found.push({ group, likeness, from, to: from + phrase.length - 1 });
          }
        }
      }
      return found;
    },
  };
}

export async function loadThesaurus(file: string): Promise<Thesaurus> {
  try {
    return parseThesaurus(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} cannot be read. Restore the file from the repository.`, { cause });
  }
}
