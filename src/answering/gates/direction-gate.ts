import { stopWords } from '../../language/stop-words.ts';
import type { Lexicons } from '../lexicons/load-lexicons.ts';
import type { AnalysedText, Token } from './analyse.ts';
import { type Finding, type Gate, ownTexts } from './claim.ts';

type Way = 'up' | 'down';

interface Moved {
  readonly way: Way;
  readonly mover: Token;
  readonly noun: Token;
}

/** Content words after a mover that it moves. */
const reach = 4;
const leastSupport = 0.9;
const movingNoun = /(?:tion|ment|relief|release|loss|ease|drop|decline)$/;

/** The sentence raises what the window only lowers, or the other way round. */
export const directionGate: Gate = {
  name: 'direction',
  kind: 'hard',
  check(claim) {
    const { lexicons } = claim;
    const stated = ownTexts(claim).flatMap((text) => movedNouns(text, lexicons));
    return movedNouns(claim.sentence, lexicons).flatMap(({ way, mover, noun }): readonly Finding[] => {
      const same = stated.filter(
        (other) =>
          other.noun.stem === noun.stem ||
          (lexicons.relations.supportedBy(other.noun.stem).get(noun.stem) ?? 0) >= leastSupport,
      );
      if (same.length === 0 || same.some((other) => other.way === way)) return [];
      if (ownTexts(claim).some((text) => hasPair(text, mover, noun, lexicons))) return [];
      return [{ words: [mover.written, noun.written], why: `the passage moves it ${way === 'up' ? 'down' : 'up'}` }];
    });
  },
};

/** Whether a text has the very words in this order: "the release of endorphins" that something promotes is a release. */
function hasPair({ tokens }: AnalysedText, mover: Token, noun: Token, lexicons: Lexicons): boolean {
  const ways = waysOf(tokens, lexicons);
  return tokens.some(
    (token, index) =>
      token.stem === mover.stem &&
      ways[index] !== undefined &&
      tokens
        .slice(index + 1, index + 1 + reach)
        .some(({ stem, clause }) => stem === noun.stem && clause === token.clause),
  );
}

function movedNouns(text: AnalysedText, lexicons: Lexicons): readonly Moved[] {
  return movementsOf(text, lexicons).flatMap(({ way, mover, moved }) => moved.map((noun) => ({ way, mover, noun })));
}

export interface Movement {
  readonly way: Way;
  readonly mover: Token;
  /** Place of the mover. */
  readonly index: number;
  readonly moved: readonly Token[];
}

/** Each word of a text that raises or lowers something, with the content words that it moves. */
export function movementsOf({ tokens }: AnalysedText, lexicons: Lexicons): readonly Movement[] {
  const ways = waysOf(tokens, lexicons);
  return tokens.flatMap((mover, index): readonly Movement[] => {
    const way = ways[index];
    if (way === undefined || isMoved(tokens, ways, index)) return [];
    const moved = new Set<Token>();
    for (let at = index + 1; at < tokens.length && moved.size < reach; at++) {
      const token = tokens[at];
      if (!token || token.clause !== mover.clause) break;
      // "Promotes the release of endorphins" raises what follows the second mover.
      if (ways[at] !== undefined && !isMoved(tokens, ways, at)) break;
      if (startsClause(tokens, at)) break;
      if (token.isContent && ways[at] === undefined) moved.add(token);
    }
    const previous = tokens[index - 1];
    const isHead = movingNoun.test(mover.word) && !/^(?:of|in|from|for)$/.test(tokens[index + 1]?.word ?? '');
    if (isHead && previous?.isContent && previous.clause === mover.clause && ways[index - 1] === undefined)
      moved.add(previous);
    return [{ way, mover, index, moved: [...moved] }];
  });
}

/** "… and keep muscles flexible": a neutral verb after a conjunction begins anew. */
function startsClause(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (!token || !/^(?:and|or|but|while|which|that|as|so)$/.test(tokens[at - 1]?.word ?? '')) return false;
  return !token.isContent && !stopWords.has(token.written);
}

/** A mover that is itself moved: "promotes the release". */
function isMoved(tokens: readonly Token[], ways: readonly (Way | undefined)[], index: number): boolean {
  const before = tokens[index - 1]?.word === 'the' ? index - 2 : index - 1;
  return tokens[index]?.word === 'release' && ways[before] === 'up';
}

/** The way of each token that moves something; "bring down" moves down. */
function waysOf(tokens: readonly Token[], { direction }: Lexicons): readonly (Way | undefined)[] {
  const ways: (Way | undefined)[] = tokens.map(() => undefined);
  const found = (['up', 'down'] as const).flatMap((way) =>
    direction[way].find(tokens).map((match) => ({ ...match, way })),
  );
  // The longer term wins.
  for (const { start, end, way } of found.toSorted(
    (left, right) => left.end - left.start - (right.end - right.start),
  )) {
    const isNoun =
      /^(?:the|a|what|its|their)$/.test(tokens[start - 1]?.word ?? '') &&
      /^(?:cause|trigger)/.test(tokens[start]?.word ?? '');
    for (let at = start; at < end; at++) ways[at] = isNoun ? undefined : way;
  }
  for (const { start, end } of direction.idle.find(tokens)) ways.fill(undefined, start, end);
  return ways;
}
