import type { Reason } from '../../domain.ts';
import { type Concepts, type Pattern, type Piece, readPattern, wordsOf } from './pattern.ts';
import { createSpelling, type Spelling } from './spelling.ts';

/** A word list as it lies on the disk: `crisis.en.txt` with its text. */
export interface LexiconFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Kinds of pattern lists by rank. `figurative` and `negated` are no class: what they match is blanked out.
 * `follow-up` counts only after a message that was redirected, and then as `suitability`; `net` is the last
 * resort, any word of illness or medicine, and counts as `symptom`.
 */
export const listKinds = [
  'crisis',
  'emergency',
  'after-visit',
  'complaint',
  'symptom',
  'suitability',
  'instructions',
  'efficacy',
  'minor',
  'sexual',
  'business',
  'net',
  'probing',
  'off-topic',
  'greeting',
  'thanks',
  'follow-up',
  'figurative',
  'negated',
] as const;
export type ListKind = (typeof listKinds)[number];

/** The word lists of all languages, read and ready. */
export interface Lexicon {
  readonly patterns: ReadonlyMap<ListKind, readonly Pattern[]>;
  readonly spelling: Spelling;
}

/** The reason that a list's match gives; null for the two that only blank words out. */
export function reasonOf(kind: ListKind): Reason | null {
  if (kind === 'figurative' || kind === 'negated') return null;
  if (kind === 'follow-up') return 'suitability';
  return kind === 'net' ? 'symptom' : kind;
}

/** Kinds whose words are worth setting a slip of the finger right for. */
const correctedKinds: readonly ListKind[] = [
  'crisis',
  'emergency',
  'after-visit',
  'complaint',
  'symptom',
  'suitability',
  'efficacy',
  'probing',
];

/**
 * Reads the word lists. `<kind>.<language>.txt` holds one pattern a line, `concepts.<language>.txt` named lists under
 * `[name]` lines, `condition.*`, `medicine.*` and so on one list each under the name before the dot. A concept is
 * looked up in the file's own language and then in `any`. `#` begins a comment. Throws a RangeError for a bad line; read
 * `lazily`, as at every start, some show only when they are tried, and the tests read the shipped lists whole.
 */
export function readLexicon(files: readonly LexiconFile[], { lazily = false } = {}): Lexicon {
  const byLanguage = new Map<string, Map<string, string[]>>();
  const conceptsOf = (language: string) => {
    const known = byLanguage.get(language) ?? new Map<string, string[]>();
    byLanguage.set(language, known);
    return known;
  };
  const lists: { kind: ListKind; language: string; lines: readonly string[] }[] = [];
  const respellings = new Map<string, readonly string[]>();
  const notTypos = new Set<string>();
  const uncorrected = new Set<string>();
  for (const { name, text } of files) {
    const [kind = '', language = 'any', source] = name.replace(/\.txt$/u, '').split('.');
    const lines = linesOf(text);
    if (kind === 'respellings') for (const line of lines) respellings.set(...respelling(line));
    else if (kind === 'not-typos') for (const line of lines) notTypos.add(line);
    else if (kind === 'concepts') for (const [key, entry] of sections(lines)) append(conceptsOf(language), key, entry);
    else if (isListKind(kind)) lists.push({ kind, language, lines });
    else {
      for (const line of lines) append(conceptsOf(language), kind, line);
      // Thousands of rare words would draw ordinary ones towards them.
      if (source !== undefined) for (const line of lines) uncorrected.add(line);
    }
  }
  const patterns = new Map<ListKind, Pattern[]>();
  const known = new Set<string>();
  const corrected = new Set<string>();
  const compiled = new Map<string, Map<string, Piece>>();
  for (const { kind, language, lines } of lists) {
    const concepts: Concepts = new Map([...conceptsOf('any'), ...conceptsOf(language)]);
    const shared = compiled.get(language) ?? new Map();
    compiled.set(language, shared);
    for (const line of lines) {
      const found = patterns.get(kind) ?? [];
      patterns.set(kind, found);
      found.push(readPattern(line, concepts, { compiled: shared, lazily }));
      for (const word of wordsOf(line)) {
        known.add(word);
        if (correctedKinds.includes(kind)) corrected.add(word);
      }
    }
  }
  for (const concepts of byLanguage.values()) {
    for (const entry of [...concepts.values()].flat()) {
      for (const word of wordsOf(entry)) {
        known.add(word);
        if (!uncorrected.has(word)) corrected.add(word);
      }
    }
  }
  for (const word of [...respellings.values()].flat()) known.add(word);
  return { patterns, spelling: createSpelling({ known, corrected, notTypos, respellings }) };
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.replace(/(?:^|\s)#.*$/u, '').trim())
    .filter((line) => line !== '');
}

function* sections(lines: readonly string[]): Generator<readonly [string, string]> {
  let name = '';
  for (const line of lines) {
    const heading = /^\[([\w-]+)\]$/u.exec(line)?.[1];
    if (heading !== undefined) name = heading;
    else yield [name, line];
  }
}

function respelling(line: string): [string, readonly string[]] {
  const [from = '', to = ''] = line.split('=').map((side) => side.trim());
  if (from === '' || to === '' || from.includes(' '))
    throw new RangeError(
      `The respelling "${line}" cannot be read: write one word, an equals sign and what it stands for.`,
    );
  return [from, to.split(/\s+/u)];
}

function isListKind(text: string): text is ListKind {
  return listKinds.some((kind) => kind === text);
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
