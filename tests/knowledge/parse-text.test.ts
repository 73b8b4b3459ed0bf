import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { splitPassages } from '../../src/knowledge/split-passages.ts';
import { documentOf, headingsOf, outlineOf } from './outline-of.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/articles/${name}`, import.meta.url), 'utf8');
const text = (...parts: string[]) => documentOf('article.txt', parts.join('\n\n'));
const prose = 'The neck is made for movement. It tires when it is still.';

const deskHeadings = [
  '(introduction)',
  'What Sitting Does: Hours In One Position',
  '  Shoulders And Arms',
  '  Lower Back',
  'Small Remedies for Every Day',
  '  Stand Up Often',
  '  Look Into The Distance',
  '  Breathe Out Slowly',
  'How to keep it up',
];

describe('parseText on a messy file', () => {
  const desk = fixture('desk-posture.txt');

  test('numbered headings nest under the unnumbered one above', () => {
    expect(headingsOf(documentOf('desk-posture.txt', desk))).toEqual(deskHeadings);
  });

  test.each([
    ['Windows line ends', desk.replaceAll('\n', '\r\n')],
    ['old Mac line ends', desk.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${desk}`],
    ['white space on blank lines and at line ends', desk.replace(/\n/g, ' \t\n')],
    ['no-break spaces in headings', desk.replace('2.  Lower Back', '2.\u00a0 Lower\u00a0Back')],
    ['no blank lines at all but unwrapped paragraphs', desk.replace(/^(\d[.)].*)\n\n/gm, '$1\n')],
  ])('%s > same headings', (_, source) => {
    expect(headingsOf(documentOf('desk-posture.txt', source))).toEqual(deskHeadings);
  });

  test('captions are in no paragraph and no passage', () => {
    const document = documentOf('desk-posture.txt', desk);
    const read = JSON.stringify([document.sections, splitPassages(document)]);
    expect(read).not.toContain('office chair');
    expect(read).not.toContain('Figure 3');
    expect(read).toContain('window rule');
  });

  test('lists are items, numbered or not, and wrapped items stay whole', () => {
    const outline = outlineOf(documentOf('desk-posture.txt', desk));
    expect(outline).toContain('* out through the mouth, twice as long');
    expect(outline).toContain('* Tie it to something you do anyway.');
    expect(outline.at(-1)).toBe('- After a month the habit carries itself, and a second one can be added');
  });

  test('an article with a title, capitals, roman and decimal numbers', () => {
    const document = documentOf('evening-bath.txt', fixture('evening-bath.txt'));
    expect(document.title).toBe('The Evening Bath');
    expect(outlineOf(document)).toEqual([
      '(introduction)',
      '- A bath before bed is an old remedy. | It warms, it slows the breath, and it marks the end of the day. | The hours after it belong to sleep.',
      'PREPARING THE ROOM',
      '  Light And Sound',
      '- Dim light tells the body that the day is over. | A candle is enough.',
      '  The Water',
      '    Temperature',
      '- Between 36 and 38 degrees is pleasant for most people. | Hotter water wakes more than it calms.',
      '    Additives',
      '- Salt, oat or a handful of dried lavender can be added:',
      '* Lavender',
      '* Oat flakes',
      '* Coarse salt',
      'AFTER THE BATH',
      '- Wrap yourself up and stay warm. | What comes next is quiet: no screen, no errand, no news.',
    ]);
  });
});

describe('parseText headings', () => {
  test.each([
    [
      'only numbered ones are outermost',
      [prose, '1. Neck', prose, '2. Spine', prose],
      ['(introduction)', 'Neck', 'Spine'],
    ],
    [
      '1.1 is inside 1',
      ['1. Neck', prose, '1.1 Muscles', prose, '1.2 Discs', prose, '2. Spine', prose],
      ['Neck', '  Muscles', '  Discs', 'Spine'],
    ],
    ['a parent without text', ['1. Neck', '1.1 Muscles', prose, '2. Spine', prose], ['Neck', '  Muscles', 'Spine']],
    [
      'a numbered one without text in a running series',
      ['1. Neck', prose, '2. Spine', '3. Back', prose],
      ['Neck', 'Spine', 'Back'],
    ],
    ['letters', [prose, 'A. Neck Muscles', prose, 'B. Spine', prose], ['(introduction)', 'Neck Muscles', 'Spine']],
    ['letters as far as I', [prose, 'H. Neck', prose, 'I. Spine', prose], ['(introduction)', 'Neck', 'Spine']],
    ['brackets', [prose, '(1) Neck', prose, '2) Spine', prose], ['(introduction)', 'Neck', 'Spine']],
    [
      'questions',
      [prose, '1. What is Shiatsu?', prose, 'Why Does It Help?', prose],
      ['(introduction)', 'What is Shiatsu?', 'Why Does It Help?'],
    ],
    ['dashes below', [prose, `Neck\n----\n${prose}`, `Spine\n----\n\n${prose}`], ['(introduction)', 'Neck', 'Spine']],
    [
      'unnumbered inside numbers that run on',
      ['1. Anatomy', prose, 'Neck Muscles', prose, 'Discs', prose, '2. Benefits', prose],
      ['Anatomy', '  Neck Muscles', '  Discs', 'Benefits'],
    ],
    ['no blank line below numbers', [`1. Shiatsu\n${prose}\n2. Thai Massage\n${prose}`], ['Shiatsu', 'Thai Massage']],
    ['no blank line above a number', [`${prose}\n1. Shiatsu`, prose], ['(introduction)', 'Shiatsu']],
    [
      'a run-in title',
      [prose, `Neck Dynamics\nThe neck is often prone to tension and stiffness, and it\ntires.`],
      ['(introduction)', 'Neck Dynamics'],
    ],
    ['Markdown marks', [prose, '## Neck', prose, '### Discs', prose], ['(introduction)', 'Neck', '  Discs']],
    ['other scripts', [prose, '1. Шея и спина', prose, '2. 首', prose], ['(introduction)', 'Шея и спина', '首']],
  ])('%s', (_, parts, expected) => {
    expect(headingsOf(text(...parts))).toEqual(expected);
  });

  test.each([
    ['a numbered list of short lines', [prose, '1. Drink water\n2. Rest well\n3. Stretch']],
    ['a numbered list with blank lines', [prose, '1. Drink water', '2. Rest well', prose]],
    ['numbered sentences', [prose, '1. Drink water.', prose, '2. Rest well.', prose]],
    ['a wrapped item', [prose, '1. Drink a glass of water before\nthe session starts\n2. Rest well']],
    ['bullets', [prose, '- Drink Water', '• Rest Well', prose]],
    ['a wrapped line that starts with a number', [`${prose} They met when he was\n40. Then they moved.`]],
    ['a wrapped paragraph', ['The neck consists of muscles\nsuch as the trapezius, and each of\nthem can tire.']],
    ['a paragraph of one short sentence', [prose, 'Rest is best.', prose]],
    ['a quotation', [prose, '“Relax And Breathe”', prose]],
    ['a lead-in to a list', [prose, 'You Will Need:', '- oil', '- towels']],
    ['a rule', [prose, '* * *', prose, '---', prose]],
    ['the last line', [prose, 'Sleep Well']],
    ['a name with an initial', [prose, 'A. Winter has written about this for many years.', prose]],
  ])('%s > no heading', (_, parts) => {
    expect(headingsOf(text(...parts))).toEqual(['(introduction)']);
  });

  test('a lower-case line after an unfinished sentence is text, not a caption', () => {
    expect(
      outlineOf(
        text('The neck, as everybody knows who has ever sat at a desk all day, is often', 'prone to tension', prose),
      )[2],
    ).toBe('- prone to tension');
  });

  test('a short line in sentence case right above a heading is a caption', () => {
    expect(headingsOf(text(prose, 'Neck massage', 'The Healing Power', prose))).toEqual([
      '(introduction)',
      'The Healing Power',
    ]);
  });
});

describe('parseText title', () => {
  test.each([
    ['a short first line', ['Neck Care', prose, 'Benefits', prose], 'Neck Care', ['(introduction)', 'Benefits']],
    ['an underlined first line', [`Neck Care\n=========`, prose], 'Neck Care', ['(introduction)']],
    [
      'a first line over numbered sections alone',
      ['Neck Care', prose, '1. Rest', prose],
      'Neck Care',
      ['(introduction)', 'Rest'],
    ],
    [
      'a first section among others',
      ['Anatomy', prose, '1. Neck', prose, 'Benefits', prose],
      'Article',
      ['Anatomy', '  Neck', 'Benefits'],
    ],
    ['a paragraph first', [prose, 'Benefits', prose], 'Article', ['(introduction)', 'Benefits']],
    ['a numbered line first', ['1. Neck', prose], 'Article', ['Neck']],
  ])('%s', (_, parts, title, headings) => {
    const document = text(...parts);
    expect(document.title).toBe(title);
    expect(headingsOf(document)).toEqual(headings);
  });
});
