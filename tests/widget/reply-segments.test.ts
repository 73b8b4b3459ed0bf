import { describe, expect, it } from 'vitest';
import { fixedWordsAround, highlighted, isLinkable, withLinks } from '../../src/widget/reply-segments.ts';

describe('fixedWordsAround', () => {
  it.each([
    ['a lead before quotations', 'The article says: “A b. C d.”', ['A b.', 'C d.'], [[0, 'The article says:']]],
    ['fixed words alone', 'Nothing on that.', [], [[0, 'Nothing on that.']]],
    [
      'a redirect with a quotation after it',
      'Ask someone.\n\nThe article says: “A b.”',
      ['A b.'],
      [
        [0, 'Ask someone.'],
        [0, 'The article says:'],
      ],
    ],
    ['bullets', 'These:\n• “A.”\n• “B.”', ['A.', 'B.'], [[0, 'These:']]],
    ['words after the last sentence', '“A.” Is that it?', ['A.'], [[1, 'Is that it?']]],
    ['the same sentence twice', '“A.” and “A.”', ['A.', 'A.'], [[1, 'and']]],
    ['a sentence that is not in the text', 'Words.', ['A.'], [[1, 'Words.']]],
  ])('%s', (_circumstance, text, sentences, expected) => {
    expect(fixedWordsAround(text, sentences)).toEqual(expected);
  });
});

describe('withLinks', () => {
  const call = { text: '112', href: 'tel:112' };
  const line = { text: '116 123', href: 'tel:116123' };

  it('numbers in a text > become links where they stand, each time', () => {
    expect(withLinks('Call 112 or 116 123, then 112.', [call, line])).toEqual([
      'Call ',
      call,
      ' or ',
      line,
      ', then ',
      call,
      '.',
    ]);
  });

  it('no number > the text as it is', () => {
    expect(withLinks('Call someone.', [call])).toEqual(['Call someone.']);
  });
});

describe('isLinkable', () => {
  it.each([
    ['tel:112', true],
    ['mailto:a@b.example', true],
    ['https://spa.example', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    [' javascript:alert(1)', false],
    ['//evil.example', false],
  ])('%s > %s', (href, expected) => {
    expect(isLinkable(href)).toBe(expected);
  });
});

describe('highlighted', () => {
  it('sentences > every second piece, also over a line break of the passage', () => {
    expect(highlighted('A b\nc. D. E.', ['A b c.', 'E.'])).toEqual(['', 'A b c.', ' D. ', 'E.', '']);
  });

  it('no sentences > one piece', () => {
    expect(highlighted('A (b) $^ [c].', [])).toEqual(['A (b) $^ [c].']);
  });

  it('letters that mean something in a pattern > are letters', () => {
    expect(highlighted('x A (b) [c]* d? y', ['A (b) [c]* d?'])).toEqual(['x ', 'A (b) [c]* d?', ' y']);
  });
});
