import { describe, expect, test } from 'vitest';
import { createUniqueSlugs, slug } from '../../src/knowledge/slug.ts';

describe('slug', () => {
  test.each([
    ['Stress Reduction', 'stress-reduction'],
    ['  The “Healing” Power: of touch! ', 'the-healing-power-of-touch'],
    ['Each other’s neck', 'each-others-neck'],
    ['Naïve Größe, œuvre & Łódź', 'naive-grosse-oeuvre-lodz'],
    ['Ｆｕｌｌ ① width', 'full-1-width'],
    ['Шея и спина', 'шея-и-спина'],
    ['목 마사지', '목-마사지'],
    ['🙂 !', 'section'],
  ])('%s', (text, expected) => {
    expect(slug(text, 'section')).toBe(expected);
  });

  test('a very long heading > cut between words', () => {
    expect(slug('word '.repeat(100), 'section')).toMatch(/^(word-){15}word$/);
  });
});

test('createUniqueSlugs > repeated ones are numbered, and numbers that are taken are skipped', () => {
  const unique = createUniqueSlugs();
  expect(['a', 'a-2', 'a', 'a', 'b'].map(unique)).toEqual(['a', 'a-2', 'a-3', 'a-4', 'b']);
});
