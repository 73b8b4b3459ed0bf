import { describe, expect, it } from 'vitest';
import { askedPart } from '../../src/conversation/asked-part.ts';

describe('askedPart', () => {
  it.each([
    ['Sceptical reader here. What does kneading do?', 'What does kneading do?'],
    ['My gran wants to know which muscles are in the neck', 'which muscles are in the neck'],
    ['And she also asks whether it lasts?', 'it lasts?'],
    ['Shiatsu or Thai: what does shiatsu do?', 'what does shiatsu do?'],
    ['What is shiatsu?', 'What is shiatsu?'],
    ['neck massage', 'neck massage'],
  ])('%s > %s', (message, asked) => {
    expect(askedPart(message, false)).toBe(asked);
  });

  it('a question that leans on the sentence before it > both where nothing else was said, itself in a conversation', () => {
    const message = 'Shiatsu sounds odd. What is it?';
    expect(askedPart(message, false)).toBe(message);
    expect(askedPart(message, true)).toBe('What is it?');
  });
});
