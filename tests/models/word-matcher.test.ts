import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWordMatcher, isOneEditAway } from '../../src/models/word-matcher.ts';

const corpusWords = ['massage', 'shiatsu', 'trapezius', 'spine', 'effleurage', 'neck'];
const vocabulary = ['massag', 'spin', 'receiv', 'doctor', 'spice'];
const matcher = createWordMatcher({ corpusWords, vocabulary });

describe('word matcher > one edit from the article', () => {
  test.each([
    ['shiatzu', 'shiatsu'],
    ['trapezuis', 'trapeziu'],
    ['masage', 'massag'],
    ['masssage', 'massag'],
    ['effluerage', 'effleurag'],
    ['spien', 'spine'],
    ['neeck', 'neck'],
  ])('%s is read as %s', (word, stem) => {
    expect(matcher.stemOf(word)).toBe(stem);
  });
});

describe('word matcher > the other steps', () => {
  test('a word that article or vocabulary knows stays, however near another is', () => {
    expect(matcher.stemOf('spice')).toBe('spice');
    expect(matcher.stemOf('spins')).toBe('spin');
  });

  test('a word of the article without a row is known too', () => {
    expect(matcher.stemOf('effleurage')).toBe('effleurag');
  });

  test('what the article lacks is matched against the vocabulary', () => {
    expect(matcher.stemOf('recieves')).toBe('receiv');
    expect(matcher.stemOf('docter')).toBe('doctor');
  });

  test('two edits, fewer than four letters, and numbers are not corrected', () => {
    expect(matcher.stemOf('shiadzu')).toBeNull();
    expect(matcher.stemOf('nec')).toBeNull();
    expect(matcher.stemOf('neck1')).toBeNull();
  });

  test('of two equally near words the same first letter wins, then the earlier', () => {
    const choosy = createWordMatcher({ corpusWords: ['bone', 'tome', 'tone'], vocabulary: [] });
    expect(choosy.stemOf('tine')).toBe('tone');
    expect(choosy.stemOf('toqe')).toBe('tome');
  });

  test('asking again gives the same answer', () => {
    expect([matcher.stemOf('shiatzu'), matcher.stemOf('shiatzu')]).toEqual(['shiatsu', 'shiatsu']);
    expect([matcher.stemOf('zzzzz'), matcher.stemOf('zzzzz')]).toEqual([null, null]);
  });
});

describe('word matcher > any single edit', () => {
  const letters = 'abcdefghij';
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 4, maxLength: 9 });
  const edit = fc.record({
    kind: fc.constantFrom('insert', 'delete', 'replace', 'swap'),
    at: fc.nat(8),
    letter: fc.constantFrom(...letters),
  });

  test('isOneEditAway holds both ways, and the matcher finds the word wherever the edit was', () => {
    fc.assert(
      fc.property(word, edit, (entry, { kind, at, letter }) => {
        const place = at % (entry.length - 1);
        const head = entry.slice(0, place);
        const [first, second] = [entry[place], entry[place + 1]];
        const rest = entry.slice(place + 2);
        const edited = {
          insert: `${head}${letter}${first}${second}${rest}`,
          delete: `${head}${second}${rest}`,
          replace: `${head}${letter}${second}${rest}`,
          swap: `${head}${second}${first}${rest}`,
        }[kind]!;
        fc.pre(edited !== entry && edited.length >= 4);
        expect(isOneEditAway(entry, edited)).toBe(true);
        expect(isOneEditAway(edited, entry)).toBe(true);
        const own = createWordMatcher({ corpusWords: [entry], vocabulary: [] });
        expect(own.stemOf(edited)).toBe(own.stemOf(entry));
      }),
    );
  });

  test('isOneEditAway agrees with the textbook distance', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 }),
        (left, right) => {
          fc.pre(left !== right);
          expect(isOneEditAway(left, right)).toBe(alignmentDistance(left, right) === 1);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Optimal string alignment by the full table. */
function alignmentDistance(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, row) =>
    Array.from({ length: right.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  for (let row = 1; row <= left.length; row++) {
    for (let column = 1; column <= right.length; column++) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      let best = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + cost,
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        best = Math.min(best, table[row - 2]![column - 2]! + 1);
      table[row]![column] = best;
    }
  }
  return table[left.length]![right.length]!;
}
