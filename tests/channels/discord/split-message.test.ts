import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMessage } from '../../../src/channels/discord/split-message.ts';

describe('splitMessage', () => {
  it('text that fits > is one part, and nothing is none', () => {
    expect(splitMessage(' One. Two. ', 20)).toEqual(['One. Two.']);
    expect(splitMessage('  ', 20)).toEqual([]);
  });

  it('sentences > are broken between them, and a citation stays with its sentence', () => {
    expect(splitMessage('One two three. [1] Four five six. [2] Seven. [3]', 30)).toEqual([
      'One two three. [1]',
      'Four five six. [2] Seven. [3]',
    ]);
  });

  it('a quotation > is not broken, though a sentence ends inside it', () => {
    expect(splitMessage('It says: “One one one. Two two two.” [1] And more.', 42)).toEqual([
      'It says: “One one one. Two two two.” [1]',
      'And more.',
    ]);
    expect(splitMessage('It says this. “One one one. Two two two.” [1]', 34)).toEqual([
      'It says this.',
      '“One one one. Two two two.” [1]',
    ]);
  });

  it('a quotation that is longer than a part > is closed and opened again between its sentences', () => {
    expect(splitMessage('“One one one. Two two two. Three.” [1]', 20)).toEqual([
      '“One one one.”',
      '“Two two two.”',
      '“Three.” [1]',
    ]);
  });

  it('items of a list > are broken between lines', () => {
    expect(splitMessage('These:\n• “A one.” [1]\n• “B two.” [2]', 30)).toEqual([
      'These:\n• “A one.” [1]',
      '• “B two.” [2]',
    ]);
  });

  it('one endless word > is cut, but never an emoji or an escape in two', () => {
    expect(splitMessage('😀😀😀', 4)).toEqual(['😀', '😀😀']);
    expect(splitMessage('\\*\\*\\*\\*', 4).every((part) => !/(^|[^\\])\\$/u.test(part))).toBe(true);
  });

  it('any sentences > fit, and are all there in order', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/u);
    const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => `X${words.join(' ')}.`);
    const piece = fc.oneof(
      sentence,
      fc.array(sentence, { minLength: 1, maxLength: 3 }).map((inside) => `“${inside.join(' ')}” [1]`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 20, max: 400 }),
        (pieces, limit) => {
          const text = pieces.join(' ');
          const parts = splitMessage(text, limit);
          expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(limit);
          const letters = (from: string) => from.replace(/[“”\s]/gu, '');
          expect(letters(parts.join(' '))).toBe(letters(text));
          for (const part of parts) expect(part.split('“').length).toBe(part.split('”').length);
          // With room for the longest piece, none is broken.
          if (limit >= Math.max(...pieces.map(({ length }) => length))) {
            for (const each of pieces) expect(parts.some((part) => part.includes(each))).toBe(true);
          }
        },
      ),
    );
  });
});
