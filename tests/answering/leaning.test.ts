import { describe, expect, it } from 'vitest';
import { leansOnPrevious } from '../../src/answering/leaning.ts';

describe('leansOnPrevious', () => {
  it.each([
    'These may include stretching.',
    'It encourages flexibility and ease.',
    'This relaxation also relieves discomfort.',
    '“They” are often mentioned in that context.',
    'Limit your range.',
    'For example, a chain can be cleaned with soap.',
  ])('%s > leans', (sentence) => expect(leansOnPrevious(sentence)).toBe(true));

  it.each([
    'Shiatsu involves pressure on particular points.',
    'It is important to oil the chain every month.',
    'There are four kinds of flour in the recipe.',
    'Thai massage is done on a mat.',
  ])('%s > stands alone', (sentence) => expect(leansOnPrevious(sentence)).toBe(false));
});
