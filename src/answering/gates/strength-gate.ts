import type { Token } from './analyse.ts';
import { type Finding, type Gate, hasFamily, ownTexts, writtenWords } from './claim.ts';

const leastSupport = 0.9;

/** A word that makes the claim stronger, wider or more certain than the window does. */
export const strengthGate: Gate = {
  name: 'strength',
  kind: 'hard',
  check(claim) {
    const { strength } = claim.lexicons;
    const { tokens } = claim.sentence;
    const texts = ownTexts(claim);
    return strength
      .find(tokens)
      .filter(({ start, end, key }) => {
        if (texts.some((text) => strength.find(text.tokens).some((stated) => stated.key === key))) return false;
        if (end === start + 1 && isPartOfIdiom(tokens, start)) return false;
        const token = tokens[start];
        if (!token?.isContent || end !== start + 1) return true;
        if (hasFamily(claim, token, texts)) return false;
        // Another word of strength may say the same: "crucial" for "important".
        return !texts.some((text) =>
          strength
            .find(text.tokens)
            .some(
              ({ key: stated }) => (claim.lexicons.relations.supportedBy(stated).get(token.stem) ?? 0) >= leastSupport,
            ),
        );
      })
      .map(({ start, end }): Finding => {
        return { words: [writtenWords(claim, start, end)], why: 'the passage does not say it so strongly' };
      });
  },
};

/** "Not only" adds and "at most" limits. */
function isPartOfIdiom(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word;
  const word = tokens[at]?.word;
  return (
    (word === 'only' && before === 'not') ||
    (word === 'all' && before === 'at') ||
    (word === 'all' && before === 'after')
  );
}
