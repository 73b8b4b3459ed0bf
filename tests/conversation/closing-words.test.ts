import { describe, expect, it } from 'vitest';
import { isClosing } from '../../src/conversation/closing-words.ts';

describe('isClosing', () => {
  it.each([
    'Ok got it, ta',
    'perfect, that is everything',
    "that's all I needed",
    'no more questions',
    'cheers mate',
    'see you!',
  ])('%s > an end', (text) => {
    expect(isClosing(text)).toBe(true);
  });

  it.each(['is that all?', 'great, and the neck?', 'thanks, what about shiatsu', 'more', 'I cannot go on', ''])(
    '%s > no end',
    (text) => {
      expect(isClosing(text)).toBe(false);
    },
  );
});
