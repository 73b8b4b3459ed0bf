import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/models/embedder.ts';
import { readFaqSet } from '../evals/faq/read-set.ts';
import { askOver, embedder } from './ask-over.ts';
import { curatedOver, faqOver } from './faq-over.ts';

const read = (name: string) => readFile(fileURLToPath(new URL(`../../knowledge/${name}`, import.meta.url)), 'utf8');
const { index } = await askOver({ 'neck-and-spine-massage.md': await read('neck-and-spine-massage.md') });
const faq = await faqOver(await read('faq.yaml'), index);
const curated = curatedOver(faq);
const matched = async (question: string) => (await curated.match(index, question))?.id ?? null;

describe('curated', () => {
  it('every question and variant, and how people type them > finds its own entry', async () => {
    for (const { id, question, variants } of faq.entries) {
      for (const phrase of [question, ...variants]) {
        expect(await matched(phrase), phrase).toBe(id);
        expect(await matched(`  ${phrase.toUpperCase()} ?! `), phrase).toBe(id);
      }
    }
  });

  it.each([
    ['Hi, could you please tell me what shiatsu is?', 'what-is-shiatsu'],
    ['whats fascia', 'what-is-fascia'],
    ['what is shiatzu', 'what-is-shiatsu'],
    ['What does the article say about myofascial release?', 'what-is-myofascial-release'],
  ])('“%s” > is read as its entry', async (question, id) => {
    expect(await matched(question)).toBe(id);
  });

  it.each([
    [
      'a negation',
      [
        'What is not a benefit of neck and spine massage?',
        'Why does the neck never get tense and stiff?',
        'What does massage not do for blood circulation?',
      ],
    ],
    [
      'another technique',
      [
        'What is Swedish massage?',
        'What is Balinese massage?',
        'How does reflexology work?',
        'What is hot stone massage?',
      ],
    ],
    ['one thing beside another', ['what is life', 'what is the meaning of life', 'define food']],
    ['two techniques', ['How is shiatsu different from Thai massage?', 'Is deep tissue massage better than shiatsu?']],
    [
      'another part of the body',
      [
        'Which muscles does the foot have?',
        'Why does the jaw get tense and stiff?',
        'How is the knee built?',
        'What happens when the hip is out of line?',
      ],
    ],
    [
      'a number',
      [
        'What are the 12 benefits of neck and spine massage?',
        'How many bones has the spine?',
        'Why go for massage three times?',
      ],
    ],
    [
      'a kind of fact',
      [
        'How much is shiatsu?',
        'How long is Thai massage?',
        'Who invented shiatsu?',
        'How often should I go for massage regularly?',
        'Is there research on deep tissue massage?',
        'Where can I learn shiatsu?',
      ],
    ],
    [
      'an opposite',
      [
        'How does massage raise stress?',
        'What are the disadvantages of neck and spine massage?',
        'What goes badly with massage?',
      ],
    ],
    ['a group of people', ['Is shiatsu for children?', 'What is Thai massage for dogs?']],
    ['nothing but the subject', ['massage', 'neck and spine massage', 'Neck?', 'the spine']],
    ['nothing', ['', '???', 'the of and', '\u0000']],
  ])('%s that the entry lacks > is another question', async (_, questions) => {
    for (const question of questions) expect(await matched(question), question).toBeNull();
  });

  it('the tuning half > is matched by four fifths, never wrongly', async () => {
    const { matches, nearNegatives } = await readFaqSet('tune');
    const found = await Promise.all(
      matches.map(async ({ question, entry }) => ({ entry, id: await matched(question) })),
    );
    expect(found.filter(({ id, entry }) => id === entry).length).toBeGreaterThanOrEqual(0.8 * matches.length);
    expect(found.filter(({ id, entry }) => id !== null && id !== entry)).toEqual([]);
    const wrong = await Promise.all(
      nearNegatives.map(async (question) => ((await matched(question)) ? [question] : [])),
    );
    expect(wrong.flat()).toEqual([]);
  });

  it('the other half, which nobody tuned on > is matched no worse than it was', async () => {
    const { matches, nearNegatives } = await readFaqSet('final');
    const found = await Promise.all(
      matches.map(async ({ question, entry }) => ({ entry, id: await matched(question) })),
    );
    expect(found.filter(({ id, entry }) => id === entry).length).toBeGreaterThanOrEqual(63);
    expect(found.filter(({ id, entry }) => id !== null && id !== entry).length).toBeLessThanOrEqual(1);
    const wrong = await Promise.all(
      nearNegatives.map(async (question) => ((await matched(question)) ? [question] : [])),
    );
    expect(wrong.flat().length).toBeLessThanOrEqual(1);
  });

  it('an owner without a FAQ > has nothing matched', async () => {
    expect(await curatedOver({ entries: [], statuses: [] }).match(index, 'What is shiatsu?')).toBeNull();
  });

  it('an embedder that is away > leaves the FAQ its own words', async () => {
    const away: Embedder = {
      identity: 'away',
      dimension: 3,
      embedPassages: () => Promise.reject(new Error('no answer')),
      embedQuery: () => Promise.reject(new Error('no answer')),
    };
    const offline = curatedOver(faq, { embedder: away });
    await offline.warmUp(index);
    expect((await offline.match(index, 'What is shiatsu?'))?.id).toBe('what-is-shiatsu');
    expect(await offline.match(index, 'could one describe how deep tissue massage goes')).toBeNull();
  });

  it('an embedder that comes back > is asked again', async () => {
    let isAway = true;
    const failing: Embedder = {
      ...embedder,
      embedPassages: (texts, signal) =>
        isAway ? Promise.reject(new Error('no answer')) : embedder.embedPassages(texts, signal),
    };
    const remote = curatedOver(faq, { embedder: failing });
    const question = 'which tissue is it that surrounds the muscles';
    expect(await remote.match(index, question)).toBeNull();
    isAway = false;
    expect((await remote.match(index, question))?.id).toBe('what-is-fascia');
  });

  it('a question that is called off > throws the reason', async () => {
    const stop = AbortSignal.abort(new Error('gone'));
    await expect(curated.match(index, 'which tissue is it that surrounds the muscles', stop)).rejects.toThrow('gone');
  });
});
