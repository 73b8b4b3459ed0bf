import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { faqProblems } from '../../src/conversation/check-faq.ts';
import { askOver } from './ask-over.ts';
import { faqOver } from './faq-over.ts';

const article = `# Massage

## Shiatsu

Shiatsu is a massage with pressure on particular points. It promotes a state of relaxation.

## Thai Massage

Thai massage combines stretching techniques with massage movements. It is performed on a mat on the floor.
`;
const { index } = await askOver({ 'massage.md': article });

function entry(sentence: Readonly<Record<string, unknown>>): string {
  return stringify([{ question: 'What is it?', variants: ['it'], answer: [sentence] }]);
}

async function statusOf(sentence: Readonly<Record<string, unknown>>) {
  const { entries, statuses } = await faqOver(entry(sentence), index);
  expect(entries).toHaveLength(statuses[0]?.state === 'fresh' ? 1 : 0);
  return statuses[0];
}

const shiatsu = 'Shiatsu is a massage with pressure on particular points.';

describe('checkFaq', () => {
  it('a quotation that is there > is served with the passage that it cites', async () => {
    const { entries, statuses } = await faqOver(entry({ quote: shiatsu, from: 'shiatsu' }), index);
    expect(statuses).toEqual([{ state: 'fresh', question: 'What is it?', line: 1, notes: [] }]);
    expect(entries).toEqual([
      {
        id: 'what-is-it',
        question: 'What is it?',
        variants: ['it'],
        group: null,
        layout: 'prose',
        text: `The article says: “${shiatsu}”`,
        sentences: [{ text: shiatsu, citations: ['massage#shiatsu/1'], quoted: true }],
        passages: [expect.objectContaining({ id: 'massage#shiatsu/1', headings: ['Shiatsu'] })],
      },
    ]);
    const [passage] = entries[0]?.passages ?? [];
    expect(article.slice(passage?.start, passage?.end)).toBe(passage?.text);
  });

  it('a quotation whose sentence changed by a word > is stale, with what the section says now', async () => {
    const status = await statusOf({ quote: shiatsu.replace('particular', 'certain'), from: 'shiatsu' });
    expect(status?.state).toBe('stale');
    expect(status?.notes[0]).toContain(`The nearest it has is: “${shiatsu}”`);
  });

  it('a quotation that moved to another section > is stale, with where it is', async () => {
    const status = await statusOf({ quote: shiatsu, from: 'thai-massage' });
    expect(status).toMatchObject({ state: 'stale', notes: [expect.stringContaining('Write from: massage#shiatsu')] });
    expect(await statusOf({ quote: shiatsu, from: 'gone' })).toMatchObject({ state: 'stale' });
  });

  it('a section that there is not > is invalid, with the nearest', async () => {
    const status = await statusOf({ quote: 'No such sentence.', from: 'thai' });
    expect(status?.state).toBe('invalid');
    expect(status?.notes).toEqual(['No article has a section “thai”. The nearest are: thai-massage.']);
  });

  it('own words that the section bears out > are served as such', async () => {
    const { entries } = await faqOver(
      entry({ text: 'Shiatsu is massage with pressure on points.', from: 'shiatsu' }),
      index,
    );
    expect(entries[0]?.sentences).toEqual([
      { text: 'Shiatsu is massage with pressure on points.', citations: ['massage#shiatsu/1'], quoted: false },
    ]);
    expect(entries[0]?.text).toBe('Shiatsu is massage with pressure on points.');
  });

  it.each([
    ['Shiatsu cures sleeplessness.', 'shiatsu'],
    ['Shiatsu takes sixty minutes.', 'shiatsu'],
    ['Shiatsu is performed on a mat on the floor.', 'shiatsu'],
    ['Shiatsu is not a massage with pressure.', 'shiatsu'],
    ['Thai massage always combines stretching with massage movements.', 'thai-massage'],
  ])('own words that go beyond the section > “%s” is not served', async (text, from) => {
    const status = await statusOf({ text, from });
    expect(status?.state).not.toBe('fresh');
    expect(status?.notes[0]).toMatch(/does not hold against the article|claims something|reads like advice/u);
  });

  it.each(['Shiatsu is safe.', 'Our therapist recommends shiatsu.', 'Shiatsu relieves your headache.'])(
    'own words that claim something > “%s” is invalid',
    async (text) => {
      expect(await statusOf({ text, from: 'shiatsu' })).toMatchObject({ state: 'invalid' });
    },
  );

  it('one sentence of two that does not hold > takes the whole answer away', async () => {
    const text = stringify([
      {
        question: 'What is it?',
        answer: [
          { quote: shiatsu, from: 'shiatsu' },
          { quote: 'It is not there.', from: 'shiatsu' },
        ],
      },
    ]);
    const { entries, statuses } = await faqOver(text, index);
    expect(entries).toEqual([]);
    expect(statuses).toMatchObject([{ state: 'stale', notes: [expect.stringContaining('It is not there.')] }]);
  });

  it('problems for the owner > name the entry, its line and what to do', async () => {
    const text = `- question: One?\n${entry({ quote: 'Gone.', from: 'shiatsu' })}`;
    expect(faqProblems(await faqOver(text, index))).toEqual([
      {
        file: 'faq.yaml',
        message: expect.stringMatching(/^“One\?” \(line 1\) is invalid and is not served: “answer” has to be/u),
      },
      {
        file: 'faq.yaml',
        message: expect.stringMatching(
          /^“What is it\?” \(line 2\) is stale and is not served: The section does not say/u,
        ),
      },
    ]);
  });

  it('no file > nothing is served and nothing is wrong', async () => {
    expect(await faqOver('', index)).toEqual({ entries: [], statuses: [] });
  });

  it('any sentence > is served only when the article has it or bears it out', async () => {
    const word = fc.constantFrom(
      'Shiatsu',
      'Thai massage',
      'is',
      'a',
      'massage',
      'with',
      'pressure',
      'cures',
      'pain',
      'on',
      'points',
      'daily',
      'not',
      'always',
      'floor',
      '3',
    );
    const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => `${words.join(' ')}.`);
    const own = article.replace(/\s+/gu, ' ');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(sentence, fc.string()),
        fc.constantFrom('shiatsu', 'thai-massage', 'x#y'),
        async (quote, from) => {
          const { entries } = await faqOver(entry({ quote, from }), index);
          for (const { sentences } of entries) for (const { text } of sentences) expect(own).toContain(text);
          const { entries: spoken } = await faqOver(entry({ text: quote, from }), index);
          for (const { sentences } of spoken)
            for (const { text } of sentences) expect(text).not.toMatch(/cures|daily|not|always|3/u);
        },
      ),
      { numRuns: 60 },
    );
  });
});
