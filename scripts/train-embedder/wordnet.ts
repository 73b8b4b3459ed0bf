import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A pointer from one synset to another; `symbol` as in the WordNet manual, wninput(5WN). */
export interface Pointer {
  readonly symbol: string;
  /** Id of the other synset. */
  readonly target: string;
  /** Places of the two words in their synsets; null when the pointer joins the synsets as a whole. */
  readonly words: { readonly from: number; readonly to: number } | null;
}

export interface Synset {
  /** Letter of the file and byte offset, for example `n00001740`. */
  readonly id: string;
  /** Lemmas with spaces for underscores, in WordNet's order; a proper noun keeps its capital. */
  readonly lemmas: readonly string[];
  readonly pointers: readonly Pointer[];
  readonly definition: string;
  readonly examples: readonly string[];
}

export interface WordNet {
  readonly synsets: readonly Synset[];
  /** The notice that heads every data file, without its line numbers. */
  readonly licence: string;
}

const files = ['noun', 'verb', 'adj', 'adv'] as const;

/** Reads the four data files of a WordNet folder; `limit` keeps only the first synsets of each. */
export async function readWordNet(folder: string, limit = Number.POSITIVE_INFINITY): Promise<WordNet> {
  const synsets: Synset[] = [];
  let licence = '';
  for (const file of files) {
    const lines = (await readFile(join(folder, `data.${file}`), 'utf8')).split('\n');
    const notice = lines.filter((line) => line.startsWith('  '));
    licence ||= `${notice
      .map((line) => line.replace(/^ +\d+ ?/, '').trimEnd())
      .join('\n')
      .trim()}\n`;
    const data = lines.filter((line) => /^\d{8} /.test(line));
    for (const line of data.slice(0, limit)) synsets.push(parseSynset(line));
  }
  return { synsets, licence };
}

/** One line of a data file: `offset lexfile type words pointers [frames] | gloss`. */
export function parseSynset(line: string): Synset {
  const bar = line.indexOf('|');
  const fields = line.slice(0, bar).trim().split(' ');
  const [offset = '', , type = ''] = fields;
  const wordCount = Number.parseInt(fields[3] ?? '', 16);
  const lemmas: string[] = [];
  for (let place = 0; place < wordCount; place++) lemmas.push(readable(fields[4 + 2 * place] ?? ''));
  const pointerStart = 4 + 2 * wordCount;
  const pointers: Pointer[] = [];
  for (let place = 0; place < Number(fields[pointerStart]); place++) {
    const [symbol = '', target = '', file = '', places = ''] = fields.slice(pointerStart + 1 + 4 * place);
    const from = Number.parseInt(places.slice(0, 2), 16);
    const to = Number.parseInt(places.slice(2), 16);
    pointers.push({
      symbol,
      target: fileLetter(file) + target,
      words: from > 0 && to > 0 ? { from: from - 1, to: to - 1 } : null,
    });
  }
  return { id: fileLetter(type) + offset, lemmas, pointers, ...parseGloss(line.slice(bar + 1)) };
}

/** The definition without the quoted examples; an attribution after an example goes with it. */
function parseGloss(gloss: string): { readonly definition: string; readonly examples: readonly string[] } {
  const examples = [...gloss.matchAll(/"([^"]+)"/g)].map((match) => match[1]?.trim() ?? '');
  const firstExample = gloss.search(/[;:,]?\s*"/);
  const definition = (firstExample < 0 ? gloss : gloss.slice(0, firstExample)).trim();
  // A few glosses open with their example.
  const rest = definition === '' ? gloss.replace(/"[^"]*"/g, ' ').trim() : definition;
  return { definition: rest, examples };
}

/** Satellite adjectives (`s`) are in the file of the adjectives. */
function fileLetter(type: string): string {
  return type === 's' ? 'a' : type;
}

function readable(word: string): string {
  return word.replace(/\((?:a|p|ip)\)$/, '').replaceAll('_', ' ');
}
