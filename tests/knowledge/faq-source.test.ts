import { describe, expect, it } from 'vitest';
import type { Passage } from '../../src/domain.ts';
import { findFaqSource } from '../../src/knowledge/faq-source.ts';

function passage(document: string, section: string, n: number): Passage {
  const id = `${document}#${section}/${n}`;
  return { id, document, title: document, section, headings: [], text: '', sentences: [], hash: '', start: 0, end: 0 };
}

const passages = [
  passage('neck', 'shiatsu', 1),
  passage('neck', 'shiatsu', 2),
  passage('neck', 'stress-reduction', 1),
  passage('foot', 'introduction', 1),
  passage('neck', 'introduction', 1),
];
const ids = (from: string) => {
  const source = findFaqSource(from, passages);
  return 'problem' in source ? source.problem : source.passages.map(({ id }) => id);
};

describe('findFaqSource', () => {
  it('a passage, a section with its document, and a section alone > are found', () => {
    expect(ids('neck#shiatsu/2')).toEqual(['neck#shiatsu/2']);
    expect(ids('neck#shiatsu')).toEqual(['neck#shiatsu/1', 'neck#shiatsu/2']);
    expect(ids('shiatsu')).toEqual(['neck#shiatsu/1', 'neck#shiatsu/2']);
    expect(ids('#shiatsu')).toEqual(['neck#shiatsu/1', 'neck#shiatsu/2']);
    expect(ids('foot#introduction')).toEqual(['foot#introduction/1']);
  });

  it('a section that two articles have > is told with both', () => {
    expect(ids('introduction')).toBe(
      'several articles have a section “introduction”. Write one of: foot#introduction, neck#introduction',
    );
  });

  it('what there is not > is told with what is near, or with what there is', () => {
    expect(ids('stress')).toBe('no article has a section “stress”. The nearest are: stress-reduction');
    expect(ids('neck#shiatsu/3')).toMatch(/^no article has a section “neck#shiatsu\/3”\. The nearest are: shiatsu/u);
    expect(ids('xyz')).toMatch(/There are: shiatsu, stress-reduction, introduction$/u);
    expect(ids('')).toMatch(/^no article has/u);
  });
});
