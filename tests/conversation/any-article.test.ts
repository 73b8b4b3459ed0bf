import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askOver, eventsOf, everyUtterance } from './ask-over.ts';

const word = fc.constantFrom(
  'chain',
  'oil',
  'gear',
  'wheel',
  'it',
  'this',
  'These',
  'Brakes',
  'tyre',
  'clean',
  'and',
  'is',
  'the',
  'rust',
  'naïve',
  '42',
  'e.g.',
  'benefits',
);
const sentence = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 14 }), fc.constantFrom('.', '!', '?', '…'))
  .map(([words, end]) => `${words.join(' ')}${end}`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 8 }).map((sentences) => sentences.join(' '));
const section = fc.tuple(
  fc.constantFrom('## ', '### '),
  fc.array(word, { minLength: 1, maxLength: 4 }),
  fc.array(paragraph, { maxLength: 3 }),
);
const markdown = fc
  .array(section, { minLength: 1, maxLength: 6 })
  .map((sections) =>
    sections
      .map(([mark, heading, paragraphs]) => [`${mark}${heading.join(' ')}`, ...paragraphs].join('\n\n'))
      .join('\n\n'),
  );
const question = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => `${words.join(' ')}?`),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('What are the benefits?', 'What is oil?', 'which gears are there'),
);

/** Calibration on all of them would take most of the time, and its exact value does not matter here. */
const fewUtterances = everyUtterance.slice(0, 20);

describe('any article and any question', () => {
  it('the stream > ends exactly once, and every sentence is verbatim, cited and sliced from its file', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(markdown, { minLength: 1, maxLength: 2 }),
        fc.array(question, { minLength: 1, maxLength: 4 }),
        async (sources, questions) => {
          const { ask, documents } = await askOver(
            Object.fromEntries(sources.map((source, at) => [`article-${at}.md`, source])),
            fewUtterances,
          );
          for (const text of questions) {
            const events = await eventsOf(ask({ text }));
            const ends = events.filter(({ type }) => type === 'answer-end' || type === 'answer-error');
            expect(ends).toEqual([events.at(-1)]);
            const end = events.at(-1);
            if (end?.type !== 'answer-end') continue;
            const { answer } = end;
            if (answer.outcome === 'answered') answered += 1;
            expect(events.flatMap((event) => (event.type === 'sentence-verified' ? [event.sentence] : []))).toEqual(
              answer.sentences,
            );
            for (const passage of answer.passages) {
              const source = documents.find(({ id }) => id === passage.document)?.source;
              expect(source?.slice(passage.start, passage.end)).toBe(passage.text);
            }
            for (const { text: said, citations, quoted } of answer.sentences) {
              expect(quoted).toBe(true);
              const cited = citations.map((id) => answer.passages.find((passage) => passage.id === id));
              expect(cited.length).toBeGreaterThan(0);
              for (const passage of cited)
                expect(passage?.text.replace(/\s+/gu, ' ')).toContain(said.replace(/\s+/gu, ' '));
              expect(answer.text).toContain(said);
            }
            const used = new Set(answer.sentences.flatMap(({ citations }) => citations));
            expect(answer.passages.map(({ id }) => id).sort()).toEqual([...used].sort());
          }
        },
      ),
      { numRuns: 80 },
    );
    // The property says nothing unless a good part of the questions is answered.
    expect(answered).toBeGreaterThan(10);
  });
});
