import { type Claim, type Finding, type Gate, hasFamily, ownTexts, writtenWords } from './claim.ts';

const before = /^(?:every|each|per|a|an|last|for|within|after|one|once|twice|\p{N}+)$/u;

/** How often, how long or how much, where the window does not say so. */
export const frequencyGate: Gate = {
  name: 'frequency',
  kind: 'hard',
  check(claim) {
    const { tokens } = claim.sentence;
    const { unit, frequency, duration } = claim.lexicons.frequency;
    const measures = unit.find(tokens).filter(({ start }) => {
      const previous = tokens[start - 1]?.word ?? '';
      return before.test(previous) || claim.lexicons.numbers.has(previous);
    });
    return [...measures, ...frequency.find(tokens), ...duration.find(tokens)]
      .filter(({ start, end }) => !isStated(claim, start, end))
      .map(({ start, end }): Finding => {
        return {
          words: [writtenWords(claim, start, end)],
          why: 'the passage does not say how often, how long or how much',
        };
      });
  },
};

function isStated(claim: Claim, start: number, end: number): boolean {
  return claim.sentence.tokens
    .slice(start, end)
    .every((token) =>
      token.isContent ? hasFamily(claim, token) : ownTexts(claim).some(({ stems }) => stems.has(token.stem)),
    );
}
