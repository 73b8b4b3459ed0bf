import { describe, expect, it } from 'vitest';
import {
  type EvidenceTraits,
  evidenceWeights,
  leaningOf,
  partsOf,
  strengthOf,
} from '../../src/retrieval/evidence-strength.ts';
import { createGenericNearness, vectorOfStems } from '../../src/retrieval/generic-nearness.ts';
import { terms } from '../conversation/ask-over.ts';

const nothing = Object.fromEntries(
  Object.keys(evidenceWeights).map((trait) => [trait, 0]),
) as unknown as EvidenceTraits;

describe('strengthOf', () => {
  it('everything that the corpus speaks of > adds to it, what is like small talk takes from it', () => {
    for (const trait of ['support', 'known', 'cosine', 'overlap', 'heading', 'leaning'] as const) {
      expect(strengthOf({ ...nothing, [trait]: 1 })).toBeGreaterThan(strengthOf(nothing));
    }
    expect(strengthOf({ ...nothing, generic: 1 })).toBeLessThan(strengthOf(nothing));
  });

  it.each([
    ['how does it help', 1],
    ["it's the one that they say", 2],
    ['which kind is it', 2],
    ['why does ice float', 0],
  ])('%s > leans on %i words', (text, wanted) => {
    expect(leaningOf(text)).toBe(wanted);
  });

  it('many parts > count no more than six', () => {
    expect(partsOf(3)).toBe(3);
    expect(partsOf(30)).toBe(partsOf(6));
  });
});

describe('createGenericNearness', () => {
  const vectorNearness = createGenericNearness(terms, ['how do I bake a bread', 'who painted the ceiling', 'xqzzt']);
  const nearness = (text: string, except?: number) => vectorNearness(vectorOfStems(terms, text), except);

  it('the same words > nearest of all, whatever their order and form', () => {
    expect(nearness('breads, how do I bake a one')).toBeGreaterThan(0.95);
    expect(nearness('how do I bake a bread')).toBeGreaterThan(nearness('how long is a loaf in the oven'));
    expect(nearness('how long is a loaf in the oven')).toBeGreaterThan(nearness('parliament'));
  });

  it('the utterance itself left out > how near the others are', () => {
    expect(nearness('how do I bake a bread', 0)).toBeLessThan(0.6);
  });

  it('no known word > 0', () => {
    expect(nearness('xqzzt')).toBe(0);
  });
});
