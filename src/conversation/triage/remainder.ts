import { splitSentences } from '../../language/sentences.ts';

const shortestRemainder = 2;

/** A question without its sentences and clauses that probe; empty when nothing is left to ask. */
export function remainderOf(text: string, isProbing: (part: string) => boolean): string {
  const kept = splitSentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .flatMap((sentence) =>
      isProbing(sentence) ? clauses(sentence).filter((clause) => !isProbing(clause)) : [sentence],
    )
    .join(' ')
    .trim();
  const words = kept.match(/\p{L}{2,}/gu) ?? [];
  // What is left has to be clean as a whole: two harmless halves may make one probe.
  return words.length < shortestRemainder || isProbing(kept) ? '' : kept;
}

function clauses(sentence: string): readonly string[] {
  return sentence
    .split(/[,;:]\s+(?:and |then |but )?|\s+(?:and then|but first|after that)\s+/u)
    .filter((part) => part.trim() !== '');
}
