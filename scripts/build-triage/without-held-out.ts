import type { Example } from './read-examples.ts';

/** From this share of words in common on (Jaccard), two messages are as good as one. */
const nearFrom = 0.6;
const fewestWords = 4;

/** The examples without those that are nearly a message kept for measuring: else the measure would be of memory. */
export function withoutHeldOut(examples: readonly Example[], heldOut: readonly string[]): readonly Example[] {
  const kept = heldOut.map(wordsOf).filter(({ size }) => size >= fewestWords);
  return examples.filter(({ text }) => {
    const words = wordsOf(text);
    return !kept.some((other) => inCommon(words, other) >= nearFrom);
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

function inCommon(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const both = [...left].filter((word) => right.has(word)).length;
  return both / (left.size + right.size - both);
}
