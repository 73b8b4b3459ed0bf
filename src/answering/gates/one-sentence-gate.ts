import type { Gate } from './claim.ts';

/** A sentence of one clause with so few words makes one statement, which one sentence of the passage must make. */
const mostWords = 6;
const leastShare = 0.7;
/** What "and" joins may be two statements. */
const leastShareOfJoined = 0.5;

/** A short sentence put together from two sentences of the passage: "white wheat makes a sturdy starter". */
export const oneSentenceGate: Gate = {
  name: 'cohesion',
  kind: 'soft',
  check({ sentence, window }) {
    const content = sentence.tokens.flatMap((token, index) => (token.isContent ? [{ token, index }] : []));
    const isSingle = content.every(({ token }) => token.clause === content[0]?.token.clause);
    if (content.length < 2 || content.length > mostWords || !isSingle) return [];
    const shares = window.sentenceSupports.map((support) => {
      const said = content.filter(({ index }) => (support[index] ?? 0) > 0 || (window.headingSupport[index] ?? 0) > 0);
      return said.length / content.length;
    });
    const isJoined = sentence.tokens.some(({ word }) => word === 'and' || word === 'or');
    if (Math.max(...shares) >= (isJoined ? leastShareOfJoined : leastShare)) return [];
    return [{ words: content.map(({ token }) => token.written), why: 'no single sentence of the passage says this' }];
  },
};
