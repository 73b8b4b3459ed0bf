import { stem, words } from '../../language/tokens.ts';
import type { LexiconGroups } from './read-lexicon.ts';

/** Relations between stems; the stems of a phrase are joined by `_`. */
export interface WordRelations {
  has(key: string): boolean;
  /**
   * Keys that a text with this key supports, with the weight of each: itself 1, a synonym or derivation .9, the two in
   * a row .8, a hypernym .7.
   */
  supportedBy(key: string): ReadonlyMap<string, number>;
  /** The same without the synonyms of WordNet, which are those of any sense: for parts of the body and the like. */
  strictlySupportedBy(key: string): ReadonlyMap<string, number>;
  /** The key itself with its derivations, their derivations included. */
  family(key: string): ReadonlySet<string>;
  antonyms(key: string): ReadonlySet<string>;
}

export const relationWeights = { same: 1, synonym: 0.9, twoSteps: 0.8, hypernym: 0.7 } as const;

interface Entry {
  readonly synonyms: readonly string[];
  readonly derivations: readonly string[];
  readonly hypernyms: readonly string[];
  readonly antonyms: readonly string[];
}

const nothing: Entry = { synonyms: [], derivations: [], hypernyms: [], antonyms: [] };

/** Indexes the lines of wordnet-relations.txt and the groups of near-synonyms.txt; a line is taken apart when asked for. */
export function createWordRelations(wordNetText: string, nearSynonyms: LexiconGroups): WordRelations {
  const lines = new Map<string, string>();
  for (const line of wordNetText.split('\n')) {
    const bar = line.indexOf('|');
    if (bar > 0 && line[0] !== '#') lines.set(line.slice(0, bar), line);
  }
  const near = nearSynonymsByKey(nearSynonyms.get('') ?? []);

  const entry = remembered((key: string): Entry => {
    const line = lines.get(key);
    if (line === undefined) return nothing;
    const [, synonyms = '', derivations = '', hypernyms = '', antonyms = ''] = line.split('|');
    return {
      synonyms: listed(synonyms),
      derivations: listed(derivations),
      hypernyms: listed(hypernyms),
      antonyms: listed(antonyms),
    };
  });

  const family = remembered((key: string): ReadonlySet<string> => {
    const found = new Set([key]);
    for (const derivation of entry(key).derivations) {
      found.add(derivation);
      for (const further of entry(derivation).derivations) found.add(further);
    }
    return found;
  });

  const supportedBy = remembered((key: string): ReadonlyMap<string, number> => {
    const found = new Map<string, number>([[key, relationWeights.same]]);
    const add = (keys: Iterable<string>, weight: number) => {
      for (const other of keys) if ((found.get(other) ?? 0) < weight) found.set(other, weight);
    };
    const { synonyms, derivations, hypernyms } = entry(key);
    const nearest = near.get(key) ?? [];
    add(synonyms, relationWeights.synonym);
    add(derivations, relationWeights.synonym);
    add(nearest, relationWeights.synonym);
    for (const derivation of derivations) {
      add(entry(derivation).synonyms, relationWeights.twoSteps);
      add(entry(derivation).derivations, relationWeights.twoSteps);
      add(near.get(derivation) ?? [], relationWeights.twoSteps);
    }
    for (const synonym of [...synonyms, ...nearest]) add(entry(synonym).derivations, relationWeights.twoSteps);
    add(hypernyms, relationWeights.hypernym);
    return found;
  });

  const strictlySupportedBy = remembered((key: string): ReadonlyMap<string, number> => {
    const found = new Map<string, number>(entry(key).hypernyms.map((hypernym) => [hypernym, relationWeights.hypernym]));
    for (const other of [...entry(key).derivations, ...(near.get(key) ?? [])])
      found.set(other, relationWeights.synonym);
    return found.set(key, relationWeights.same);
  });

  return {
    has: (key) => lines.has(key) || near.has(key),
    supportedBy,
    strictlySupportedBy,
    family,
    antonyms: remembered((key: string) => new Set(entry(key).antonyms)),
  };
}

/** Stems of a phrase in order, joined by `_`. */
export function keyOf(phrase: string): string {
  return words(phrase).map(stem).join('_');
}

function nearSynonymsByKey(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, string[]>();
  for (const line of lines) {
    const keys = line.split(',').map(keyOf);
    for (const key of keys) {
      const others = near.get(key) ?? [];
      others.push(...keys.filter((other) => other !== key));
      near.set(key, others);
    }
  }
  return near;
}

function listed(field: string): readonly string[] {
  return field === '' ? [] : field.split(' ');
}

const mostRemembered = 20_000;

function remembered<Value>(find: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known.clear();
    const found = find(key);
    known.set(key, found);
    return found;
  };
}
