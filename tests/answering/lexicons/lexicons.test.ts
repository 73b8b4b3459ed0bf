import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadLexicons } from '../../../src/answering/lexicons/load-lexicons.ts';
import { parseLexicon, readLexicon } from '../../../src/answering/lexicons/read-lexicon.ts';
import { createTermSet } from '../../../src/answering/lexicons/term-set.ts';
import { createWordRelations } from '../../../src/answering/lexicons/word-relations.ts';
import { stem } from '../../../src/language/tokens.ts';

const lexicons = await loadLexicons();
const folder = new URL('../../../lexicons/', import.meta.url);

function tokens(text: string) {
  return text.split(' ').map((written) => ({ written, stem: stem(written) }));
}

describe('lexicon files', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt') && !name.startsWith('LICENSE'));

  it.each(files)('%s > names its source in the first line', (name) => {
    expect(readFileSync(new URL(name, folder), 'utf8')).toMatch(/^# Source: \S/u);
  });

  it('a file that is missing > is named in the error', async () => {
    await expect(readLexicon('no-such-lexicon.txt')).rejects.toThrow(/no-such-lexicon\.txt cannot be read/u);
  });

  it('parseLexicon > groups lines and leaves comments out', () => {
    expect([...parseLexicon('# note\none\n\n[more]\ntwo\n three \n')]).toEqual([
      ['', ['one']],
      ['more', ['two', 'three']],
    ]);
  });
});

describe('createTermSet', () => {
  const terms = createTermSet(['side effect', 'effect', '=risk', 'oedema'], lexicons.normalise);

  it('find > takes the longest term at each place, in any form', () => {
    expect(terms.find(tokens('side effects and effects')).map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [3, 4],
    ]);
  });

  it('an exact entry > is found in that form only', () => {
    expect(terms.find(tokens('risk'))).toHaveLength(1);
    expect(terms.find(tokens('risks'))).toEqual([]);
  });

  it('an entry in British spelling > is found by its American stem', () => {
    expect(terms.find(tokens('edema'))).toHaveLength(1);
  });
});

describe('normalise', () => {
  it.each([
    ['mobilise', 'mobilize'],
    ['exercise', 'exercise'],
    ['fibre', 'fiber'],
    ['held', 'hold'],
    ['vertebrae', 'vertebra'],
    ['massage', 'massage'],
  ])('%s > becomes %s', (word, expected) => {
    expect(lexicons.normalise(word)).toEqual([expected]);
  });

  it('a word that is written as one or two > becomes two', () => {
    expect(lexicons.normalise('wellbeing')).toEqual(['well', 'being']);
  });
});

describe('createWordRelations', () => {
  const text = '# head\nflow|stream|fluid|motion|\nfluid|||substanc|\nhot|warm|heat||cold\nwarm|hot||temper|cool\n';
  const relations = createWordRelations(text, parseLexicon('flow, blood circulation\n'));

  it('supportedBy > weighs itself, synonyms, derivations, two steps and hypernyms', () => {
    expect(Object.fromEntries(relations.supportedBy('flow'))).toEqual({
      flow: 1,
      stream: 0.9,
      fluid: 0.9,
      blood_circul: 0.9,
      motion: 0.7,
    });
    expect(relations.supportedBy('hot').get('warm')).toBe(0.9);
  });

  it('a hypernym > supports the wider word and not the narrower one', () => {
    expect(relations.supportedBy('motion').get('flow')).toBeUndefined();
  });

  it('strictlySupportedBy > has no synonyms', () => {
    expect(relations.strictlySupportedBy('flow').has('stream')).toBe(false);
    expect(relations.strictlySupportedBy('flow').get('fluid')).toBe(0.9);
  });

  it('antonyms and unknown words > are as written, and none', () => {
    expect([...relations.antonyms('hot')]).toEqual(['cold']);
    expect([...relations.supportedBy('unheard')]).toEqual([['unheard', 1]]);
  });

  it('the shipped file > relates words of everyday text', () => {
    expect(lexicons.relations.supportedBy(stem('alleviate')).get(stem('relieve'))).toBe(0.9);
    expect(lexicons.relations.supportedBy(stem('relax')).get(stem('relaxation'))).toBeGreaterThanOrEqual(0.9);
    expect(lexicons.relations.antonyms(stem('increase'))).toContain(stem('decrease'));
  });
});
