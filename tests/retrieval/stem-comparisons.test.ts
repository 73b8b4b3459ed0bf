import { describe, expect, test } from 'vitest';
import { createStemComparisons, type StemComparisons } from '../../src/retrieval/stem-comparisons.ts';
import { relations, terms } from '../conversation/ask-over.ts';

const vocabulary = [...terms.stems];
/** More than are all compared at once. */
const texts = vocabulary.slice(0, 6_000);
const asked = vocabulary.slice(200, 1_000);

function over(stems: readonly string[]): StemComparisons {
  const comparisons = createStemComparisons(terms, relations);
  for (const stem of stems) comparisons.numberOf(stem);
  return comparisons;
}

/** A stem beside three of the texts' stems, one of which is the same word for some. */
function compared(comparisons: StemComparisons, stem: string): readonly number[] {
  const beside = [300, 301, 5_500].map((at) => comparisons.numberOf(texts[at] as string));
  const { cosines } = comparisons.of(stem, [{ terms: Uint32Array.from(beside) }]);
  return beside.map((number) => cosines[number] as number);
}

describe('comparing the stems of queries with those of many texts', () => {
  test('a table that is used again tells what a new one tells', () => {
    const used = over(texts);
    for (const stem of asked) {
      used.makeRoom();
      compared(used, stem);
    }
    const again = asked.slice(0, 30).map((stem) => {
      used.makeRoom();
      return compared(used, stem);
    });
    expect(again).toEqual(asked.slice(0, 30).map((stem) => compared(over(texts), stem)));
  });

  test('what one query compared holds until the next, however many words it has', () => {
    const used = over(texts);
    for (const stem of asked) {
      used.makeRoom();
      compared(used, stem);
    }
    used.makeRoom();
    const first = used.of(asked[0] as string, [{ terms: Uint32Array.of(5_500) }]).cosines;
    const before = first[5_500];
    for (const stem of asked.slice(1)) compared(used, stem);
    expect(before).not.toBe(0);
    expect(first[5_500]).toBe(before);
  });
});
