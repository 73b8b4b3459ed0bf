import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Writer } from '../../src/answering/writer.ts';
import type { Answer } from '../../src/domain.ts';
import { NapeError } from '../../src/errors.ts';
import { type AskOver, answerTo, askOver, eventsOf } from './ask-over.ts';
import { conversationOver } from './conversation-over.ts';

const article = readFileSync(new URL('../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
let nape: AskOver;

beforeAll(async () => {
  nape = await askOver({ 'neck-and-spine-massage.md': article });
});

const failing: Writer = () => {
  throw new Error('not reached');
};

const hanging: Writer = async function* ({ signal }) {
  yield await new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
};

const inventing: Writer = async function* () {
  const citations = ['neck-and-spine-massage#shiatsu/1'];
  const sentence = { text: 'Massage cures everything.', citations, quoted: true };
  yield { type: 'sentence', sentence };
  yield { type: 'end', draft: { layout: 'prose', mode: 'extractive', sentences: [sentence] } };
};

const sectionsOf = (answer: Answer) =>
  answer.sentences.map(({ citations }) => citations[0]?.replace(/^.*#|\/\d+$/gu, ''));

describe('ask', () => {
  it('what a thing is > its own section, led by the sentence that says so', async () => {
    const answer = await answerTo(nape.ask, 'What is shiatsu?');
    expect(answer).toMatchObject({ outcome: 'answered', reason: null, mode: 'extractive' });
    expect(answer.sentences[0]?.text).toMatch(/^Shiatsu grew out of traditions/u);
    expect(new Set(sectionsOf(answer))).toEqual(new Set(['shiatsu']));
    expect(answer.text).toMatch(/^The article says: “Shiatsu grew/u);
  });

  it('a question for a list > one cited sentence for each item of the outline', async () => {
    const answer = await answerTo(nape.ask, 'Which massage styles are there?');
    expect(sectionsOf(answer)).toEqual(['deep-tissue-massage', 'shiatsu', 'thai-massage', 'myofascial-release']);
    expect(answer.passages).toHaveLength(4);
    expect(answer.text.split('\n')).toHaveLength(5);
  });

  it('the benefits > each told by a sentence that names an effect', async () => {
    const answer = await answerTo(nape.ask, 'What are the benefits of neck massage?');
    expect(sectionsOf(answer)).toHaveLength(6);
    expect(answer.text).not.toContain('A limited range of motion is a common experience');
  });

  it('two techniques compared > each in its own words', async () => {
    const answer = await answerTo(nape.ask, 'What is the difference between shiatsu and Thai massage?');
    expect(new Set(sectionsOf(answer))).toEqual(new Set(['shiatsu', 'thai-massage']));
    expect(answer.sentences).toHaveLength(4);
  });

  it('a technique compared with one the article never names > says so', async () => {
    const answer = await answerTo(nape.ask, 'Is Swedish better than shiatsu?');
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'not-in-article' });
    expect(answer.text).toMatch(/^The article does not mention swedish\./u);
  });

  it('another subject > refused in words that name what is covered, with three questions that are answered', async () => {
    const answer = await answerTo(nape.ask, 'How do I bake bread?');
    expect(answer).toMatchObject({
      outcome: 'refused',
      reason: 'not-in-article',
      sentences: [],
      passages: [],
      mode: 'fixed',
    });
    expect(answer.text).toContain('The Healing Power of Therapeutic Touch');
    expect(answer.suggestions).toHaveLength(3);
    for (const suggestion of answer.suggestions) {
      expect(await answerTo(nape.ask, suggestion)).toMatchObject({ outcome: 'answered' });
    }
  });

  it('a thing to be helped that the article never names > is named and refused; one that it does is answered', async () => {
    const answer = await answerTo(nape.ask, 'does massage help me sleep');
    expect(answer).toMatchObject({
      outcome: 'refused',
      text: expect.stringMatching(/^The article does not mention sleep\./u),
    });
    expect(await answerTo(nape.ask, 'does massage help with stress')).toMatchObject({ outcome: 'answered' });
  });

  it('an answer > suggests other questions that are answered too', async () => {
    const answer = await answerTo(nape.ask, 'What is shiatsu?');
    expect(answer.suggestions).toHaveLength(3);
    expect(answer.suggestions.join()).not.toContain('Shiatsu');
  });

  it('the same question twice > the same answer', async () => {
    const [first, second] = [
      await answerTo(nape.ask, 'how does it reduce stress'),
      await answerTo(nape.ask, 'how does it reduce stress'),
    ];
    expect({ ...second, turnId: '', conversationId: '' }).toEqual({ ...first, turnId: '', conversationId: '' });
  });

  it('a sentence that leans on the one before > brings it along', async () => {
    const { ask } = await askOver({
      'kettle.md':
        '# Kettles\n\n## Descaling\n\nVinegar is poured into the kettle. It dissolves the limescale overnight.\n\n## Storing\n\nA kettle is kept dry in a cupboard.\n',
    });
    const answer = await answerTo(ask, 'what dissolves limescale overnight');
    expect(answer.sentences.map(({ text }) => text)).toEqual([
      'Vinegar is poured into the kettle.',
      'It dissolves the limescale overnight.',
    ]);
  });

  it.each([
    ['i want to kill myself', 'crisis'],
    ['sudden chest pain and i cant breathe', 'emergency'],
    ['how much does a massage cost', 'business'],
    ['is massage safe while pregnant', 'suitability'],
  ])('%s > fixed words, without sentences and suggestions', async (text, reason) => {
    const answer = await answerTo(nape.ask, text);
    expect(answer).toMatchObject({
      outcome: 'redirected',
      reason,
      sentences: [],
      passages: [],
      suggestions: [],
      mode: 'fixed',
    });
  });

  it('a crisis > stays on top for that conversation, and only there', async () => {
    const { say } = conversationOver(nape);
    const first = await say('i want to kill myself');
    expect(await say('What is shiatsu?')).toMatchObject({ reason: 'crisis', text: first.text });
    expect(await conversationOver(nape).say('What is shiatsu?')).toMatchObject({ outcome: 'answered' });
  });

  it('a crisis > is answered without an index, a search and a writer', async () => {
    const ask = nape.askWith({
      quote: failing,
      index: () => Promise.reject(new Error('no index')),
      writer: () => ({ write: failing, isModel: true }),
      suggest: () => Promise.reject(new Error('no suggestions')),
      deadlineMs: 1000,
    });
    expect(await answerTo(ask, 'quiero morir')).toMatchObject({ outcome: 'redirected', reason: 'crisis' });
  });

  it('a greeting > fixed words and three questions', async () => {
    const answer = await answerTo(nape.ask, 'hello there');
    expect(answer).toMatchObject({ outcome: 'greeted', reason: 'greeting' });
    expect(answer.suggestions).toHaveLength(3);
  });

  it('another language > told in it which language the article is in', async () => {
    const answer = await answerTo(nape.ask, '¿Qué es el shiatsu?');
    expect(answer).toMatchObject({
      outcome: 'refused',
      reason: 'not-in-article',
      text: expect.stringContaining('inglés'),
    });
  });

  it('instructions that the article does address > its own sentence follows the fixed words, cited', async () => {
    const answer = await answerTo(nape.ask, 'can I do self-massage at home');
    expect(answer).toMatchObject({ outcome: 'redirected', reason: 'instructions', suggestions: [] });
    expect(sectionsOf(answer)).toContain('techniques-for-self-care');
    expect(answer.sentences.every(({ quoted }) => quoted)).toBe(true);
    const events = await eventsOf(nape.ask({ text: 'can I do self-massage at home' }));
    expect(events.map(({ type }) => type)).toEqual([
      'answer-start',
      'passages-found',
      ...answer.sentences.map(() => 'sentence-verified'),
      'answer-end',
    ]);
    expect(answer.text).toMatch(/^I cannot give instructions[\s\S]*The article says: “/u);
  });

  it('instructions that it only comes near > the fixed words alone', async () => {
    expect(await answerTo(nape.ask, 'give me a stretching routine')).toMatchObject({
      outcome: 'redirected',
      reason: 'instructions',
      sentences: [],
    });
  });

  it('an empty question > one error with public words', async () => {
    const events = await eventsOf(nape.ask({ text: '  ' }));
    expect(events.map(({ type }) => type)).toEqual(['answer-start', 'answer-error']);
    expect(events[1]).toMatchObject({ code: 'question-empty' });
  });

  it('no index > one error, and nothing is thrown', async () => {
    const ask = nape.askWith({
      quote: failing,
      index: () => Promise.reject(new NapeError('index-unavailable', 'gone')),
      writer: () => ({ write: failing, isModel: false }),
      suggest: async () => [],
      deadlineMs: 1000,
    });
    const events = await eventsOf(ask({ text: 'What is shiatsu?' }));
    expect(events.at(-1)).toEqual({
      type: 'answer-error',
      code: 'index-unavailable',
      message: expect.stringContaining('not available'),
    });
  });

  it('a writer that never ends > the deadline ends it', async () => {
    const ask = nape.askWith({
      quote: failing,
      writer: () => ({ write: hanging, isModel: false }),
      suggest: async () => [],
      deadlineMs: 50,
    });
    expect((await eventsOf(ask({ text: 'What is shiatsu?' }))).at(-1)).toMatchObject({
      type: 'answer-error',
      code: 'deadline-exceeded',
    });
  });

  it('the caller goes away > the stream stops without an end', async () => {
    const caller = new AbortController();
    const seen: string[] = [];
    for await (const event of nape.ask({ text: 'What is shiatsu?', signal: caller.signal })) {
      seen.push(event.type);
      caller.abort();
    }
    expect(seen).toEqual(['answer-start']);
  });

  it('a writer that makes a sentence up > it is withheld', async () => {
    const ask = nape.askWith({
      quote: failing,
      writer: () => ({ write: inventing, isModel: false }),
      suggest: async () => [],
      deadlineMs: 1000,
    });
    const events = await eventsOf(ask({ text: 'What is shiatsu?' }));
    expect(events.map(({ type }) => type)).toEqual([
      'answer-start',
      'passages-found',
      'sentence-withheld',
      'answer-end',
    ]);
    expect(events.at(-1)).toMatchObject({ answer: { outcome: 'refused' } });
  });
});
