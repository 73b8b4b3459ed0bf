import { describe, expect, it } from 'vitest';
import { comparedSections } from '../../src/answering/compared-sections.ts';
import type { Passage } from '../../src/domain.ts';

function passage(heading: string, number = 1): Passage {
  const text = `Something about ${heading}.`;
  const section = heading.toLowerCase().replaceAll(' ', '-');
  return {
    id: `bread#${section}/${number}`,
    document: 'bread',
    title: 'Bread',
    section,
    headings: ['Kinds', heading],
    text,
    sentences: [{ text, start: 0, end: text.length }],
    start: 0,
    end: text.length,
    hash: heading,
  };
}

const passages = [passage('Rye Bread'), passage('Sourdough Bread'), passage('Rye Bread', 2), passage('Crust')];
const idsOf = (question: string) => comparedSections(question, passages).map((group) => group.map(({ id }) => id));
const both = [['bread#rye-bread/1', 'bread#rye-bread/2'], ['bread#sourdough-bread/1']];

describe('comparedSections', () => {
  it.each([
    'What is the difference between rye and sourdough?',
    'sourdough vs rye',
    'rye or sourdough bread?',
    'is sourdough better than rye',
    'How does rye compare to sourdough?',
  ])('%s > all passages of both', (question) => {
    expect(idsOf(question)).toEqual(both);
  });

  it.each(['rye and sourdough', 'is rye better than toast?', 'what is rye?', 'which bread is different', ''])(
    '%s > compares no two of them',
    (question) => {
      expect(idsOf(question)).toEqual([]);
    },
  );
});
