import { stopWords } from '../../language/stop-words.ts';
import type { Lexicons } from '../lexicons/load-lexicons.ts';
import type { AnalysedText, Token } from './analyse.ts';
import { type Claim, type Finding, type Gate, ownTexts } from './claim.ts';

/** How many words after a negator it turns, and how many of them tell what it denies. */
const reach = 4;
const nearestTurned = 2;
const leastSupport = 0.8;
const prefixes = /^(?:un|in|im|il|ir|non|dis|mis|anti|de)(?=[a-z]{3})/;

/** A negation that the window does not have, or lacks one that it has; a prefix counts too. */
export const negationGate: Gate = {
  name: 'negation',
  kind: 'hard',
  check: (claim) => [...added(claim), ...removed(claim), ...prefixed(claim)],
};

function added(claim: Claim): readonly Finding[] {
  const { lexicons, sentence } = claim;
  const stated = ownTexts(claim).flatMap((text) => turnedRuns(text, lexicons));
  const runs = turnedRuns(sentence, lexicons);
  // A second negation turns the first one back.
  const extra = runs.length > stated.length ? runs[0] : undefined;
  if (extra) return [{ words: [extra.negator.written], why: 'the passage does not deny this' }];
  return runs.flatMap(({ negator, turned }): readonly Finding[] => {
    const nearest = turned.slice(0, nearestTurned);
    const isStated = stated.some((run) =>
      nearest.length === 0 || run.turned.length === 0
        ? run.negator.word === negator.word
        : nearest.some((token) => run.turned.some((other) => isSame(claim, token, other))),
    );
    return isStated ? [] : [{ words: [negator.written], why: 'the passage does not deny this' }];
  });
}

function removed(claim: Claim): readonly Finding[] {
  const { lexicons, sentence, window } = claim;
  const own = new Set(turnedWords(sentence, lexicons));
  return window.sentences.flatMap((source, place): readonly Finding[] => {
    const support = window.sentenceSupports[place] ?? [];
    return turnedRuns(source, lexicons).flatMap(({ turned, negator }): readonly Finding[] => {
      const denied = turned.filter(({ isContent }) => isContent);
      if (denied.length === 0) return [];
      const said = denied.filter((token) =>
        sentence.tokens.some((other) => other.isContent && !own.has(other) && isSame(claim, other, token)),
      );
      const isDenied = turned.some((token) => [...own].some((other) => isSame(claim, other, token)));
      if (isDenied || said.length < Math.min(2, denied.length)) return [];
      // What is said outright in the same sentence of the passage is not denied.
      const outright = source.tokens
        .filter((token) => token.isContent && !turned.includes(token))
        .map(({ stem }) => stem);
      const words = said.filter(({ stem }) => !outright.includes(stem)).map(({ word }) => word);
      if (words.length === 0 || support.filter((weight) => weight >= leastSupport).length < 3) return [];
      return [{ words, why: `the passage denies this with "${negator.written}"` }];
    });
  });
}

/** "Immobility" where the window has "mobility", and the other way round. */
function prefixed(claim: Claim): readonly Finding[] {
  const texts = ownTexts(claim);
  const written = (word: string) => texts.some(({ words }) => words.has(word));
  return claim.sentence.tokens.flatMap((token, index): readonly Finding[] => {
    if (!token.isContent || isDenied(claim.sentence.tokens, index) || texts.some(({ stems }) => stems.has(token.stem)))
      return [];
    const rest = token.word.replace(prefixes, '');
    const opposite = rest !== token.word && written(rest);
    const negative = texts.some(({ words }) =>
      [...words].some((word) => word !== token.word && word.replace(prefixes, '') === token.word),
    );
    return opposite || negative ? [{ words: [token.written], why: 'the passage says the opposite of this word' }] : [];
  });
}

/** "Out of alignment" is what "misalignment" is. */
function isDenied(tokens: readonly Token[], index: number): boolean {
  const before = tokens.slice(Math.max(0, index - 2), index).map(({ written }) => written);
  return before.join(' ') === 'out of' || /^(?:poor|bad|lost|less|reduced|limited|no|not)$/.test(before.at(-1) ?? '');
}

interface TurnedRun {
  readonly negator: Token;
  readonly turned: readonly Token[];
}

/** Each negator with the words that it turns, up to the end of its clause. */
function turnedRuns({ tokens }: AnalysedText, { negation }: Lexicons): readonly TurnedRun[] {
  const idle = new Set(negation.idiom.find(tokens).flatMap(({ start, end }) => tokens.slice(start, end)));
  return negation.negator.find(tokens).flatMap(({ start, end }): readonly TurnedRun[] => {
    const negator = tokens[start];
    if (!negator || idle.has(negator)) return [];
    const turned: Token[] = [];
    for (const token of tokens.slice(end)) {
      if (token.clause !== negator.clause || token.word === 'but' || turned.length === reach) break;
      if (!stopWords.has(token.written)) turned.push(token);
    }
    return [{ negator, turned }];
  });
}

function turnedWords(text: AnalysedText, lexicons: Lexicons): readonly Token[] {
  return turnedRuns(text, lexicons).flatMap(({ turned }) => turned);
}

function isSame({ lexicons: { relations } }: Claim, left: Token, right: Token): boolean {
  return left.stem === right.stem || (relations.supportedBy(right.stem).get(left.stem) ?? 0) >= leastSupport;
}
