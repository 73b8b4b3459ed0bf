import MiniSearch from 'minisearch';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../../src/domain.ts';
import { contentStems } from '../../src/language/stop-words.ts';
import { bm25Parameters, buildKeywordIndex, parseKeywordIndex } from '../../src/retrieval/keyword-index.ts';
import { buildPostings } from '../../src/retrieval/postings.ts';
import { wordnetCorpus } from '../bench/wordnet-corpus.ts';
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
    // A text is as long as it has different words: two, one, two, one.
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
    expect(read.serialise()).toEqual(index.serialise());
    expect(parseKeywordIndex(buildKeywordIndex([]).serialise(), 0).search('neck', 5)).toEqual([]);
  });

  it('search > a corpus of prose and the scores of MiniSearch, added up by word', () => {
    const { passages, questions } = wordnetCorpus(400, 60);
    const oracle = miniSearch(passages);
    const index = buildKeywordIndex(passages);
    let compared = 0;
    for (const query of [...questions, ...passages.slice(0, 20).map(({ text }) => text)]) {
      const expected = new Map(
        oracle.search(query).map(({ id, score, queryTerms }) => [Number(id), score / queryTerms.length]),
      );
      const matches = index.search(query, passages.length);
      expect(matches).toHaveLength(expected.size);
      const scores = matches.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((one, other) => other - one));
      const { scoreOf } = index.score(query);
      const differences = passages.map((_, ordinal) => Math.abs(scoreOf(ordinal) - (expected.get(ordinal) ?? 0)));
      expect(Math.max(...differences)).toBeLessThan(1e-9);
      compared += matches.length;
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it('score > a query after another and nothing of the one before is left', () => {
    index.score('neck stiff desk massage');
    expect(index.score('pillow').best(20)).toEqual(buildKeywordIndex(passages).search('pillow', 20));
    expect(index.score('zebra').best(20)).toEqual([]);
    expect(index.score('zebra').scoreOf(0)).toBe(0);
  });

  it('build > earlier postings of passages that changed, moved or went and the same bytes as without them', () => {
    const { passages: before } = wordnetCorpus(120, 0);
    const added = wordnetCorpus(30, 0, 2).passages;
    const after = [...added.slice(0, 10), ...before.slice(40).reverse(), ...added.slice(10), ...before.slice(0, 20)];
    const places = new Map(before.map(({ hash }, ordinal) => [hash, ordinal]));
    const ordinals = Int32Array.from(after, ({ hash }) => places.get(hash) ?? -1);
    expect(ordinals.filter((ordinal) => ordinal < 0)).toHaveLength(30);
    const updated = buildKeywordIndex(after, { postings: buildPostings(before), ordinals });
    expect(updated.serialise()).toEqual(buildKeywordIndex(after).serialise());
  });

  it('parse > anything but postings of so many passages and an error', () => {
    const whole = index.serialise();
    expect(() => parseKeywordIndex(whole.slice(), passages.length + 1)).toThrow('not those of 11 passages');
    for (const length of [0, 3, 20, 24, 100, 1000]) {
      expect(() => parseKeywordIndex(whole.slice(0, length), passages.length)).toThrow('the postings are damaged');
    }
    expect(() => parseKeywordIndex(new Uint8Array(500).fill(0xa7), passages.length)).toThrow('the header is another');
  });

  it('parse > any number in the lists is another and an error, or scores that are finite', () => {
    const whole = index.serialise();
    const words = new DataView(whole.buffer);
    const terms = words.getUint32(12, true);
    const lists = 6 + 2 * (terms + 1) + words.getUint32(16, true) + words.getUint32(20, true);
    let refused = 0;
    for (let word = 0; word < lists; word += 1) {
      for (const value of [0, words.getUint32(word * 4, true) + 1, 0xffff_ffff]) {
        if (value === words.getUint32(word * 4, true)) continue;
        const changed = whole.slice();
        new DataView(changed.buffer).setUint32(word * 4, value, true);
        try {
          const read = parseKeywordIndex(changed, passages.length);
          for (const { score } of read.search('neck massage visit pillow', 20)) expect(score).toBeGreaterThan(0);
        } catch (error) {
          expect(String(error)).toMatch(/the postings are damaged|not those of/);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(lists);
  });
});

/** MiniSearch with our words and parameters; it multiplies a sum by the number of words matched. */
function miniSearch(passages: readonly Passage[]): MiniSearch {
  const postings = new MiniSearch({
    fields: ['headings', 'text'],
    tokenize: contentStems,
    processTerm: (term) => term,
    searchOptions: { bm25: bm25Parameters, tokenize: (query) => [...new Set(contentStems(query))] },
  });
  postings.addAll(
    passages.map(({ headings, sentences }, id) => ({
      id,
      headings: headings.join('\n'),
      text: sentences.map(({ text }) => text).join('\n'),
    })),
  );
  return postings;
}
