import type { Claim, Finding, Gate } from './claim.ts';

const leastCoverage = 0.6;

/** A content word that neither the window nor any article has. */
export const unknownWordGate: Gate = {
  name: 'unknown-word',
  kind: 'soft',
  check: (claim) => unsupported(claim, (known) => !known, 'the article does not have this word or one like it'),
};

/** A content word that the article has, but not in the window. */
export const otherSectionGate: Gate = {
  name: 'other-section',
  kind: 'soft',
  check: (claim) => unsupported(claim, (known) => known, 'the article says this word elsewhere, not in the passage'),
};

/** Too little of the sentence is in the window. */
export const coverageGate: Gate = {
  name: 'coverage',
  kind: 'soft',
  check({ window }) {
    if (window.coverage >= leastCoverage) return [];
    return [
      {
        words: [],
        why: `the passage covers ${Math.round(100 * window.coverage)} % of the sentence, at least ${100 * leastCoverage} % is asked`,
      },
    ];
  },
};

function unsupported(
  { sentence, support, article }: Claim,
  wanted: (known: boolean) => boolean,
  why: string,
): readonly Finding[] {
  return sentence.tokens.flatMap((token, index): readonly Finding[] => {
    if (!token.isContent || (support[index] ?? 0) > 0) return [];
    const known = token.readings.some((reading) => article.supports(reading) > 0);
    return wanted(known) ? [{ words: [token.written], why }] : [];
  });
}
