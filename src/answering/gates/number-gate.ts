import { stopWords } from '../../language/stop-words.ts';
import type { Lexicons } from '../lexicons/load-lexicons.ts';
import type { AnalysedText, Token } from './analyse.ts';
import { type Finding, type Gate, ownTexts } from './claim.ts';

/** A number, in digits or words, that the window does not have, or has of something else. */
export const numberGate: Gate = {
  name: 'number',
  kind: 'hard',
  check(claim) {
    const stated = ownTexts(claim).flatMap((text) => numbersOf(text, claim.lexicons));
    return numbersOf(claim.sentence, claim.lexicons).flatMap(({ value, written, counted }): readonly Finding[] => {
      const same = stated.filter((number) => number.value === value);
      if (same.length === 0) return [{ words: [written], why: 'the passage does not have this number' }];
      if (
        counted.length === 0 ||
        same.some((number) => number.counted.length === 0 || number.counted.some((stem) => counted.includes(stem)))
      ) {
        return [];
      }
      return [{ words: [written], why: 'the passage has this number of something else' }];
    });
  },
};

interface StatedNumber {
  readonly value: string;
  readonly written: string;
  /** Stems of the next words that say something: what is counted. */
  readonly counted: readonly string[];
}

function numbersOf({ text, tokens }: AnalysedText, lexicons: Lexicons): readonly StatedNumber[] {
  const found: StatedNumber[] = [];
  tokens.forEach((token, index) => {
    const value = readNumber(token, tokens[index + 1], tokens[index - 1], lexicons);
    if (value !== undefined) found.push({ value, written: token.written, counted: countedAfter(tokens, index) });
  });
  if (/\p{N}\s?%/u.test(text)) found.push({ value: '%', written: '%', counted: [] });
  return found;
}

function readNumber(
  token: Token,
  next: Token | undefined,
  previous: Token | undefined,
  lexicons: Lexicons,
): string | undefined {
  if (/^\p{N}/u.test(token.word)) return token.word;
  if (token.word === 'one') {
    const counts =
      next !== undefined &&
      (lexicons.frequency.unit.has(next) || /^(?:session|massage|visit|treatment|time)s?$/.test(next.word));
    return counts && !/^(?:no|any|every|each|the|this|that)$/.test(previous?.word ?? '') ? '1' : undefined;
  }
  // "The two are combined" counts nothing new.
  if (/^(?:two|three)$/.test(token.word) && /^(?:the|these|those)$/.test(previous?.word ?? '') && !isCounted(next)) {
    return undefined;
  }
  return lexicons.numbers.get(token.written) ?? lexicons.numbers.get(token.word);
}

function isCounted(next: Token | undefined): boolean {
  return next !== undefined && !stopWords.has(next.written);
}

function countedAfter(tokens: readonly Token[], index: number): readonly string[] {
  const clause = tokens[index]?.clause;
  return tokens
    .slice(index + 1, index + 5)
    .filter((token) => token.clause === clause && token.isContent)
    .map(({ stem }) => stem);
}
