import { expect, it } from 'vitest';
import { expandBareContractions } from '../../src/language/contractions.ts';

it.each([
  ['whats shiatsu', 'what is shiatsu'],
  ['im sore and it doesnt help', 'i am sore and it does not help'],
  ['i cant turn', 'i can not turn'],
  ['they were ill, its well', 'they were ill, its well'],
])('%s > %s', (given, wanted) => {
  expect(expandBareContractions(given)).toBe(wanted);
});
