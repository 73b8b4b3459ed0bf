import { describe, expect, it } from 'vitest';
import { facetOf, questionForm } from '../../src/answering/question-form.ts';

describe('questionForm', () => {
  it.each([
    ['Which massage styles are there?', 'kinds'],
    ['what techniques are described', 'kinds'],
    ['List the benefits of neck massage', 'benefits'],
    ['Can you list all the benefits please?', 'benefits'],
    ['What are the main types of massage?', 'kinds'],
    ['how many approaches are there', 'kinds'],
    ['Tell me about the advantages', 'benefits'],
    ['what kinds of sourdough flour exist', 'kinds'],
    ['Which regions does the spine have?', 'parts'],
  ])('%s > is a question for a list', (question, facet) => {
    expect(questionForm(question)).toMatchObject({ kind: 'list', facet });
  });

  it.each([
    ['What is shiatsu?', 'shiatsu'],
    ["What's myofascial release", 'myofascial release'],
    ['what are trigger points?', 'trigger points'],
    ['Tell me about Thai massage.', 'Thai massage'],
    ['What does the article say about Emotional Balance?', 'Emotional Balance'],
    ['What does effleurage mean?', 'effleurage'],
    ['hi, can you explain deep tissue massage please', 'deep tissue massage'],
    ['define fascia', 'fascia'],
  ])('%s > asks what its subject is', (question, subject) => {
    expect(questionForm(question)).toEqual({ kind: 'definition', subject });
  });

  it.each([
    ['Does massage help with headaches?', 'Does massage help with headaches?'],
    ['How does the neck become stiff', 'How does the neck become stiff'],
    ['Does the article say anything about yoga?', 'yoga?'],
    ['my shoulders are tight after desk work', 'my shoulders are tight after desk work'],
  ])('%s > is open, without its wrapping', (question, subject) => {
    expect(questionForm(question).subject.replace(/\?$/u, '')).toBe(subject.replace(/\?$/u, ''));
    expect(questionForm(question).kind).not.toBe('list');
  });

  it('a question of wrapping alone > keeps its words', () => {
    expect(questionForm('tell me more').subject).toBe('tell me more');
  });
});

describe('facetOf', () => {
  it('nouns of one group, in any number > share its name', () => {
    expect(facetOf('styles')).toBe(facetOf('Approach'));
    expect(facetOf('activities')).toBe('tips');
  });

  it('a noun in no group > stands for itself', () => {
    expect(facetOf('vertebrae')).toBe('vertebra');
  });
});
