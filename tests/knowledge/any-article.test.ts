import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../../src/domain.ts';
import { countWords } from '../../src/knowledge/count-words.ts';
import { parseDocument } from '../../src/knowledge/parse-document.ts';
import { splitPassages } from '../../src/knowledge/split-passages.ts';

const word = fc.constantFrom(
  'neck',
  'Spine',
  'massage',
  'e.g.',
  'Dr.',
  'relief,',
  'moves.',
  'Why?',
  '—',
  'C7',
  'a\u00a0b',
  '首',
  'zero\u200bwidth',
  '😀',
);
const markup = fc.constantFrom(
  '**',
  '*',
  '_',
  '`',
  '[',
  '](x "y z")',
  '![',
  '<b>',
  '<!--',
  '-->',
  '\\',
  '&amp;',
  '&#x1F642;',
  '|',
  '<',
  '>',
);
const prose = fc.array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: markup }), {
  minLength: 1,
  maxLength: 60,
});
const mark = fc.constantFrom(
  '',
  '',
  '',
  '# ',
  '## ',
  '#### ',
  '- ',
  '* ',
  '1. ',
  '2) ',
  '1.1 ',
  'IV. ',
  'B. ',
  '> ',
  '> > ',
  '    ',
  '\t',
  '```\n',
  '---\n',
  '| ',
  '<div>',
  '• ',
);
const ending = fc.constantFrom('', '', '.', '\n---', '\n===', '\n|-|-|', ':', ',', '  ');
const block = fc
  .tuple(mark, prose, fc.constantFrom(' ', '\n', '  \n', ' '), ending)
  .map(([before, words, space, after]) => before + words.join(space) + after);
const article = fc
  .tuple(
    fc.constantFrom('', '', '\uFEFF', '---\ntitle: Neck\n---\n', '---\n: [\n---\n'),
    fc.array(fc.tuple(block, fc.constantFrom('\n\n', '\n\n', '\n', '\r\n\r\n', '\r', '\n \n')), { maxLength: 14 }),
  )
  .map(([start, blocks]) => start + blocks.flat().join(''));

describe.each(['a.md', 'a.txt'])('any article as %s', (file) => {
  const check = (property: (parsed: ReturnType<typeof parseDocument>, source: string) => void) =>
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: article }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) }),
        (source) => {
          property(parseDocument({ file, bytes: Buffer.from(source) }), source.toWellFormed());
        },
      ),
      { numRuns: 200 },
    );

  test('a document, or a problem that says why not', () => {
    check(({ document, problems }) => {
      if (document === null) expect(problems.length).toBeGreaterThan(0);
    });
  });

  test('spans are in order, inside each other, and not empty', () => {
    check(({ document }, source) => {
      if (document === null) return;
      expect(document.source).toBe(source);
      expectInOrder(document.sections, { start: 0, end: source.length });
      for (const section of document.sections) {
        expectInOrder(section.paragraphs, section);
        for (const paragraph of section.paragraphs) {
          expectInOrder(paragraph.sentences, paragraph);
          expect(paragraph.sentences.length).toBeGreaterThan(0);
        }
      }
    });
  });

  test('sentences in plain text are their source, and in Markdown hold no letter that the source has not', () => {
    check(({ document }, source) => {
      for (const { start, end, text } of document?.sections.flatMap(sentencesOf) ?? []) {
        const written = source.slice(start, end);
        if (file.endsWith('.txt')) expect(text.split(/\s+/)).toEqual(written.split(/\s+/));
        else expect(isSubsequence(letters(text), letters(written))).toBe(true);
      }
    });
  });

  test('passages are slices of one section that hold its sentences once and in order', () => {
    check(({ document }, source) => {
      if (document === null) return;
      const passages = splitPassages(document);
      expectInOrder(passages, { start: 0, end: source.length });
      expect(new Set(passages.map(({ id }) => id)).size).toBe(passages.length);
      for (const passage of passages) {
        expect(passage.text).toBe(source.slice(passage.start, passage.end));
        expectInOrder(passage.sentences, passage);
        const section = document.sections.find(({ id }) => id === passage.section);
        expect(section).toBeDefined();
        expect(passage.start).toBeGreaterThanOrEqual(section!.start);
        expect(passage.end).toBeLessThanOrEqual(section!.end);
      }
      expect(passages.flatMap(({ sentences }) => sentences)).toEqual(document.sections.flatMap(sentencesOf));
      expect(splitPassages(document)).toEqual(passages);
    });
  });

  test('ids of sections are unique, and parents and children agree', () => {
    check(({ document }) => {
      const sections = document?.sections ?? [];
      const byId = new Map(sections.map((section) => [section.id, section]));
      expect(byId.size).toBe(sections.length);
      for (const { id, level, parent, children, headings, heading } of sections) {
        expect(level).toBe((parent === null ? 0 : byId.get(parent)!.level) + 1);
        if (parent !== null) expect(byId.get(parent)!.children).toContain(id);
        for (const child of children) expect(byId.get(child)!.parent).toBe(id);
        expect(headings).toHaveLength(heading === null ? 0 : level);
      }
    });
  });
});

test('any paragraphs > passages have 40 to 160 words unless the section is shorter', () => {
  const sentence = fc.integer({ min: 1, max: 60 }).map((count) => `Word ${'word '.repeat(count - 1)}here.`);
  const paragraphs = fc.array(fc.array(sentence, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(paragraphs, (written) => {
      const source = written.map((sentences) => sentences.join(' ')).join('\n\n');
      const { document } = parseDocument({ file: 'a.md', bytes: Buffer.from(source) });
      const counts = splitPassages(document!).map(({ text }) => countWords(text));
      if (countWords(source) >= 40) expect(Math.min(...counts)).toBeGreaterThanOrEqual(40);
      expect(Math.max(...counts)).toBeLessThanOrEqual(160);
    }),
    { numRuns: 200 },
  );
});

function sentencesOf(section: {
  readonly paragraphs: readonly { readonly sentences: readonly (Span & { text: string })[] }[];
}) {
  return section.paragraphs.flatMap(({ sentences }) => sentences);
}

function expectInOrder(spans: readonly Span[], inside: Span): void {
  let at = inside.start;
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(at);
    expect(end).toBeGreaterThan(start);
    at = end;
  }
  expect(at).toBeLessThanOrEqual(inside.end);
}

/** Entities are read as other characters, so only ASCII letters and digits are compared. */
function letters(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '');
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const letter of whole) if (letter === part[at]) at += 1;
  return at === part.length;
}
