import { describe, expect, it } from 'vitest';
import { createKnownQuestions } from '../../src/conversation/known-questions.ts';
import type { FaqEntry, Passage } from '../../src/domain.ts';
import { faqEntry } from './faq-entry.ts';

const cited = (id: string) => ({ id }) as FaqEntry['passages'][number];
const entry = (question: string, variants: readonly string[], ids: readonly string[]) =>
  faqEntry({ question, variants, passages: ids.map(cited) });
const passage = (id: string) => ({ id }) as Passage;

describe('createKnownQuestions', () => {
  const entries = [
    entry('What is rye?', ['rye'], ['bread#rye/1']),
    entry('Why rye?', [], ['bread#rye/1', 'bread#taste/1']),
    entry('Which breads are there?', ['breads'], ['bread#rye/1', 'bread#spelt/1', 'bread#oat/1']),
  ];

  it('a passage > every question and variant that it answers, without those for a list', () => {
    const questionsOf = createKnownQuestions();
    expect(questionsOf(entries, passage('bread#rye/1'))).toEqual(['What is rye?', 'rye', 'Why rye?']);
    expect(questionsOf(entries, passage('bread#taste/1'))).toEqual(['Why rye?']);
    expect(questionsOf(entries, passage('bread#oat/1'))).toEqual([]);
  });

  it('other entries > are read anew', () => {
    const questionsOf = createKnownQuestions();
    expect(questionsOf(entries, passage('bread#taste/1'))).toHaveLength(1);
    expect(questionsOf([], passage('bread#taste/1'))).toEqual([]);
  });
});
