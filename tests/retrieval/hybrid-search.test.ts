import { beforeAll, describe, expect, it } from 'vitest';
import { type AskOver, askOver } from '../conversation/ask-over.ts';

const articles = {
  'kettles.md': `# Kettles

## Descaling

Vinegar dissolves the limescale that hard water leaves in a kettle. The vinegar is rinsed out with cold water afterwards.

## Storing

A kettle is kept dry in a cupboard with its lid open, so that the steel does not rust.

## Switching off

An electric kettle switches itself off when the steam reaches its thermostat.
`,
};
let nape: AskOver;

beforeAll(async () => {
  nape = await askOver(articles);
});

const search = async (query: string) => nape.search.search(nape.index, query);

describe('hybrid search', () => {
  it('other words for the same thing > the right passage first', async () => {
    const { passages } = await search('corrosion of metal');
    expect(passages[0]?.passage.section).toBe('storing');
  });

  it.each(['vinegra', 'limescal', 'termostat', 'thermotsat', 'cuboard'])(
    '%s > is mended at edit distance 1',
    async (word) => {
      const { terms, passages } = await search(word);
      expect(terms).toMatchObject([{ word, mentioned: true, closest: 1 }]);
      expect(passages[0]?.keywordScore).toBeGreaterThan(0);
    },
  );

  it('a word that the article never has > is not mentioned, and how near it comes is told', async () => {
    const { terms } = await search('vinegar parliament');
    expect(terms.map(({ word, mentioned }) => [word, mentioned])).toEqual([
      ['vinegar', true],
      ['parliament', false],
    ]);
    expect(terms[1]?.closest).toBeLessThan(0.6);
  });

  it('a word that only the thesaurus has > is known, and is not taken for a misspelt one', async () => {
    const { terms } = await search('drier kettle qwertz');
    expect(terms.map(({ word, known }) => [word, known])).toEqual([
      ['drier', true],
      ['kettle', true],
      ['qwertz', false],
    ]);
    expect((await search('rustier')).terms).toMatchObject([{ word: 'rustier', mentioned: false, closest: 0 }]);
    expect((await search('drier')).terms).toMatchObject([{ word: 'drier', mentioned: false, closest: 0.95 }]);
  });

  it('a question about the article > more evidence than one about something else', async () => {
    const inside = await search('how does vinegar remove limescale from a kettle');
    const outside = await search('who won the football match last night');
    expect(inside.evidence).toBeGreaterThan(0.98);
    expect(outside.evidence).toBeLessThan(0.9);
    expect(inside.strength).toBeGreaterThan(outside.strength);
  });

  it('nothing to look for > no evidence', async () => {
    expect((await search('of the and')).evidence).toBe(0);
    expect((await search('xqzzt')).passages).toEqual([]);
  });

  it('mentions > a phrase when every word of it is there in some form', () => {
    expect(nape.search.mentions(nape.index, 'dry kettles')).toBe(true);
    expect(nape.search.mentions(nape.index, 'dry teapots')).toBe(false);
  });

  it('the same query twice > the same result', async () => {
    expect(await search('keep it from rusting')).toEqual(await search('keep it from rusting'));
  });
});
