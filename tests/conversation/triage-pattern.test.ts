import { describe, expect, it } from 'vitest';
import { createFindPatterns } from '../../src/conversation/triage/find-patterns.ts';
import { readLexicon } from '../../src/conversation/triage/lexicon.ts';
import { readPattern } from '../../src/conversation/triage/pattern.ts';

const concepts = new Map([['part', ['neck', 'lower back', 'shoulder*']]]);

function matches(pattern: string, text: string, after = 0): boolean {
  const finder = createFindPatterns([{ kind: 'any', patterns: [readPattern(pattern, concepts)] }]);
  return finder.first(text.split(' '), after) !== null;
}

describe('readPattern', () => {
  it.each([
    ['hurt', 'it hurt me', true],
    ['hurt', 'it hurts', false],
    ['hurt*', 'it hurts', true],
    ['(my|the) <part>', 'it is my lower back', true],
    ['my <part>', 'my back', false],
    ['my <part>', 'my shoulders', true],
    ['cannot (really)? move', 'i cannot move', true],
    ['cannot (really)? move', 'i cannot really move', true],
    ['ends (now)?', 'it ends', true],
    ['want .. die', 'i want so much to die', true],
    ['want .. die', 'i want so very much to die', false],
    ['want ... die', 'i want so very much to die', true],
    ['want .. die', 'i want . die', false],
    ['fever & stiff', 'stiff and a fever', true],
    ['fever & stiff', 'a fever', false],
    ['fever ! dance', 'dance fever', false],
    ['{1-17} years', '12 years', true],
    ['{1-17} years', '18 years', false],
  ])('%s over "%s" > %s', (pattern, text, found) => {
    expect(matches(pattern, text)).toBe(found);
  });

  it('a match that ends before the question begins > does not count', () => {
    expect(matches('my neck', 'my neck and then', 2)).toBe(false);
    expect(matches('my .. then', 'my neck and then', 2)).toBe(true);
  });

  it.each([
    ['<nothing>', 'there is no list <nothing>'],
    ['(a|b', 'a bracket is not closed'],
    ['a) b', 'a bracket closes that was not opened'],
    ['ab*', 'needs 3 letters'],
    ['(maybe)?', 'matches no words at all'],
    ['a-b', 'is no word, list or gap'],
  ])('%s > is told with the reason', (pattern, reason) => {
    expect(() => readPattern(pattern, concepts)).toThrow(RangeError);
    expect(() => readPattern(pattern, concepts)).toThrow(reason);
  });

  it('a list that refers to itself > is told', () => {
    expect(() =>
      readPattern(
        '<a>',
        new Map([
          ['a', ['<b>']],
          ['b', ['<a>']],
        ]),
      ),
    ).toThrow('refers to itself');
  });
});

describe('readLexicon', () => {
  it('a concept of one language > is not seen by another', () => {
    const files = [
      { name: 'concepts.en.txt', text: '[x]\nfoo' },
      { name: 'crisis.de.txt', text: '<x>' },
    ];
    expect(() => readLexicon(files)).toThrow('there is no list <x>');
  });

  it('respellings > stand for one or more words, and a line without a target is told', () => {
    const { spelling } = readLexicon([{ name: 'respellings.en.txt', text: 'wanna = want to # slang' }]);
    expect(spelling.correct('wanna')).toEqual(['want', 'to']);
    expect(() => readLexicon([{ name: 'respellings.en.txt', text: 'wanna' }])).toThrow('cannot be read');
  });

  it('slips of the finger > are set right towards the lists, but not words that mean something else', () => {
    const { spelling } = readLexicon([
      { name: 'crisis.en.txt', text: 'suicide' },
      { name: 'symptom.en.txt', text: 'stroked' },
      { name: 'not-typos.en.txt', text: 'stoked' },
    ]);
    expect(['suicde', 'siucide', 'suicidee', 'suecide'].flatMap(spelling.correct)).toEqual(Array(4).fill('suicide'));
    expect(spelling.correct('stoked')).toEqual(['stoked']);
    expect(spelling.correct('suburb')).toEqual(['suburb']);
  });
});
