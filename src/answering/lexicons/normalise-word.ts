import { stem, words } from '../../language/tokens.ts';
import type { LexiconGroups } from './read-lexicon.ts';

/** Brings a lower-case word to American spelling and an irregular form to its base; one word may become two. */
export type NormaliseWord = (word: string) => readonly string[];

const britishEnding = /^(.{2,})(?:is(e|es|ed|er|ers|ing|able|ation|ations)|ys(e|es|ed|er|ers|ing))$/;

export interface NormaliseWordParts {
  readonly britishSpellings: LexiconGroups;
  readonly irregularForms: LexiconGroups;
  /** Whether a stem is a word's: "mobilise" becomes "mobilize", "exercise" stays. */
  readonly isKnown: (stem: string) => boolean;
}

export function createNormaliseWord({ britishSpellings, irregularForms, isKnown }: NormaliseWordParts): NormaliseWord {
  const replacements = new Map<string, readonly string[]>();
  for (const line of britishSpellings.get('') ?? []) {
    const [british = '', american = ''] = line.split(' ');
    replacements.set(british, words(american));
  }
  const bases = new Map<string, string>();
  for (const line of irregularForms.get('') ?? []) {
    const [base = '', ...forms] = line.split(' ');
    for (const form of forms) bases.set(form, base);
  }
  return (word) => {
    const replaced = replacements.get(word);
    if (replaced) return replaced;
    return [bases.get(word) ?? american(word, isKnown)];
  };
}

function american(word: string, isKnown: (stem: string) => boolean): string {
  const [, start, afterIs, afterYs] = britishEnding.exec(word) ?? [];
  if (start === undefined) return word;
  const spelled = afterIs === undefined ? `${start}yz${afterYs}` : `${start}iz${afterIs}`;
  return isKnown(stem(spelled)) ? spelled : word;
}
