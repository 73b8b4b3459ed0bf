import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CutSentence, createSentenceCutter } from '../../src/answering/cited-sentences.ts';

function cut(...chunks: readonly string[]): readonly CutSentence[] {
  const cutter = createSentenceCutter();
  return [...chunks.flatMap((chunk) => cutter.push(chunk)), ...cutter.end()];
}

const short = (sentences: readonly CutSentence[]) => sentences.map(({ text, citations }) => [text, citations.join()]);

describe('sentence cutter', () => {
  it.each<[string, string, readonly [string, string][]]>([
    [
      'marks after the full stop',
      'Oil is warm. [1] It glides. [2]',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
      ],
    ],
    [
      'marks before the full stop',
      'Oil is warm [1]. It glides [2].',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
      ],
    ],
    [
      'no space anywhere',
      'Oil is warm.[1]It glides.[2]',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
      ],
    ],
    [
      'several marks',
      'Oil is warm. [1][3] It glides. [1, 2; 4 and 5]',
      [
        ['Oil is warm.', '1,3'],
        ['It glides.', '1,2,4,5'],
      ],
    ],
    ['a range and a repetition', 'Oil is warm. [2-4] [3]', [['Oil is warm.', '2,3,4']]],
    [
      'other forms of marks',
      'Oil is warm. [^1] It glides. [passage 2] It heats. 【3】',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
        ['It heats.', '3'],
      ],
    ],
    ['a mark inside the sentence', 'Oil [1] is warm and glides. [2]', [['Oil is warm and glides.', '1,2']]],
    [
      'two sentences and one mark',
      'Oil is warm. It glides. [1]',
      [
        ['Oil is warm.', ''],
        ['It glides.', '1'],
      ],
    ],
    [
      'no mark',
      'Oil is warm. It glides.',
      [
        ['Oil is warm.', ''],
        ['It glides.', ''],
      ],
    ],
    ['no full stop', 'Oil is warm', [['Oil is warm', '']]],
    [
      'a mark on the next line',
      'Oil is warm.\n[1]\nIt glides.\n\n[2]',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
      ],
    ],
    [
      'marks in front of lines',
      '[1] Oil is warm.\n[2] It glides.',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
      ],
    ],
    [
      'a list',
      '- Oil is warm. [1]\n* It glides [2]\n1. It heats. [3]\n2) It rests.',
      [
        ['Oil is warm.', '1'],
        ['It glides', '2'],
        ['It heats.', '3'],
        ['It rests.', ''],
      ],
    ],
    [
      'a heading and a quotation',
      '## Oil\n> It is warm. [1]',
      [
        ['Oil', ''],
        ['It is warm.', '1'],
      ],
    ],
    [
      'emphasis and code',
      '**Oil** is *very* `warm`. [1] **It** _glides_ __far__. [2]',
      [
        ['Oil is very warm.', '1'],
        ['It glides far.', '2'],
      ],
    ],
    ['a code fence around it all', '```markdown\nOil is warm. [1]\n```', [['Oil is warm.', '1']]],
    [
      'links',
      'Oil is [warm](https://example.org). [1](#one) It glides.[2](#two)',
      [
        ['Oil is warm.', '1'],
        ['It glides.', '2'],
      ],
    ],
    [
      'brackets that are no mark',
      'Oil [sic] is warm [2020]. [1] It [glides',
      [
        ['Oil [sic] is warm [2020].', '1'],
        ['It [glides', ''],
      ],
    ],
    [
      'abbreviations and numbers',
      'Oils, e.g. almond, are 1.5 times as warm. [1] Dr. Sun agrees. [2]',
      [
        ['Oils, e.g. almond, are 1.5 times as warm.', '1'],
        ['Dr. Sun agrees.', '2'],
      ],
    ],
    [
      'quotation marks',
      'It is called “warm oil.” [1] "Is it?" [2] Yes. [3]',
      [
        ['It is called “warm oil.”', '1'],
        ['"Is it?"', '2'],
        ['Yes.', '3'],
      ],
    ],
    ['the token', 'NOT_IN_ARTICLE', [['NOT_IN_ARTICLE', '']]],
    ['marks alone', ' [1] [2]\n', []],
    ['nothing', ' \n ', []],
  ])('%s', (_, text, expected) => {
    expect(short(cut(text))).toEqual(expected);
  });

  it('push > a sentence comes as soon as what follows its citations begins', () => {
    const cutter = createSentenceCutter();
    expect(cutter.push('Oil is warm. [1')).toEqual([]);
    expect(cutter.push('] ')).toEqual([]);
    expect(cutter.push('It')).toEqual([{ text: 'Oil is warm.', citations: ['1'] }]);
    expect(cutter.end()).toEqual([{ text: 'It', citations: [] }]);
  });

  it('push > a text without end is let go in bounded pieces, no character cut in two', () => {
    const cutter = createSentenceCutter();
    for (const text of [
      'word '.repeat(13_000),
      'x'.repeat(65_000),
      '💆'.repeat(32_000),
      '[1] '.repeat(16_000),
      '('.repeat(65_000),
    ]) {
      const found = [...cutter.push(text), ...cutter.end()];
      expect(found.every(({ text }) => text.length <= 2_002 && text.isWellFormed())).toBe(true);
    }
  });

  it('push > any chunking of the same text and the same sentences', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          'Oil is warm',
          'It glides',
          'e.g. almond',
          '. ',
          '.',
          '! ',
          '? ',
          ' ',
          '\n',
          '\n\n',
          '\r\n',
          ': ',
          '…',
          '"',
          '”',
          ')',
        ],
        ...[
          '[1]',
          '[2, 3]',
          ' [1]',
          '[',
          ']',
          '【4】',
          '[1-',
          '[^',
          '[note]',
          '(#x)',
          '- ',
          '* ',
          '1. ',
          '# ',
          '> ',
          '**',
          '_',
          '`',
          '```',
          '```\n',
        ],
        ...['NOT_IN_ARTICLE', '💆', 'Ümläut', '\ud83d', 'x'.repeat(1_990), 'word '.repeat(390)],
      ),
      fc.string({ maxLength: 5 }),
    );
    const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(60), { maxLength: 40 }), (text, lengths) => {
        const chunks: string[] = [];
        let from = 0;
        for (const length of lengths) {
          chunks.push(text.slice(from, from + length));
          from += length;
        }
        chunks.push(text.slice(from));
        const whole = cut(text);
        expect(cut(...chunks)).toEqual(whole);
        expect(cut(...text.split(''))).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('push > sentences of plain words with citations come back as they went in', () => {
    const sentence = fc.record({
      text: fc
        .array(fc.constantFrom('oil', 'warm', 'Shiatsu', 'neck', 'and', 'the'), { minLength: 1, maxLength: 9 })
        .map((words) => `It is ${words.join(' ')}.`),
      citations: fc.uniqueArray(fc.integer({ min: 1, max: 99 }).map(String), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(sentence, { maxLength: 8 }),
        fc.constantFrom(' ', '\n', '\n\n', ''),
        (sentences, between) => {
          const text = sentences.map(({ text, citations }) => `${text} [${citations.join('][')}]`).join(between);
          expect(cut(text)).toEqual(sentences);
        },
      ),
    );
  });
});
