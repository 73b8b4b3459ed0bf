import type { WordRelations } from '../lexicons/word-relations.ts';
import type { AnalysedText, Token } from './analyse.ts';
import { phrases, type SourceSection, type SourceText } from './source-text.ts';

/** One to four consecutive sentences of one section with its headings. */
export interface Window {
  readonly sentences: readonly SourceText[];
  /** The sentence that supports most. */
  readonly nearest: SourceText;
  readonly heading: SourceText;
  readonly context: SourceText;
  /** Share of the sentence's content that the window supports, weighted by how rare each word is; 0 to 1. */
  readonly coverage: number;
  /** Weight of support for each token of the sentence: by all of the window, by each sentence of it, by its own heading. */
  readonly support: readonly number[];
  readonly sentenceSupports: readonly (readonly number[])[];
  readonly headingSupport: readonly number[];
}

const mostSentences = 4;
/** A window must cover this much more to be one sentence longer. */
const costOfSentence = 0.01;
/** Between windows that cover as much, the one with more of the same words, function words included, is nearer. */
const wordingShare = 0.02;
/** What the headings above and the title count for: a sentence that says the word itself is better. */
const contextShare = 0.6;

/** Best window of some sections for a sentence; undefined when they hold no sentence. */
export function bestWindow(
  sentence: AnalysedText,
  sections: readonly SourceSection[],
  weightOf: (token: Token) => number,
  relations: WordRelations,
): Window | undefined {
  let best: { readonly window: Window; readonly rank: number } | undefined;
  const weights = sentence.tokens.map((token) => (token.isContent ? weightOf(token) : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const { runs, heading, context } of sections) {
    const inContext = supportOf(sentence, context, relations).map((weight) => weight * contextShare);
    const headingSupport = supportOf(sentence, heading, relations);
    const fromHeadings = join(headingSupport, inContext);
    for (const run of runs) {
      const single = run.map((source) => supportOf(sentence, source, relations));
      for (let start = 0; start < run.length; start++) {
        let support: readonly number[] = fromHeadings;
        for (let end = start + 1; end <= Math.min(start + mostSentences, run.length); end++) {
          support = join(support, single[end - 1] ?? []);
          const covered = weighed(support, weights);
          const coverage = total === 0 ? 1 : covered / total;
          const rank = coverage + wordingShare * mean(support) - costOfSentence * (end - start - 1);
          if (best && best.rank >= rank) continue;
          const sentences = run.slice(start, end);
          const sentenceSupports = single.slice(start, end);
          const nearest = sentences[indexOfBest(sentenceSupports.map((own) => weighed(own, weights)))];
          if (!nearest) continue;
          const window = { sentences, nearest, heading, context, coverage, support, sentenceSupports, headingSupport };
          best = { window, rank };
        }
      }
    }
  }
  return best?.window;
}

/** Weight with which one text of the article supports each token of a sentence. */
export function supportOf(sentence: AnalysedText, source: SourceText, relations: WordRelations): readonly number[] {
  const support = sentence.tokens.map((token) => tokenSupport(token, source, relations));
  for (const { key, start, end } of phrases(sentence)) {
    const weight = source.supports.get(key) ?? 0;
    if (weight === 0) continue;
    for (let index = start; index < end; index++) support[index] = Math.max(support[index] ?? 0, weight);
  }
  return support;
}

function tokenSupport({ readings, isContent, stem }: Token, source: SourceText, relations: WordRelations): number {
  if (!isContent) return source.stems.has(stem) ? 1 : 0;
  let best = 0;
  for (const reading of readings) {
    best = Math.max(best, source.supports.get(reading) ?? 0);
    if (best === 1) return best;
    // A relation may be written down on the sentence's side only; a hypernym of its word would be a wider source.
    for (const [other, weight] of relations.strictlySupportedBy(reading)) {
      if (weight > best && weight >= 0.9 && source.stems.has(other)) best = weight;
    }
    for (const [other, weight] of relations.supportedBy(reading)) {
      if (weight > best && weight >= 0.8 && source.stems.has(other) && !source.strictStems.has(other)) best = weight;
    }
  }
  return best;
}

function weighed(support: readonly number[], weights: readonly number[]): number {
  return support.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function indexOfBest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function join(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((value, index) => Math.max(value, right[index] ?? 0));
}
