import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/knowledge/parse-document.ts';
import { documentOf } from './outline-of.ts';

const parse = (file: string, content: string | Uint8Array) =>
  parseDocument({ file, bytes: typeof content === 'string' ? Buffer.from(content) : content });
const messages = (file: string, content: string | Uint8Array) =>
  parse(file, content).problems.map(({ message }) => message);

describe('parseDocument', () => {
  test('a plain file > id and title from its name, hash of its bytes, the whole text', () => {
    const source = '\uFEFFThe neck bends.\r\n';
    expect(documentOf('Neck_and-spine massage.TXT', source)).toMatchObject({
      id: 'neck-and-spine-massage',
      title: 'Neck and spine massage',
      language: 'en',
      updated: null,
      file: 'Neck_and-spine massage.TXT',
      format: 'text',
      source,
      hash: createHash('sha256').update(source).digest('hex'),
    });
  });

  test.each([
    ['empty', new Uint8Array(), 'It is empty'],
    ['blank', ' \n\t\n', 'only blank lines'],
    ['UTF-16', Buffer.from('\uFEFFNeck', 'utf16le'), 'saved as UTF-16'],
    ['UTF-16 without a mark', Buffer.from('Neck', 'utf16le'), 'binary'],
    ['binary', Buffer.from([0x25, 0x50, 0x44, 0x46, 1, 2, 3, 4, 5, 6]), 'binary'],
    ['Windows-1252', Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'not UTF-8'],
    ['headings alone', '# Neck\n\n## Spine\n', 'no text in it'],
  ])('%s > no document and a message', (_, content, message) => {
    expect(parse('a.md', content).document).toBeNull();
    expect(messages('a.md', content)).toEqual([expect.stringContaining(message)]);
  });

  test('invisible characters > kept, and counted for the owner', () => {
    const hidden = 'The ne\u200bck\u202e bends\u{E0041}\u{E0042}.';
    expect(parse('a.txt', hidden).document?.source).toBe(hidden);
    expect(messages('a.txt', hidden)).toEqual([expect.stringContaining('contains 4 invisible characters')]);
    expect(messages('a.txt', '\uFEFFA family 👩‍👧, and می‌خواهم.')).toEqual([]);
  });
});

describe('parseDocument front matter', () => {
  const withFrontMatter = (lines: string) => `---\n${lines}\n---\n\nThe neck bends.`;

  test.each([
    [
      'all three',
      'title: "Neck: care"\nlanguage: pt-br\nupdated: 2026-01-31',
      { title: 'Neck: care', language: 'pt-BR', updated: '2026-01-31' },
    ],
    ['a time of day', 'updated: 2026-01-31T10:00:00Z', { updated: '2026-01-31' }],
    ['a title that is a number', 'title: 1.50', { title: '1.50' }],
    ['empty values and unknown names', 'title:\nauthor: [a, b]', { title: 'A', language: 'en', updated: null }],
  ])('%s > read, in Markdown and in text', (_, lines, expected) => {
    for (const file of ['a.md', 'a.txt']) {
      const { document, problems } = parse(file, withFrontMatter(lines));
      expect(document).toMatchObject(expected);
      expect(document?.sections[0]?.paragraphs).toHaveLength(1);
      expect(problems).toEqual([]);
    }
  });

  test.each([
    ['broken YAML', 'title: a\nlanguage: "en', 'line 3'],
    ['no names', 'just words', 'line 2'],
    ['a language that is none', 'language: english (UK)', 'english (UK)'],
    ['a day that is none', 'updated: 2026-02-30', '2026-02-30'],
    ['a title of several values', 'title: [a, b]', "front matter's title"],
  ])('%s > a problem, and the text below loads', (_, lines, message) => {
    const { document, problems } = parse('a.md', withFrontMatter(lines));
    expect(problems).toEqual([{ file: 'a.md', message: expect.stringContaining(message) }]);
    expect(document?.sections.map(({ paragraphs }) => paragraphs.length)).toEqual([1]);
  });

  test('not closed > a problem, and everything is text', () => {
    expect(messages('a.txt', '---\ntitle: Neck\n\nThe neck bends.')).toEqual([
      expect.stringContaining('no closing ---'),
    ]);
  });

  test('a rule in the first line > no front matter', () => {
    expect(messages('a.md', '---\n\nThe neck bends.\n\n---\n')).toEqual([]);
  });
});
