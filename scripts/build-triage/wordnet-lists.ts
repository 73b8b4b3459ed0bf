import type { WordNet } from '../train-embedder/wordnet.ts';

/** Nouns below these synsets of WordNet 3.1 are on the list. */
const roots = {
  /** ill health, symptom (medicine), mental disorder, injury; and injury and symptom as an act or sign */
  condition: ['n14075528', 'n14323139', 'n14107272', 'n14309164', 'n07328236', 'n00745741', 'n06811045'],
  /** medicine: something that treats or prevents or alleviates */
  medicine: ['n03745652'],
} as const;
export type ListName = keyof typeof roots;
export const listNames = Object.keys(roots) as readonly ListName[];

const shortest = 4;

/** The single words below a list's roots, without those that everyday talk uses for other things, in alphabetical order. */
export function wordsBelow(wordNet: WordNet, list: ListName, everyday: ReadonlySet<string>): readonly string[] {
  const byId = new Map(wordNet.synsets.map((synset) => [synset.id, synset]));
  const below = new Map<string, string[]>();
  for (const { id, pointers } of wordNet.synsets) {
    for (const { symbol, target } of pointers) {
      if (symbol === '@' || symbol === '@i') below.set(target, [...(below.get(target) ?? []), id]);
    }
  }
  const found = new Set<string>();
  const words = new Set<string>();
  const open: string[] = [...roots[list]];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(below.get(id) ?? []));
    for (const lemma of byId.get(id)?.lemmas ?? []) words.add(lemma.toLowerCase());
  }
  return [...words].filter((word) => word.length >= shortest && /^[a-z]+$/u.test(word) && !everyday.has(word)).sort();
}
