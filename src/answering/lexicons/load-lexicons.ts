import { createNormaliseWord, type NormaliseWord } from './normalise-word.ts';
import { type LexiconGroups, readLexicon, readLexiconText } from './read-lexicon.ts';
import { createTermSet, type TermSet } from './term-set.ts';
import { createWordRelations, type WordRelations } from './word-relations.ts';

export type MedicalKind = (typeof medicalKinds)[number];
export const medicalKinds = ['disease', 'symptom', 'body-part', 'drug', 'procedure'] as const;

/** Verbs that claim an effect; the key of a match is the form, its words joined by `_`. */
export interface EffectVerbs {
  readonly terms: TermSet;
  /** All forms of the verb of a form, the base form first. */
  readonly formsOf: (form: string) => readonly string[];
}

/** Everything that verification reads from the folder lexicons/. */
export interface Lexicons {
  readonly relations: WordRelations;
  readonly normalise: NormaliseWord;
  readonly neutral: TermSet;
  readonly medical: ReadonlyMap<MedicalKind, TermSet>;
  readonly effects: Readonly<Record<'cure' | 'prevent', EffectVerbs>>;
  readonly numbers: ReadonlyMap<string, string>;
  readonly frequency: Readonly<Record<'unit' | 'frequency' | 'duration', TermSet>>;
  readonly strength: TermSet;
  readonly hedges: Readonly<Record<'modal' | 'purpose' | 'frequency' | 'quantity' | 'help', TermSet>>;
  readonly weakening: TermSet;
  readonly advice: TermSet;
  readonly imperatives: TermSet;
  readonly evidenceAppeals: TermSet;
  readonly negation: Readonly<Record<'negator' | 'idiom', TermSet>>;
  readonly direction: Readonly<Record<'up' | 'down' | 'idle', TermSet>>;
  /** Base word and sign of a comparative. */
  readonly comparatives: ReadonlyMap<string, { readonly base: string; readonly sign: '+' | '-' }>;
}

const fileNames = [
  'neutral-words',
  'medical-terms-wordnet',
  'medical-terms-hand',
  'effect-verbs',
  'numbers',
  'frequency',
  'strength',
  'hedges',
  'weakening',
  'advice',
  'evidence-appeals',
  'negation',
  'direction',
  'comparatives',
] as const;

/** Reads the lexicons. Throws `config-invalid` naming a file that is missing. */
export async function loadLexicons(): Promise<Lexicons> {
  const [wordNet, nearSynonyms, britishSpellings, irregularForms] = await Promise.all([
    readLexiconText('wordnet-relations.txt'),
    readLexicon('near-synonyms.txt'),
    readLexicon('british-spellings.txt'),
    readLexicon('irregular-forms.txt'),
  ]);
  const relations = createWordRelations(wordNet, nearSynonyms);
  const normalise = createNormaliseWord({ britishSpellings, irregularForms, isKnown: relations.has });
  const files = new Map(
    await Promise.all(fileNames.map(async (name) => [name, await readLexicon(`${name}.txt`)] as const)),
  );
  const groups = (name: (typeof fileNames)[number]) => files.get(name) ?? new Map<string, readonly string[]>();
  const terms = (name: (typeof fileNames)[number], group = '') =>
    createTermSet(groups(name).get(group) ?? [], normalise);
  return {
    relations,
    normalise,
    neutral: terms('neutral-words'),
    medical: medicalTerms(groups('medical-terms-wordnet'), groups('medical-terms-hand'), normalise),
    effects: {
      cure: effectVerbs(groups('effect-verbs').get('cure') ?? [], normalise),
      prevent: effectVerbs(groups('effect-verbs').get('prevent') ?? [], normalise),
    },
    numbers: new Map((groups('numbers').get('cardinal') ?? []).map((line) => cut(line))),
    frequency: {
      unit: terms('frequency', 'unit'),
      frequency: terms('frequency', 'frequency'),
      duration: terms('frequency', 'duration'),
    },
    strength: terms('strength', 'strength'),
    hedges: {
      modal: terms('hedges', 'modal'),
      purpose: terms('hedges', 'purpose'),
      frequency: terms('hedges', 'frequency'),
      quantity: terms('hedges', 'quantity'),
      help: terms('hedges', 'help'),
    },
    weakening: terms('weakening'),
    advice: terms('advice', 'advice'),
    imperatives: terms('advice', 'imperative'),
    evidenceAppeals: terms('evidence-appeals'),
    negation: { negator: terms('negation', 'negator'), idiom: terms('negation', 'idiom') },
    direction: {
      up: terms('direction', 'up'),
      down: terms('direction', 'down'),
      idle: terms('direction', 'idle'),
    },
    comparatives: new Map(
      (groups('comparatives').get('') ?? []).map((line) => {
        const [word = '', base = '', sign] = line.split(' ');
        return [word, { base, sign: sign === '-' ? '-' : '+' }] as const;
      }),
    ),
  };
}

function cut(line: string): readonly [string, string] {
  const space = line.lastIndexOf(' ');
  return [line.slice(0, space), line.slice(space + 1)];
}

/** A line has the forms of one verb. */
function effectVerbs(lines: readonly string[], normalise: NormaliseWord): EffectVerbs {
  const verbs = new Map<string, readonly string[]>();
  for (const forms of lines.map((line) => line.split(' '))) for (const form of forms) verbs.set(form, forms);
  const terms = createTermSet(
    [...verbs.keys()].map((form) => `=${form.replaceAll('_', ' ')}`),
    normalise,
  );
  return { terms, formsOf: (key) => verbs.get(key) ?? [key] };
}

function medicalTerms(
  wordNet: LexiconGroups,
  hand: LexiconGroups,
  normalise: NormaliseWord,
): ReadonlyMap<MedicalKind, TermSet> {
  const not = new Set(hand.get('not-medical'));
  return new Map(
    medicalKinds.map((kind) => {
      const entries = [...(wordNet.get(kind) ?? []).filter((entry) => !not.has(entry)), ...(hand.get(kind) ?? [])];
      return [kind, createTermSet(entries, normalise)] as const;
    }),
  );
}
