import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../src/language/sentences.ts';

const split = (text: string, locale?: string) =>
  splitSentences(text, locale).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  test.each([
    ['two sentences', 'The neck bends. The spine turns.', ['The neck bends.', 'The spine turns.']],
    ['marks of all kinds', 'Really? Yes! Rest…', ['Really?', 'Yes!', 'Rest…']],
    ['no end mark', '  a few words  ', ['a few words']],
    [
      'e.g. before a capital',
      'Some styles, e.g. Thai massage, stretch. Others do not.',
      ['Some styles, e.g. Thai massage, stretch.', 'Others do not.'],
    ],
    ['i.e. before a capital', 'The disc, i.e. L5, is pressed.', ['The disc, i.e. L5, is pressed.']],
    [
      'approx. before a number',
      'It takes approx. 20 minutes. Then rest.',
      ['It takes approx. 20 minutes.', 'Then rest.'],
    ],
    [
      'a title before a name',
      'Dr. Winter agrees. Prof. Sommer does not.',
      ['Dr. Winter agrees.', 'Prof. Sommer does not.'],
    ],
    [
      'initials',
      'J. R. Winter and A. Sommer wrote it. It is short.',
      ['J. R. Winter and A. Sommer wrote it.', 'It is short.'],
    ],
    ['a letter that is no initial', 'Take vitamin C. The rest is sleep.', ['Take vitamin C.', 'The rest is sleep.']],
    ['decimals', 'Wait 2.5 minutes. Go on.', ['Wait 2.5 minutes.', 'Go on.']],
    [
      'a number sign',
      'See No. 5 below. He said no. Then he left.',
      ['See No. 5 below.', 'He said no.', 'Then he left.'],
    ],
    ['etc. before a capital', 'Oil, salt, etc. The room is warm.', ['Oil, salt, etc.', 'The room is warm.']],
    ['speech inside a sentence', '“Relax!” she said. He did.', ['“Relax!” she said.', 'He did.']],
    ['a list number', '1. Drink water. 2. Rest well.', ['1. Drink water.', '2. Rest well.']],
    [
      'a line break inside a sentence',
      'The neck\nbends. The\r\nspine turns.',
      ['The neck\nbends.', 'The\r\nspine turns.'],
    ],
    ['a line break after an abbreviation', 'Ask Dr.\nWinter.', ['Ask Dr.\nWinter.']],
    ['a blank line', 'Neck massage\n\nThe spine turns', ['Neck massage', 'The spine turns']],
    ['marks alone at the end', 'The neck bends. )', ['The neck bends. )']],
    ['nothing', ' \n\t ', []],
  ])('splitSentences > %s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  test('splitSentences > a very long text breaks as its parts do', () => {
    const part = 'Some styles, e.g. Thai massage, stretch. “Relax!” she said. Others do not? ';
    const long = `${'word '.repeat(3_000)}end. ${part.repeat(500)}`;
    expect(split(long).slice(1)).toEqual(split(part.repeat(500)));
    expect(split(long)).toHaveLength(1_501);
  });

  test('splitSentences > Japanese text breaks after its own full stop', () => {
    expect(split('首が痛い。背中も痛い。', 'ja')).toEqual(['首が痛い。', '背中も痛い。']);
  });

  test('splitSentences > any text gives trimmed spans in order that cover all but white space', () => {
    const piece = fc.constantFrom(
      'e.g.',
      'Dr.',
      'A.',
      'Neck',
      'it',
      '3.5',
      '1.',
      '!',
      '?',
      '."',
      '\n',
      '\r\n',
      '\n\n',
      ' ',
      '\u00a0',
      '。',
      '😀',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (value) => {
        let at = 0;
        for (const { start, end } of splitSentences(value)) {
          expect(value.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          expect(value.slice(start, end)).toBe(value.slice(start, end).trim());
          at = end;
        }
        expect(value.slice(at).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
