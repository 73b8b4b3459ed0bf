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
    const questions = createKnownQuestions();
    expect(questions.of(entries, passage('bread#rye/1'))).toEqual(['What is rye?', 'rye', 'Why rye?']);
    expect(questions.of(entries, passage('bread#taste/1'))).toEqual(['Why rye?']);
    expect(questions.of(entries, passage('bread#oat/1'))).toEqual([]);
  });

  it('other entries > are read anew', () => {
    const questions = createKnownQuestions();
    expect(questions.of(entries, passage('bread#taste/1'))).toHaveLength(1);
    expect(questions.of([], passage('bread#taste/1'))).toEqual([]);
  });

  it('their name > changes with a question and with what it leads to, empty for none', () => {
    const { identity } = createKnownQuestions();
    const name = identity(entries);
    expect(identity([...entries])).toBe(name);
    expect(identity(entries.slice(1))).not.toBe(name);
    expect(identity([entry('What is rye?', ['rye'], ['bread#taste/1']), ...entries.slice(1)])).not.toBe(name);
    expect(identity([])).toBe('');
    expect(identity(entries.slice(2)), 'a list leads to no passage').toBe('');
  });
});
