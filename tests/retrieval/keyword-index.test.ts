import { describe, expect, it } from 'vitest';
import { bm25Parameters, buildKeywordIndex, parseKeywordIndex } from '../../src/retrieval/keyword-index.ts';
import { corpusOf, smallCorpus } from './corpus.ts';

const { passages } = smallCorpus;
const index = buildKeywordIndex(passages);
const found = (query: string, count = 10) => index.search(query, count).map(({ ordinal }) => passages[ordinal]?.text);

describe('keyword index', () => {
  it('search > a rare word and only the passage that has it', () => {
    expect(found('shiatsu')).toEqual(['Shiatsu is a Japanese practice of pressing with the thumbs.']);
  });

  it('search > another inflection and the same stem', () => {
    expect(found('arriving early')[0]).toBe('Arrive ten minutes early and drink some water.');
    expect(found('vertebra OR pillows')).toContain('Feather pillows lose height.');
  });

  it('search > a word of a heading and every passage under it', () => {
    expect(found('visit')).toHaveLength(2);
  });

  it('search > only stop words, nothing, or unknown words and no match', () => {
    for (const query of ['what is it about', '', '  ', 'zebra', '__proto__', 'constructor'])
      expect(found(query)).toEqual([]);
  });

  it('search > half a word or a misspelt one and no match', () => {
    expect(found('shiat')).toEqual([]);
    expect(found('shiatzu')).toEqual([]);
  });

  it('search > a limit and the best so many', () => {
    expect(found('neck muscle desk', 1)).toEqual(['Long hours at a desk leave the muscles of the neck stiff.']);
    expect(found('neck', 0)).toEqual([]);
  });

  it('search > equal passages and the order of the article', () => {
    const twins = corpusOf({ twins: { One: ['warm oil', 'cold oil', 'warm oil', 'cold oil'] } });
    const matches = buildKeywordIndex(twins.passages).search('warm', 5);
    expect(matches.map(({ ordinal }) => ordinal)).toEqual([0, 2]);
    expect(matches[0]?.score).toBe(matches[1]?.score);
  });

  it('search > the score is BM25+ as published, however many words match or are repeated', () => {
    const { passages: four } = corpusOf({ four: { '-': ['oil oil water', 'oil', 'water towel', 'towel'] } });
    const { k, b, d } = bm25Parameters;
    // MiniSearch measures a text by its different words: two, one, two, one.
    const lengths = [2, 1, 2, 1];
    const averageLength = 1.5;
    const idf = Math.log(1 + (4 - 2 + 0.5) / (2 + 0.5));
    const term = (frequency: number, length: number) =>
      idf * (d + (frequency * (k + 1)) / (frequency + k * (1 - b + (b * length) / averageLength)));
    const [first, second] = buildKeywordIndex(four).search('oil water oil', 4);
    expect(first?.ordinal).toBe(0);
    expect(first?.score).toBeCloseTo(term(2, lengths[0]!) + term(1, lengths[0]!), 10);
    expect(second?.ordinal).toBe(1);
    expect(second?.score).toBeCloseTo(term(1, lengths[1]!), 10);
  });

  it('serialise > read again and the same answers', () => {
    const read = parseKeywordIndex(index.serialise(), passages.length);
    for (const query of ['shiatsu', 'neck stiff desk', 'pillow', 'massage visit']) {
      expect(read.search(query, 10)).toEqual(index.search(query, 10));
    }
    expect(read.serialise()).toBe(index.serialise());
    expect(parseKeywordIndex(buildKeywordIndex([]).serialise(), 0).search('neck', 5)).toEqual([]);
  });

  it('parse > anything but postings of so many passages and an error', () => {
    const whole = JSON.parse(index.serialise());
    const wrong: unknown[] = [
      null,
      [],
      {},
      'postings',
      { ...whole, documentCount: 11 },
      { ...whole, documentIds: { ...whole.documentIds, 0: 5 } },
      { ...whole, fieldIds: { headings: 1, text: 0 } },
      { ...whole, fieldLength: {} },
      { ...whole, index: [['neck', { 7: { 0: 1 } }]] },
      { ...whole, index: [['neck', { 1: { 99: 1 } }]] },
      { ...whole, index: [['neck', { 1: { 0: 'many' } }]] },
      { ...whole, averageFieldLength: [] },
      { ...whole, serializationVersion: 1 },
      { ...whole, extra: true },
    ];
    for (const value of wrong) expect(() => parseKeywordIndex(JSON.stringify(value), passages.length)).toThrow();
    expect(() => parseKeywordIndex(index.serialise(), passages.length + 1)).toThrow('not those of 11 passages');
    expect(() => parseKeywordIndex('{', passages.length)).toThrow();
  });
});
