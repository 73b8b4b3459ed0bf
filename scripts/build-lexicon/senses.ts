import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WordNet } from '../train-embedder/wordnet.ts';

export type PartOfSpeech = 'n' | 'v' | 'a' | 'r';

/** One sense of a lemma, as index.sense ranks it. */
export interface Sense {
  /** Id of the synset, for example `n00001740`. */
  readonly synset: string;
  readonly part: PartOfSpeech;
  /** 1 for the most frequent sense of the lemma as this part of speech. */
  readonly number: number;
  /** How often the sense was tagged in the concordance texts. */
  readonly count: number;
}

/** Senses by lower-case lemma, with spaces for underscores. */
export type Senses = ReadonlyMap<string, readonly Sense[]>;

const parts: readonly PartOfSpeech[] = ['n', 'v', 'a', 'r', 'a'];

/** Reads `index.sense` (senseidx(5WN)) of a WordNet folder. */
export async function readSenses(folder: string): Promise<Senses> {
  const senses = new Map<string, Sense[]>();
  for (const line of (await readFile(join(folder, 'index.sense'), 'utf8')).split('\n')) {
    const [key = '', offset = '', number = '', count = ''] = line.trim().split(' ');
    const [lemma = '', rest = ''] = key.split('%');
    const part = parts[Number(rest.split(':')[0]) - 1];
    if (part === undefined) continue;
    const name = lemma.replaceAll('_', ' ');
    const sense = { synset: part + offset, part, number: Number(number), count: Number(count) };
    const known = senses.get(name);
    if (known) known.push(sense);
    else senses.set(name, [sense]);
  }
  return senses;
}

/** Synsets by id. */
export function synsetsById({ synsets }: WordNet): ReadonlyMap<string, WordNet['synsets'][number]> {
  return new Map(synsets.map((synset) => [synset.id, synset]));
}
