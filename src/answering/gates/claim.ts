import type { Lexicons } from '../lexicons/load-lexicons.ts';
import type { TermSet } from '../lexicons/term-set.ts';
import type { AnalysedText, Token } from './analyse.ts';
import type { SourceText } from './source-text.ts';
import type { Window } from './window.ts';

export type GateName =
  | 'number'
  | 'frequency'
  | 'medical-term'
  | 'effect'
  | 'strength'
  | 'hedge-dropped'
  | 'weakening'
  | 'advice'
  | 'evidence-appeal'
  | 'negation'
  | 'antonym'
  | 'direction'
  | 'binding'
  | 'role'
  | 'unknown-word'
  | 'other-section'
  | 'coverage'
  | 'cohesion'
  | 'stray-word'
  | 'not-in-article'
  | 'no-statement'
  | 'markup'
  | 'speaker'
  | 'no-source'
  | 'judge'
  | 'own-words';

/** What a gate found against a sentence. */
export interface Finding {
  /** Words of the sentence. */
  readonly words: readonly string[];
  readonly why: string;
}

/** A sentence beside the stretch of the article that says most of it. */
export interface Claim {
  readonly sentence: AnalysedText;
  readonly window: Window;
  /** Weight with which the window supports each token of the sentence, 0 to 1. */
  readonly support: readonly number[];
  readonly lexicons: Lexicons;
  readonly article: ArticleWords;
}

/** What the gates know of all articles together. */
export interface ArticleWords {
  /** Whether a stem or what it stands for occurs anywhere. */
  supports(stem: string): number;
  /** Names of sibling sections, as the runs of stems that tell them apart. */
  readonly names: readonly SectionName[];
}

export interface SectionName {
  readonly document: string;
  readonly section: string;
  readonly heading: string;
  readonly key: string;
}

export interface Gate {
  readonly name: GateName;
  readonly kind: 'hard' | 'soft';
  readonly check: (claim: Claim) => readonly Finding[];
}

/** The window's sentences and the heading of its own section. */
export function ownTexts({ window }: Claim): readonly SourceText[] {
  return [...window.sentences, window.heading];
}

/** Whether the window has one of the words of a family: the same stem or a derivation of it. */
export function hasFamily(claim: Claim, token: Token, texts: readonly SourceText[] = ownTexts(claim)): boolean {
  const { relations } = claim.lexicons;
  return token.readings.some((reading) => {
    for (const member of relations.family(reading)) if (texts.some(({ stems }) => stems.has(member))) return true;
    // The derivation may be written down on the other side only.
    return texts.some(({ tokens }) =>
      tokens.some(({ stem, isContent }) => isContent && relations.family(stem).has(reading)),
    );
  });
}

/** Words of the sentence from `start` to `end`, the end excluded, as they are written. */
export function writtenWords({ sentence }: Claim, start: number, end: number): string {
  return sentence.tokens
    .slice(start, end)
    .map(({ written }) => written)
    .join(' ');
}

/** Terms of a lexicon that the sentence uses and the window does not, each as a finding. */
export function missingTerms(claim: Claim, terms: TermSet, why: string): readonly Finding[] {
  const stated = new Set(ownTexts(claim).flatMap(({ tokens }) => terms.find(tokens).map(({ key }) => key)));
  return terms
    .find(claim.sentence.tokens)
    .filter(({ key, start, end }) => {
      if (stated.has(key)) return false;
      const token = claim.sentence.tokens[start];
      return !(end === start + 1 && token?.isContent && hasFamily(claim, token));
    })
    .map(({ start, end }) => ({ words: [writtenWords(claim, start, end)], why }));
}
