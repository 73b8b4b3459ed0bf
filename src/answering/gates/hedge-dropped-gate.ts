import { stopWords } from '../../language/stop-words.ts';
import type { Token } from './analyse.ts';
import type { Claim, Finding, Gate } from './claim.ts';

/** Words between a hedge and the verb that it limits. */
const reach = 3;
const leastSupport = 0.8;

/** The window says "may", "can", "often" or "aims to" of what the sentence says outright. */
export const hedgeDroppedGate: Gate = {
  name: 'hedge-dropped',
  kind: 'hard',
  check(claim) {
    const { hedges, relations } = claim.lexicons;
    if (Object.values(hedges).some((set) => set.find(claim.sentence.tokens).length > 0)) return [];
    return claim.window.sentences.flatMap((source, place): readonly Finding[] => {
      const purposes = hedges.purpose.find(source.tokens);
      const limits = [...hedges.modal.find(source.tokens), ...hedges.frequency.find(source.tokens), ...purposes];
      return limits.flatMap((limit): readonly Finding[] => {
        const { end, key } = limit;
        const limited = firstContent(source.tokens, end);
        if (limited === undefined) return [];
        const index = claim.sentence.tokens.findIndex((token, at) => {
          return (
            token.isContent &&
            !isAttributive(claim.sentence.tokens, at) &&
            (token.stem === limited.stem || (relations.supportedBy(limited.stem).get(token.stem) ?? 0) >= leastSupport)
          );
        });
        if (index < 0 || isSaidElsewhere(claim, claim.sentence.tokens[index], limited, source.text)) return [];
        if (purposes.includes(limit) && claim.sentence.tokens[index - 1]?.word === 'to') return [];
        const shared = (claim.window.sentenceSupports[place] ?? []).filter(
          (weight, at) => claim.sentence.tokens[at]?.isContent && weight >= leastSupport,
        );
        // The limited statement is the one the sentence makes.
        if (shared.length < 2) return [];
        return [
          {
            words: [claim.sentence.tokens[index]?.written ?? ''],
            why: `the passage says it with "${key.replaceAll('_', ' ')}"`,
          },
        ];
      });
    });
  },
};

/** "Stored emotions" does not say that they are always stored. */
function isAttributive(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    /ed$/.test(tokens[at]?.written ?? '') &&
    next?.isContent === true &&
    !/^(?:is|are|was|were|be|been|has|have)$/.test(tokens[at - 1]?.written ?? '')
  );
}

/** The limited verb; a neutral one ("often make") is none that could be told apart. */
function firstContent(tokens: readonly Token[], from: number): Token | undefined {
  const first = tokens.slice(from, from + reach).find(({ written }) => !stopWords.has(written));
  return first?.isContent ? first : undefined;
}

function isSaidElsewhere({ window }: Claim, token: Token | undefined, limited: Token, text: string): boolean {
  return window.sentences.some(
    (other) =>
      other.text !== text && token !== undefined && (other.stems.has(token.stem) || other.stems.has(limited.stem)),
  );
}
