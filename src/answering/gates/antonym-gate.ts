import { relationWeights } from '../lexicons/word-relations.ts';
import type { Token } from './analyse.ts';
import { type Finding, type Gate, ownTexts } from './claim.ts';

/** A word that the window does not have but whose opposite it has; a reversed comparative is one too. */
export const antonymGate: Gate = {
  name: 'antonym',
  kind: 'hard',
  check(claim) {
    const { relations, comparatives } = claim.lexicons;
    const texts = ownTexts(claim);
    const has = (stem: string) => texts.some(({ stems }) => stems.has(stem));
    // "Lift" is the opposite of "lower", but says what "enhance" says in the same window.
    const isSynonym = ({ readings }: Token) =>
      readings.some((reading) => texts.some(({ supports }) => (supports.get(reading) ?? 0) >= relationWeights.synonym));
    return claim.sentence.tokens.flatMap((token): readonly Finding[] => {
      if (has(token.stem) || isSynonym(token)) return [];
      const comparative = comparatives.get(token.word);
      const opposite = token.readings.flatMap((reading) => [...relations.antonyms(reading)]).find(has);
      const mirrored = texts
        .flatMap(({ tokens }) => tokens)
        .find(
          ({ stem, isContent }) => isContent && token.readings.some((reading) => relations.antonyms(stem).has(reading)),
        );
      const found = opposite ?? mirrored?.stem;
      if (found === undefined || (!token.isContent && comparative === undefined)) return [];
      return [{ words: [token.written], why: `the passage has the opposite ("${found}")` }];
    });
  },
};
