import type { Token } from './analyse.ts';
import type { Claim, Gate } from './claim.ts';
import { type Movement, movementsOf } from './direction-gate.ts';
import type { SourceText } from './source-text.ts';

/** Words that may stand between the subject of a sentence and its verb. */
const between =
  /^(?:can|may|might|could|also|often|usually|typically|frequently|generally|help|helps|to|then|thereby|in|turn)$/;
const mostSubjectWords = 3;

/** The sentence opens with something that acts, and the window only has it acted upon: "inflammation supports healing". */
export const roleGate: Gate = {
  name: 'role',
  kind: 'soft',
  check(claim) {
    const { sentence, lexicons, window } = claim;
    const [first] = movementsOf(sentence, lexicons).filter((movement) => isVerb(movement, claim));
    const subject = first && subjectBefore(sentence.tokens, first.index);
    if (!first || !subject || !isDirect(sentence.tokens, first.index)) return [];
    const isActedUpon = subject.every((token) => {
      const roles = window.sentences.flatMap((source) => rolesIn(source, token, claim));
      return roles.length > 0 && !roles.includes('actor');
    });
    if (!isActedUpon) return [];
    return [
      {
        words: [...subject.map(({ written }) => written), first.mover.written],
        why: 'in the passage this is acted upon and does not act',
      },
    ];
  },
};

/** "Better" and "more" compare, and a mover in a heading is part of a name. */
function isVerb({ mover }: Movement, { lexicons, window }: Claim): boolean {
  return !lexicons.comparatives.has(mover.word) && !window.heading.stems.has(mover.stem);
}

/** Content words of the sentence's first words when nothing but these and helping words stands before the verb. */
function subjectBefore(tokens: readonly Token[], index: number): readonly Token[] | undefined {
  const before = tokens
    .slice(0, index)
    .filter(({ written }) => !between.test(written) && !/^(?:the|a|an)$/.test(written));
  const isPlain = before.length > 0 && before.length <= mostSubjectWords && before.every(({ isContent }) => isContent);
  return isPlain && !/ing$/.test(before[0]?.written ?? '') ? before : undefined;
}

/** Whether an object follows without a preposition: "tension eases with massage" has none. */
function isDirect(tokens: readonly Token[], index: number): boolean {
  for (const token of tokens.slice(index + 1, index + 4)) {
    if (/^(?:with|through|by|as|during|when|in|from|after|while|over|on|at|to|if|of)$/.test(token.word)) return false;
    if (token.isContent) return true;
  }
  return false;
}

/** What each occurrence of a word is to the movers of a sentence. */
function rolesIn(source: SourceText, subject: Token, claim: Claim): readonly ('actor' | 'object')[] {
  const movements = movementsOf(source, claim.lexicons).filter((movement) => isVerb(movement, claim));
  const family = claim.lexicons.relations.family(subject.stem);
  return source.tokens.flatMap((token) => {
    if (!family.has(token.stem)) return [];
    return movements.some(({ moved }) => moved.includes(token)) ? (['object'] as const) : (['actor'] as const);
  });
}
