import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../src/conversation/question-text.ts';

describe('readQuestion', () => {
  it('white space and invisible characters > are cleaned', () => {
    expect(readQuestion(' what\u200b is\n\n\u202eshiatsu \u{e0041}?')).toEqual({ text: 'what is shiatsu ?' });
  });

  it.each(['', '   ', '\u200b\u2060', '\u0000'])('nothing to read in %j > is an empty question', (raw) => {
    expect(readQuestion(raw)).toEqual({ problem: 'question-empty' });
  });

  it('a lone surrogate > is a bad request', () => {
    expect(readQuestion('what \ud800 is')).toEqual({ problem: 'bad-request' });
  });

  it('2,000 code points > are read, one more is too long', () => {
    expect(readQuestion('😀'.repeat(2000))).toHaveProperty('text');
    expect(readQuestion('😀'.repeat(2001))).toEqual({ problem: 'question-too-long' });
  });
});
