import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const edition = readFileSync(new URL('../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
const statements = z
  .array(
    z.strictObject({
      section: z.string().min(1).nullable(),
      statement: z.string().min(1),
      original: z.string().min(1),
      sentence: z.string().min(1),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('../fixtures/article-statements.json', import.meta.url), 'utf8')));

// The original's headings without their numbers, in its order.
const outline = [
  '## Understanding Anatomy: The Dynamics of Neck and Spine',
  '### Neck Dynamics',
  '### Dynamics of the Spine',
  '## The Healing Power of Therapeutic Touch',
  '### Muscle Relaxation',
  '### Blood Circulation',
  '### Improved Range of Motion',
  '### Stress Reduction',
  '### Alleviation of Tension Headaches',
  '### Emotional Release',
  '## Specialized Approaches to Massage for Neck and Spine',
  '### Deep Tissue Massage',
  '### Shiatsu',
  '### Thai Massage',
  '### Myofascial Release',
  '## Holistic Wellness: The Connection between the Mind and Body',
  '### Stress Mental Clarity',
  '### Emotional Balance',
  '### Cultivating Mindfulness',
  '## Incorporating Massage into Holistic Wellness Practices',
  '### Regular Sessions for Maintenance',
  '### Additional Therapies',
  '### Techniques for Self Care',
  '### Considering a Holistic Lifestyle',
];

const { frontMatter, lines } = splitFrontMatter(edition);
const written = sentencesOf(lines);

describe('the edition of the article', () => {
  test('front matter > title, language, date and source, and nothing else', () => {
    expect(parse(frontMatter)).toEqual({
      title: 'Neck and Spine Massage',
      language: 'en',
      updated: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      source: expect.stringMatching(/own edition of its owner's article/),
    });
  });

  test("headings > the original's, in its order", () => {
    expect(lines.filter((line) => line.startsWith('#'))).toEqual(outline);
  });

  test('paragraphs > one line each, as plain text', () => {
    for (const [index, line] of lines.entries()) {
      expect(line).not.toMatch(/[*_`[\]<>]|^\s|\s$|\s\s|^[-+>]|^\d+[.)]/);
      if (line !== '') expect(lines[index + 1] ?? '', line).toBe('');
    }
  });

  test('sentences > none begins with a word that leans on the sentence before it', () => {
    const leaning = written.filter(({ text }) => /^(?:this|these|it|they|that|such|those)\b/i.test(text));
    expect(leaning).toEqual([]);
  });

  test('sentences > each stands once, so that a quotation has one place', () => {
    const texts = written.map(({ text }) => text);
    expect(texts).toEqual([...new Set(texts)]);
  });
});

describe('the list of statements', () => {
  test("walked in order > gives exactly the edition's sentences under their headings", () => {
    const listed = statements.map(({ section, sentence }) => ({ section, text: sentence }));
    expect(listed.filter((entry, index) => entry.text !== listed[index - 1]?.text)).toEqual(written);
  });

  test('entries of one sentence > name the same section', () => {
    const homes = new Map(written.map(({ section, text }) => [text, section]));
    expect(statements.filter(({ section, sentence }) => homes.get(sentence) !== section)).toEqual([]);
  });

  test('every statement > is listed once, with a key phrase of its own', () => {
    const phrases = statements.map(({ original }) => original);
    expect(phrases).toEqual([...new Set(phrases)]);
  });
});

interface PlacedSentence {
  /** The nearest heading above, null before the first. */
  readonly section: string | null;
  readonly text: string;
}

function splitFrontMatter(text: string): { frontMatter: string; lines: string[] } {
  const [, frontMatter, body] = /^---\n(.*?)\n---\n\n(.*)\n$/s.exec(text) ?? [];
  if (frontMatter === undefined || body === undefined) throw new Error('the edition has no front matter');
  return { frontMatter, lines: body.split('\n') };
}

function sentencesOf(lines: readonly string[]): PlacedSentence[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  const found: PlacedSentence[] = [];
  let section: string | null = null;
  for (const line of lines) {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    else for (const { segment } of segmenter.segment(line)) found.push({ section, text: segment.trim() });
  }
  return found;
}
