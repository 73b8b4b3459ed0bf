import { stem } from '../../src/language/tokens.ts';
import type { WordNet } from '../train-embedder/wordnet.ts';
import { type Senses, synsetsById } from './senses.ts';

export type MedicalKind = 'disease' | 'symptom' | 'body-part' | 'drug' | 'procedure';

/** Each kind is what lies below these senses: lemma and sense number as a noun. */
const roots: Readonly<Record<MedicalKind, readonly (readonly [lemma: string, sense: number])[]>> = {
  disease: [
    ['illness', 1],
    ['disorder', 1],
    ['pathology', 1],
    ['injury', 1],
    ['mental disorder', 1],
    ['disability', 1],
    ['deformity', 1],
    ['infection', 1],
    ['pregnancy', 1],
    ['addiction', 1],
  ],
  symptom: [
    ['symptom', 1],
    ['pain', 1],
    ['inflammation', 1],
    ['seizure', 1],
  ],
  'body-part': [
    ['body part', 1],
    ['body substance', 1],
  ],
  drug: [
    ['drug', 1],
    ['medicine', 2],
    ['hormone', 1],
    ['vitamin', 1],
    ['neurotransmitter', 1],
    ['dietary supplement', 1],
    ['anesthetic', 1],
  ],
  procedure: [
    ['medical procedure', 1],
    ['medical care', 1],
    ['surgery', 1],
    ['diagnosis', 1],
    ['medical instrument', 1],
  ],
};

const mostWords = 3;

/** Lemmas of each kind that are medical in most of their uses, in alphabetical order. */
export function buildMedicalTerms(wordNet: WordNet, senses: Senses): ReadonlyMap<MedicalKind, readonly string[]> {
  const byId = synsetsById(wordNet);
  const below = new Map<string, string[]>();
  for (const { id, pointers } of wordNet.synsets) {
    for (const { symbol, target } of pointers) {
      if (symbol !== '@') continue;
      const known = below.get(target);
      if (known) known.push(id);
      else below.set(target, [id]);
    }
  }
  const everyday = everydayStems(senses);
  const taken = new Set<string>();
  const terms = new Map<MedicalKind, readonly string[]>();
  for (const kind of Object.keys(roots) as MedicalKind[]) {
    const ids = new Set<string>();
    const open = roots[kind].map(([lemma, number]) => rootId(senses, lemma, number));
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (ids.has(id)) continue;
      ids.add(id);
      open.push(...(below.get(id) ?? []));
    }
    const found = new Set<string>();
    for (const id of ids) {
      for (const lemma of byId.get(id)?.lemmas ?? []) {
        if (isTerm(lemma, ids, senses) && !taken.has(lemma) && !isMasked(lemma, senses, everyday)) found.add(lemma);
      }
    }
    for (const lemma of found) taken.add(lemma);
    terms.set(kind, [...found].sort());
  }
  return terms;
}

function rootId(senses: Senses, lemma: string, number: number): string {
  const sense = senses.get(lemma)?.find((candidate) => candidate.part === 'n' && candidate.number === number);
  if (!sense) throw new Error(`WordNet has no sense ${number} of the noun "${lemma}"`);
  return sense.synset;
}

/** Whether most uses of a lemma, of any part of speech, are of this kind. */
function isTerm(lemma: string, ids: ReadonlySet<string>, senses: Senses): boolean {
  // Abbreviations ("AN", "AIDS") are everyday words in lower case.
  if (!/^[a-zA-Z][a-z' -]{3,}$/.test(lemma) || lemma.split(/[ -]/).length > mostWords) return false;
  const all = senses.get(lemma.toLowerCase()) ?? [];
  const inside = all.filter(({ synset }) => ids.has(synset));
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const counted = inside.reduce((sum, { count }) => sum + count, 0);
  if (total > 0) return counted / total >= 0.5;
  return inside.some(({ number }) => number === 1) && inside.length / all.length >= 0.5;
}

/** The most frequent lemma of each stem. */
function everydayStems(senses: Senses): ReadonlyMap<string, { readonly lemma: string; readonly count: number }> {
  const best = new Map<string, { readonly lemma: string; readonly count: number }>();
  for (const lemma of senses.keys()) {
    if (!/^[a-z]+$/.test(lemma)) continue;
    const count = countOf(lemma, senses);
    const known = best.get(stem(lemma));
    if (!known || known.count < count) best.set(stem(lemma), { lemma, count });
  }
  return best;
}

/** Whether the stem is that of a more frequent word: "relaxer" would be found in "relax". */
function isMasked(lemma: string, senses: Senses, everyday: ReturnType<typeof everydayStems>): boolean {
  const name = lemma.toLowerCase();
  if (!/^[a-z]+$/.test(name)) return false;
  const best = everyday.get(stem(name));
  return best !== undefined && best.lemma !== name && best.count > countOf(name, senses);
}

function countOf(lemma: string, senses: Senses): number {
  return (senses.get(lemma) ?? []).reduce((sum, { count }) => sum + count, 0);
}
