import { expect, it } from 'vitest';
import { expandBareContractions, expandTexting } from '../../src/language/contractions.ts';

it.each([
  ['whats shiatsu', 'what is shiatsu'],
  ['im sore and it doesnt help', 'i am sore and it does not help'],
  ['i cant turn', 'i can not turn'],
  ['they were ill, its well', 'they were ill, its well'],
])('%s > %s', (given, wanted) => {
  expect(expandBareContractions(given)).toBe(wanted);
});

it.each([
  ['what does it do to ur veins n stuff', 'what does it do to your veins and stuff'],
  ['where r they', 'where are they'],
  ['do u wanna explain pls', 'do you want to explain please'],
  ['vitamin R and a U-turn', 'vitamin R and a U-turn'],
])('%s > written out', (given, wanted) => {
  expect(expandTexting(given)).toBe(wanted);
});
