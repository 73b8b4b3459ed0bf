import { medicalKinds } from '../lexicons/load-lexicons.ts';
import type { Token } from './analyse.ts';
import { type Claim, type Finding, type Gate, writtenWords } from './claim.ts';

/** Of so many content words around a term, one must be in a sentence of the passage that has the term. */
const neighboursOfTerm = 3;
const neighboursOfWord = 4;
/** Weight from which a sentence of the passage names the term. */
const leastSupport = 0.7;

/**
 * A part of the body, substance or condition that the window has, but in another sentence than the words around it:
 * "the spine is made up of muscles" where that is said of the neck. What the section's heading alone names may stand anywhere.
 */
export const companyGate: Gate = {
  name: 'binding',
  kind: 'hard',
  check(claim) {
    const { sentence, window, lexicons } = claim;
    const terms = medicalKinds.flatMap((kind) => lexicons.medical.get(kind)?.find(sentence.tokens) ?? []);
    const headingTerms = medicalKinds.flatMap((kind) => lexicons.medical.get(kind)?.find(window.heading.tokens) ?? []);
    return terms.flatMap(({ start, end, key }): readonly Finding[] => {
      if (sentence.tokens[start]?.isTitle || (headingTerms.length === 1 && headingTerms[0]?.key === key)) return [];
      if (sharesCompany(claim, start, end, () => false, neighboursOfTerm)) return [];
      return [{ words: [writtenWords(claim, start, end)], why: 'the passage says this of something else' }];
    });
  },
};

/**
 * Any other content word that the passage has, but away from the words around it: "barnacles tie themselves down" where
 * mussels do. A word that only a heading has may stand anywhere.
 */
export const strayWordGate: Gate = {
  name: 'stray-word',
  kind: 'soft',
  check(claim) {
    const { sentence, window } = claim;
    return sentence.tokens.flatMap((token, index): readonly Finding[] => {
      const isSaid = window.sentenceSupports.some((support) => (support[index] ?? 0) >= leastSupport);
      if (!token.isContent || !isSaid || (window.headingSupport[index] ?? 0) >= leastSupport) return [];
      const isInHeading = (at: number) => (window.headingSupport[at] ?? 0) > 0;
      if (sharesCompany(claim, index, index + 1, isInHeading, neighboursOfWord)) return [];
      return [{ words: [token.written], why: 'the passage has this word, but away from those around it' }];
    });
  },
};

/** Whether a sentence of the window has the words and one of those around them. */
function sharesCompany(
  { sentence, window }: Claim,
  start: number,
  end: number,
  isCompany: (index: number) => boolean,
  neighbours: number,
): boolean {
  const says = (support: readonly number[]) =>
    support
      .slice(start, end)
      .some((weight, offset) => weight >= leastSupport && sentence.tokens[start + offset]?.isContent);
  if (sentence.tokens.slice(start, end).every(({ isContent }) => !isContent)) return true;
  const around = nearest(sentence.tokens, start, end).slice(0, neighbours);
  if (around.length === 0) return true;
  return window.sentenceSupports.some(
    (support) => says(support) && around.some((index) => (support[index] ?? 0) > 0 || isCompany(index)),
  );
}

/** Places of the other content words, the nearest first. */
function nearest(tokens: readonly Token[], start: number, end: number): readonly number[] {
  return tokens
    .flatMap((token, index) => (token.isContent && (index < start || index >= end) ? [index] : []))
    .toSorted((left, right) => distance(left, start, end) - distance(right, start, end));
}

function distance(index: number, start: number, end: number): number {
  return index < start ? start - index : index - end + 1;
}
