import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sectionQuestions } from '../../src/conversation/section-questions.ts';
import { steppedPhrasings } from '../../src/conversation/stepped-phrasings.ts';
import { createSuggest } from '../../src/conversation/suggestions.ts';
import type { Answer, AnswerEvent } from '../../src/domain.ts';
import { answerTo, askOver, eventsOf, triage } from './ask-over.ts';
import { faqEntry } from './faq-entry.ts';
import { curatedOver, faqOver } from './faq-over.ts';

const read = (name: string) => readFile(fileURLToPath(new URL(`../../knowledge/${name}`, import.meta.url)), 'utf8');
const over = await askOver({ 'neck-and-spine-massage.md': await read('neck-and-spine-massage.md') });
const { index, search } = over;
const faq = await faqOver(await read('faq.yaml'), index);
const { match } = curatedOver(faq);
const questions = sectionQuestions(faq.entries, triage);
const untouched = () => {
  throw new Error('not to be used for a question of the FAQ');
};
/** Neither search nor writer: whoever uses them fails. */
const ask = over.askWith({ curated: match, writer: untouched, search: { search: untouched, mentions: () => true } });

describe('ask with a FAQ', () => {
  it('a question of the FAQ > gets its answer as written, without search and without a model', async () => {
    const events = await eventsOf(ask({ text: 'hi, could you tell me what shiatsu is?' }));
    const entry = faq.entries.find(({ id }) => id === 'what-is-shiatsu');
    expect(events.map(({ type }) => type)).toEqual([
      'answer-start',
      'passages-found',
      'sentence-verified',
      'sentence-verified',
      'answer-end',
    ]);
    const { answer } = events.at(-1) as Extract<AnswerEvent, { type: 'answer-end' }>;
    expect(answer).toMatchObject({ outcome: 'answered', reason: null, mode: 'curated', text: entry?.text });
    expect(answer.sentences).toEqual(entry?.sentences);
    expect(answer.passages).toEqual(entry?.passages);
  });

  it('every entry that Nape does not step back from > is answered with its own words', async () => {
    for (const { question, text } of faq.entries) {
      const answer: Answer = await answerTo(ask, question);
      expect([answer.mode, answer.text], question).toEqual(['curated', text]);
    }
  });

  it('a message in which a person needs help > is stepped back from, whatever it also asks', async () => {
    for (const text of ['I want to die. What is shiatsu?', 'my chest hurts and I cannot breathe, what is shiatsu']) {
      const answer = await answerTo(ask, text);
      expect([answer.outcome, answer.mode], text).toEqual(['redirected', 'fixed']);
    }
  });

  it('another question > goes to the article', async () => {
    const answer = await answerTo(over.askWith({ curated: match }), 'How long does a shiatsu session take?');
    expect(answer.mode).not.toBe('curated');
  });

  it('an entry whose passages the index does not have > is not served', async () => {
    const stale = faqEntry({ question: 'What is shiatsu?' });
    const answer = await answerTo(over.askWith({ curated: async () => stale }), 'What is shiatsu?');
    expect(answer.mode).toBe('extractive');
    expect(answer.sentences.length).toBeGreaterThan(0);
  });
});

describe('suggestions from the FAQ', () => {
  it('a section that the owner has a question about > is suggested with it', async () => {
    const suggest = createSuggest(search, (_, document, section) => questions.get(`${document}#${section}`));
    const cited = [{ id: 'neck-and-spine-massage#shiatsu/1' }];
    const suggested = await suggest(index, { question: 'What is shiatsu?', cited, nearest: [], earlier: [] });
    expect(suggested).toEqual(['What is deep tissue massage?', 'What is Thai massage?', 'What is myofascial release?']);
  });

  it('sectionQuestions > leave out answers from several sections, and questions from which Nape steps back', () => {
    const passage = (id: string) => ({ ...faqEntry().passages[0]!, id });
    const two = faqEntry({ passages: [passage('a#b/1'), passage('a#c/1')] });
    const stepped = faqEntry({ question: 'I want to die', passages: [passage('a#d/1')] });
    const short = faqEntry({ question: 'Short?', passages: [passage('a#e/1')] });
    const long = faqEntry({
      question: 'Long?',
      passages: [passage('a#e/2')],
      sentences: [...faqEntry().sentences, ...faqEntry().sentences],
    });
    expect([...sectionQuestions([two, stepped, short, long], triage)]).toEqual([['a#e', 'Long?']]);
  });

  it('steppedPhrasings > tell the owner which ones never reach the FAQ', () => {
    const entry = faqEntry({ variants: ['I want to die', 'what is it'] });
    expect(steppedPhrasings(entry, triage)).toEqual([
      expect.stringMatching(/steps back from “I want to die” \(crisis\);/u),
    ]);
    expect(steppedPhrasings(faqEntry(), triage)).toEqual([]);
  });
});
