import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal } from '../../src/store/mask.ts';

describe('maskPersonal', () => {
  it.each([
    ['Write to mara.l+spa@mail.example.org please', 'Write to [e-mail] please'],
    ['mara (at) example (dot) org', '[e-mail]'],
    ['mara [at] example.org', '[e-mail]'],
    ['mara at example dot org', '[e-mail]'],
    ['müller@exämple.ch', '[e-mail]'],
    ['mara＠example．org', '[e-mail]'],
    ['+41 79 123 45 67', '[phone]'],
    ['(044) 123-45-67', '[phone]'],
    ['0791234567', '[phone]'],
    ['079.123.45.67!', '[phone]!'],
    ['０７９１２３４５６７', '[phone]'],
    ['٠٧٩١٢٣٤٥٦٧', '[phone]'],
    ['079\u200b123\u200b4567', '[phone]'],
    ['I am 54 and paid 120.50 on 3.5.', 'I am [number] and paid [number] on [number].'],
    ['room 12b', 'room [number]b'],
    ['<@123456789012345678>', '<@[phone]>'],
    ['What is shiatsu at all?', 'What is shiatsu at all?'],
    ['Is it good at the spa?', 'Is it good at the spa?'],
  ])('%j > becomes %j', (text, expected) => {
    expect(maskPersonal(text)).toBe(expected);
  });

  it('any text > has no digit, no half character and no zero character left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const masked = maskPersonal(text);
        expect(masked).not.toMatch(/\p{Nd}|\p{Cs}/u);
        expect(masked).not.toContain('\0');
      }),
    );
  });

  it('a long text > takes no time', () => {
    for (const part of ['a@', 'a.', '1 ', '(at) ', 'a at ', '1-', 'a@a ']) {
      const started = performance.now();
      maskPersonal(part.repeat(4000 / part.length));
      expect(performance.now() - started).toBeLessThan(200);
    }
  });
});
