import { describe, expect, it } from 'vitest';
import { verifyOver } from '../verify-over.ts';

const article = `# Warm Stone Bathing

## Warmth

The stones loosen the shoulders and reduce stiffness.

## Quiet

Quiet lowers stress.
`;

const { verify, passages } = verifyOver({ 'warm-stone-bathing.md': article });

describe('"The article does not say …"', () => {
  it.each([
    'The article does not say how long a session takes.',
    'The article does not mention any risks or side effects.',
    "The article doesn't say whether quiet loosens the shoulders.",
    'The text does not discuss pregnancy.',
  ])('an absent topic > "%s" is kept', (sentence) => {
    expect(verify(sentence, passages)).toEqual({ verdict: 'keep', reasons: [], evidence: null });
  });

  it.each([
    ['the topic is there', 'The article does not say whether the stones reduce stiffness.'],
    ['the topic is there in other words', 'The article does not mention that quiet reduces stress.'],
    ['a claim follows', 'The article does not mention risks, so bathing is harmless.'],
    ['a claim follows after "and"', 'The article does not mention risks and you can bathe daily.'],
    ['a claim is inside', 'The article does not say how stones, which cure arthritis, are heated.'],
    ['it has no topic', 'The article does not say anything.'],
  ])('%s > the sentence is dropped', (_circumstance, sentence) => {
    const { verdict, reasons } = verify(sentence, passages);
    expect(verdict).toBe('drop-hard');
    expect(reasons.map(({ gate }) => gate)).toEqual(['not-in-article']);
  });

  it('a sentence that only opens so > is held against the passages', () => {
    expect(verify('The article does not only say that stones loosen the knees.', passages).verdict).not.toBe('keep');
  });
});
