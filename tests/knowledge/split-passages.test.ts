import { describe, expect, test } from 'vitest';
import { countWords } from '../../src/knowledge/count-words.ts';
import { splitPassages } from '../../src/knowledge/split-passages.ts';
import { documentOf } from './outline-of.ts';

const sentence = (count: number) => `${'Word'} ${'word '.repeat(count - 2)}word.`;
const paragraph = (...counts: number[]) => counts.map(sentence).join(' ');
const passagesOf = (...paragraphs: string[]) => splitPassages(documentOf('neck.md', paragraphs.join('\n\n')));
const lengths = (...paragraphs: string[]) => passagesOf(...paragraphs).map(({ text }) => countWords(text));

describe('splitPassages', () => {
  test.each([
    ['a short section is one passage', [paragraph(10)], [10]],
    ['short paragraphs join', [paragraph(20), paragraph(30), paragraph(40)], [90]],
    ['whole paragraphs, not cut', [paragraph(50, 40), paragraph(50, 40)], [90, 90]],
    ['a long paragraph is cut between sentences', [paragraph(30, 30, 30, 30, 30, 30)], [90, 90]],
    ['a short tail is evened out', [paragraph(50, 50, 10, 20)], [50, 80]],
    [
      'a short tail after a full paragraph takes sentences from it',
      [paragraph(30, 30, 30, 30), paragraph(10)],
      [60, 70],
    ],
    ['one long sentence stays whole', [paragraph(150), paragraph(60)], [150, 60]],
    ['a tail that can go nowhere else makes a long passage', [paragraph(110), paragraph(20)], [130]],
  ])('%s', (_, paragraphs, expected) => {
    expect(lengths(...paragraphs)).toEqual(expected);
  });

  test('a sentence of 700 words > cut after commas into bounded pieces', () => {
    const found = passagesOf(`${'one two three four five six seven, '.repeat(100)}end.`);
    expect(Math.max(...found.map(({ text }) => countWords(text)))).toBeLessThanOrEqual(160);
    expect(found.slice(0, -1).every(({ text }) => text.endsWith(','))).toBe(true);
  });

  test('endless letters and text without spaces > bounded too', () => {
    for (const source of ['a'.repeat(50_000), '首が痛い背中も'.repeat(500)]) {
      expect(Math.max(...passagesOf(source).map(({ text }) => text.length))).toBeLessThan(5_000);
    }
  });

  test('ids count in each section, and every part is filled', () => {
    const document = documentOf(
      'neck.md',
      `# Care\n\nHello there.\n\n## Rest\n\n${paragraph(90)}\n\n${paragraph(90)}\n\n### Sleep\n\nWell.`,
    );
    const found = splitPassages(document);
    expect(found.map(({ id }) => id)).toEqual(['neck#introduction/1', 'neck#rest/1', 'neck#rest/2', 'neck#sleep/1']);
    expect(found[3]).toMatchObject({
      document: 'neck',
      title: 'Care',
      section: 'sleep',
      headings: ['Rest', 'Sleep'],
      text: 'Well.',
    });
  });

  test('a heading with children alone has no passage', () => {
    expect(passagesOf('## Rest', '### Sleep', 'Well.').map(({ section }) => section)).toEqual(['sleep']);
  });

  test('a passage of list items starts at the mark, its sentences after it', () => {
    const [passage] = passagesOf('- Oil.\n- Towels.');
    expect(passage?.text).toBe('- Oil.\n- Towels.');
    expect(passage?.sentences.map(({ text }) => text)).toEqual(['Oil.', 'Towels.']);
  });

  test('something left out between two paragraphs is in no passage', () => {
    expect(passagesOf('One.', '```\ncode\n```', 'Two.').map(({ text }) => text)).toEqual(['One.', 'Two.']);
  });

  test('the hash changes with the text and with the headings, and with nothing else', () => {
    const hash = (file: string, source: string) => splitPassages(documentOf(file, source)).at(-1)?.hash;
    expect(hash('a.md', '## Rest\n\nWell.')).toBe(hash('b.md', 'Before.\n\n## Rest\n\nWell.'));
    expect(hash('a.md', '## Rest\n\nWell.')).not.toBe(hash('a.md', '## Sleep\n\nWell.'));
    expect(hash('a.md', '## Rest\n\nWell.')).not.toBe(hash('a.md', '## Rest\n\nGood.'));
    expect(hash('a.md', '## Rest\n\nWell.')).toMatch(/^[0-9a-f]{64}$/);
  });
});
