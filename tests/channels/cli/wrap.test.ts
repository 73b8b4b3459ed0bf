import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, glue, wrap } from '../../../src/channels/cli/wrap.ts';

describe('displayWidth', () => {
  it.each([
    ['plain', 5],
    ['“quoted” › é', 12],
    ['\x1b[36m[1]\x1b[39m', 3],
    ['首と背骨', 8],
    ['👩‍👩‍👧 ok', 5],
    ['☎️', 2],
    ['e\u0301', 1],
  ])('%j > %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('wrap', () => {
  it('hanging indent > every line but the first', () => {
    expect(wrap('[1] one two three four', 11, '    ')).toBe('[1] one two\n    three\n    four');
  });

  it('aligned columns > keep their spaces', () => {
    expect(wrap('mode   a long text here', 14, '       ')).toBe('mode   a long\n       text\n       here');
  });

  it('glue > no break there, a space in the result', () => {
    expect(wrap(`aaa bbb.${glue}[1] ccc`, 10)).toBe('aaa\nbbb. [1]\nccc');
  });

  it('word wider than the line > broken inside', () => {
    expect(wrap('ab abcdefghij k', 4)).toBe('ab a\nbcde\nfghi\nj k');
    expect(wrap('首と背骨と首', 5)).toBe('首と\n背骨\nと首');
  });

  it('infinite width > unchanged', () => {
    expect(wrap('a  b\nc', Number.POSITIVE_INFINITY)).toBe('a  b\nc');
  });

  const text = fc
    .array(fc.string({ unit: fc.constantFrom('a', 'é', '首', '👍', '.'), maxLength: 12 }), { maxLength: 30 })
    .map((parts) => parts.filter(Boolean).join(' '));

  it('any text > no line is too wide and no letter is lost', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (given, width) => {
        const wrapped = wrap(given, width);
        for (const line of wrapped.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(wrapped.replace(/[ \n]/g, '')).toBe(given.replace(/ /g, ''));
      }),
    );
  });

  it('more words after a text > only appends to the result', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 4, max: 30 }), (before, after, width) => {
        fc.pre(before !== '' && after !== '');
        expect(wrap(`${before} ${after}`, width).startsWith(wrap(before, width))).toBe(true);
      }),
    );
  });
});
