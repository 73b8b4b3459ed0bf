import { type Claim, type Finding, type Gate, ownTexts } from './claim.ts';

const leastContent = 2;

/** A sentence that states nothing that could be held against a passage: "Yes, it really works." */
export const noStatementGate: Gate = {
  name: 'no-statement',
  kind: 'hard',
  check(claim) {
    const { numbers } = claim.lexicons;
    const says = claim.sentence.tokens.filter(({ isContent, written }) => {
      return isContent || numbers.has(written) || /^\p{N}/u.test(written);
    });
    const content = claim.sentence.tokens.filter((token) => token.isTitle || says.includes(token));
    const isQuestion = /\?["'”’)]*$/u.test(claim.sentence.text);
    if (!isQuestion && content.length >= leastContent && says.length > 0) return [];
    if (isQuoted(claim)) return [];
    return [
      { words: says.map(({ written }) => written), why: 'the sentence states nothing that the passage could support' },
    ];
  },
};

const foreign =
  /https?:|www\.|\S@\S|\b[\w-]+\.(?:com|net|org|io|info|shop)\b|[<>{}[\]\\|]|\p{Extended_Pictographic}/giu;

/** Addresses, markup and pictures, which no sentence of an answer needs. */
export const markupGate: Gate = {
  name: 'markup',
  kind: 'hard',
  check({ sentence, window }) {
    const stated = window.sentences.map(({ text }) => text).join(' ');
    const found = [...sentence.text.matchAll(foreign)]
      .map(([match]) => match)
      .filter((match) => !stated.includes(match));
    return found.length === 0 ? [] : [{ words: found, why: 'the passage has no such address, markup or picture' }];
  },
};

const speakers = /^(?:i|me|my|mine|myself|we|us|our|ours|ourselves)$/;

/** A speaker of its own: "our massage", "I think". */
export const speakerGate: Gate = {
  name: 'speaker',
  kind: 'soft',
  check(claim) {
    const texts = ownTexts(claim);
    const hasSpeaker = texts.some(({ words }) => [...words].some((word) => speakers.test(word)));
    if (hasSpeaker) return [];
    return claim.sentence.tokens
      .filter(({ written }) => speakers.test(written))
      .map(
        ({ written }): Finding => ({ words: [written], why: 'the passage does not speak of itself or its readers so' }),
      );
  },
};

function isQuoted({ sentence, window }: Claim): boolean {
  const stems = (tokens: readonly { readonly stem: string }[]) => ` ${tokens.map(({ stem }) => stem).join(' ')} `;
  return window.sentences.some(({ tokens }) => stems(tokens) === stems(sentence.tokens));
}
