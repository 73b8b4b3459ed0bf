import { describe, expect, it } from 'vitest';
import { statesWhatIsAsked } from '../../src/answering/asked-kind.ts';
import type { Passage } from '../../src/domain.ts';

function passageOf(...sentences: readonly string[]): Passage {
  const text = sentences.join(' ');
  return {
    id: 'bread#baking/1',
    document: 'bread',
    title: 'Bread',
    section: 'baking',
    headings: ['Baking'],
    text,
    start: 0,
    end: text.length,
    hash: '',
    sentences: sentences.map((sentence) => ({ text: sentence, start: 0, end: sentence.length })),
  };
}

const vague = [
  passageOf(
    'The loaf is baked until the crust is brown.',
    'Regular feeding keeps the starter alive.',
    'Children like warm bread.',
  ),
];
const exact = [
  passageOf(
    'The loaf is baked for forty minutes at 230 degrees.',
    'The starter is fed twice a day.',
    'A loaf costs about 3 euros in flour.',
    'The loaf was invented by Ada Crumb in 1850.',
    'Baking needs 500 g flour.',
    'Baking is sold in a bakery in Lisbon.',
    'A risk of baking is a burn.',
    'Baking is taught with a diploma.',
    'Baking is safe with gloves.',
    'A study of baking was published.',
  ),
];
const mentions = (words: string) => /children|rye|loaf/iu.test(words);

describe('statesWhatIsAsked', () => {
  it.each([
    ['how much does a loaf cost?', 'price'],
    ['what is the price of a loaf', 'price'],
    ['how often is the starter fed', 'frequency'],
    ['how many times a week do I feed the starter', 'frequency'],
    ['how long is the loaf baked', 'duration'],
    ['how many minutes does baking take', 'duration'],
    ['how many loaves fit in baking', 'number'],
    ['what temperature is the loaf baked at', 'number'],
    ['where can I buy a loaf from baking', 'place'],
    ['who invented the loaf', 'person'],
    ['what year was the loaf invented', 'date'],
    ['what dose of flour does baking need', 'dose'],
    ['are there risks in baking', 'harm'],
    ['do I need a licence for baking', 'qualification'],
    ['is baking safe to do alone', 'safety'],
    ['which studies of baking are there', 'evidence'],
  ])('%s > is answered only where a %s is stated', (question, fact) => {
    expect(statesWhatIsAsked(question, vague, mentions)).toEqual({ answerable: false, missing: { fact } });
    expect(statesWhatIsAsked(question, exact, mentions)).toEqual({ answerable: true });
  });

  it('one another and one of them > are no number', () => {
    const passages = [passageOf('Loaves touch one another in baking.', 'Baking is one of the crafts.')];
    expect(statesWhatIsAsked('how many loaves fit in baking', passages, mentions)).toMatchObject({ answerable: false });
    expect(statesWhatIsAsked('how many loaves fit in baking', [passageOf('Baking takes one loaf.')], mentions)).toEqual(
      {
        answerable: true,
      },
    );
  });

  it.each([
    ['how fast are the strokes of baking?', 'Baking is done with slow strokes.'],
    ['how far down does baking go?', 'Baking reaches the deeper layers.'],
    ['where is baking from?', 'Baking grew out of old customs.'],
    ['how long does the relief of baking last?', 'Baking gives lasting relief.'],
  ])('%s > may be told by a word instead of a number or a name', (question, sentence) => {
    expect(statesWhatIsAsked(question, [passageOf(sentence)], mentions)).toEqual({ answerable: true });
    expect(statesWhatIsAsked(question, vague, mentions)).toMatchObject({ answerable: false });
  });

  it('a group of people > must be mentioned', () => {
    expect(statesWhatIsAsked('is bread safe for toddlers?', exact, mentions)).toEqual({
      answerable: false,
      missing: { name: 'toddlers' },
    });
    expect(statesWhatIsAsked('is bread good for children?', exact, mentions)).toEqual({ answerable: true });
  });

  it('a thing compared with > must be mentioned', () => {
    expect(statesWhatIsAsked('is it better than muffins?', exact, mentions)).toMatchObject({
      missing: { name: 'muffins' },
    });
    expect(statesWhatIsAsked('is it better than rye?', exact, mentions)).toEqual({ answerable: true });
    expect(statesWhatIsAsked('difference between a loaf and a bagel', exact, mentions)).toMatchObject({
      missing: { name: 'a bagel' },
    });
    expect(statesWhatIsAsked('are muffins better than rye?', exact, mentions)).toMatchObject({
      missing: { name: 'muffins' },
    });
    expect(statesWhatIsAsked('muffins vs rye', exact, mentions)).toMatchObject({ missing: { name: 'muffins' } });
    expect(statesWhatIsAsked('does it compare rye and bagels', exact, mentions)).toMatchObject({
      missing: { name: 'bagels' },
    });
  });

  it('a thing compared with > may go by another word, a group of people may not', () => {
    const alsoCalled = (words: string) => mentions(words) || /buns|toddlers/iu.test(words);
    expect(statesWhatIsAsked('is it better than buns?', exact, mentions, alsoCalled)).toEqual({ answerable: true });
    expect(statesWhatIsAsked('is bread safe for toddlers?', exact, mentions, alsoCalled)).toMatchObject({
      missing: { name: 'toddlers' },
    });
  });

  it.each([
    'why is the crust brown',
    'what is a starter',
    'how does baking work',
    'is it only about muffins or does it get deeper than that',
    'does the author believe that crusts matter',
    'how many parts does baking have and what are they called',
    'is a downward dog good',
  ])('%s > asks for none of these', (question) => {
    expect(statesWhatIsAsked(question, vague, mentions)).toEqual({ answerable: true });
  });
});
