import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/knowledge/parse-document.ts';
import { documentOf, headingsOf, outlineOf } from './outline-of.ts';

const footCare = readFileSync(new URL('../fixtures/articles/foot-care.md', import.meta.url), 'utf8');
const markdown = (source: string) => documentOf('article.md', source);
const problemsOf = (source: string) =>
  parseDocument({ file: 'article.md', bytes: Buffer.from(source) }).problems.map(({ message }) => message);

const footCareOutline = [
  '(introduction)',
  '- Feet carry a person around the world four times in a life.',
  'Why feet tire',
  '- Standing is harder than walking. | The calf pump. | Rests when nobody moves; see the chapter on water for a remedy.',
  '  Shoes',
  '- A shoe that needs breaking in is the wrong shoe.',
  '* Buy shoes in the evening.',
  '* Try both of them, and walk a few steps.',
  '* Leave a thumb’s width.',
  'Water',
  '* Fill a basin.',
  '* Wait ten minutes.',
  '  Cold water',
  '- Use it last. | Cold* is a matter of taste.',
  'Shoes',
  '- A second look at shoes.',
];

describe('parseMarkdown', () => {
  test.each([
    ['as written', footCare],
    ['Windows line ends', footCare.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${footCare}`],
  ])('an article with everything in it, %s > outline with readable sentences', (_, source) => {
    const document = documentOf('foot-care.md', source);
    expect(outlineOf(document)).toEqual(footCareOutline);
    expect(document).toMatchObject({ title: 'Caring for tired feet', language: 'en-GB', updated: '2026-02-11' });
  });

  test('a byte order mark and Windows line ends > offsets point at the words', () => {
    const { source, sections } = documentOf('foot-care.md', `\uFEFF${footCare.replaceAll('\n', '\r\n')}`);
    const slices = sections.flatMap(({ paragraphs }) =>
      paragraphs.flatMap(({ sentences }) => sentences.map(({ start, end }) => source.slice(start, end))),
    );
    expect(slices[0]).toBe('Feet carry a person *around the world* four times in a life.');
    expect(slices[2]).toBe('The **calf pump.**');
    expect(slices[3]).toBe(
      'Rests when nobody moves; see\r\n[the chapter on water](#water "Water. And more") for a remedy.',
    );
    expect(slices[6]).toBe('Try both of them,\r\n  and walk a few steps.');
    expect(slices[7]).toBe('Leave a thumb&rsquo;s width.');
  });

  test('a skipped level > the outline has no gap, and parents know their children', () => {
    const { sections } = documentOf('foot-care.md', footCare);
    expect(sections.map(({ id, level, parent, children }) => [id, level, parent, children])).toEqual([
      ['introduction', 1, null, []],
      ['why-feet-tire', 1, null, ['shoes']],
      ['shoes', 2, 'why-feet-tire', []],
      ['water', 1, null, ['cold-water']],
      ['cold-water', 2, 'water', []],
      ['shoes-2', 1, null, []],
    ]);
    expect(sections[4]?.headings).toEqual(['Water', 'Cold water']);
  });

  test.each([
    ['a lone first # is the title', '# Neck\n\nText.\n\n## Discs\n\nText.', 'Neck', ['(introduction)', 'Discs']],
    ['a comment above the title', '<!-- draft -->\n\n# Neck\n\nText.', 'Neck', ['(introduction)']],
    ['two # are sections', '# Neck\n\nText.\n\n# Spine\n\nText.', 'Article', ['Neck', 'Spine']],
    ['a # after text is a section', 'Text.\n\n# Neck\n\nText.', 'Article', ['(introduction)', 'Neck']],
    ['front matter repeats the #', '---\ntitle: Neck!\n---\n# Neck\n\nText.', 'Neck!', ['(introduction)']],
    ['front matter differs from the #', '---\ntitle: Care\n---\n# Neck\n\nText.', 'Care', ['Neck']],
    [
      'a heading with markup',
      '## The *healing* [power](x) &amp; more ##\n\nText.',
      'Article',
      ['The healing power & more'],
    ],
    ['a heading in a code block', 'Text.\n\n```\n# Neck\n```\n', 'Article', ['(introduction)']],
  ])('%s', (_, source, title, headings) => {
    expect(markdown(source).title).toBe(title);
    expect(headingsOf(markdown(source))).toEqual(headings);
  });

  test.each([
    ['escapes', 'Two \\*stars\\* \\\\ one.', 'Two *stars* \\ one.'],
    ['entities', 'Salt &amp; oil &#x1F9C2; &hellip; &nope;', 'Salt & oil 🧂 … &nope;'],
    ['code', 'Press ``a ` b`` twice.', 'Press a ` b twice.'],
    ['images and tags', 'A ![cat](c.png)b <br/>c <!-- d --> e.', 'A b c  e.'],
    ['a hard break', 'One  \ntwo\\\nthree.', 'One two three.'],
    ['links by reference', 'See [the shop][1] now.\n\n[1]: http://example.org', 'See the shop now.'],
    ['indentation', '    Indented like a letter.', 'Indented like a letter.'],
    ['a quote in a quote', '> > One\n> > two.', 'One two.'],
  ])('%s > readable text', (_, source, expected) => {
    expect(outlineOf(markdown(source))[1]).toBe(`- ${expected}`);
  });

  test('a second paragraph in a list item is an item too', () => {
    expect(outlineOf(markdown('- One.\n\n  More.\n  - Deep.'))).toEqual([
      '(introduction)',
      '* One.',
      '* More.',
      '* Deep.',
    ]);
  });

  test('a table > left out, and the owner is told the line', () => {
    const source = 'Text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
    expect(outlineOf(markdown(source))).toEqual(['(introduction)', '- Text.']);
    expect(problemsOf(source)).toEqual([
      'A table was left out (line 3). Write what it says as sentences or as a list.',
    ]);
  });

  test('HTML blocks with words > left out, and the owner is told the lines', () => {
    const source = 'Text.\n\n<div>\nHidden words\n</div>\n\n<!-- note -->\n\n<p>More</p>\n';
    expect(outlineOf(markdown(source))).toEqual(['(introduction)', '- Text.']);
    expect(problemsOf(source)).toEqual(['HTML was left out with its words (lines 3, 9). Write the words as Markdown.']);
  });

  test('a paragraph right above dashes > read as a paragraph, and the owner is told', () => {
    const source = `${'word '.repeat(30)}.\n---\n\nText.`;
    expect(headingsOf(markdown(source))).toEqual(['(introduction)']);
    expect(problemsOf(source)[0]).toContain('(line 1)');
  });

  test('quotes nested without end > a problem, quickly', () => {
    expect(problemsOf(`Text.\n\n${'> '.repeat(100_000)}x`)[0]).toContain('nested too deep');
    expect(problemsOf(`Text.\n\n${'* '.repeat(60)}\n\nMore.`)).toEqual([]);
  });
});

test('an old Mac line end before an entity > the sentence keeps its place', () => {
  const { source, sections } = markdown('neck\r    &#x1F642; Why? neck **\n\n');
  const sentences = sections[0]!.paragraphs.flatMap((paragraph) => paragraph.sentences);
  expect(sentences.map(({ text }) => text)).toEqual(['neck 🙂 Why?', 'neck **']);
  expect(sentences.map(({ start, end }) => source.slice(start, end))).toEqual(['neck\r    &#x1F642; Why?', 'neck **']);
});
