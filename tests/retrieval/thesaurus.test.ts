import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { stemmed } from '../../src/language/tokens.ts';
import { loadStaticWeights } from '../../src/models/static-weights.ts';
import { createTermVectors, type TermVectors } from '../../src/models/term-vectors.ts';
import { createWordMatcher } from '../../src/models/word-matcher.ts';
import { createLateInteraction } from '../../src/retrieval/late-interaction.ts';
import { type QueryPart, queryParts } from '../../src/retrieval/query-parts.ts';
import { loadThesaurus, parseThesaurus } from '../../src/retrieval/thesaurus.ts';
import { loadWordRelations, parseWordRelations } from '../../src/retrieval/word-relations.ts';
import { corpusOf } from './corpus.ts';

const shipped = fileURLToPath(new URL('../../lexicons/everyday-words.txt', import.meta.url));
const thesaurus = parseThesaurus(`# tools
kettle, tea boiler   # one thing
mindful, here and now, in the moment
moment, instant
`);
const relations = parseWordRelations(
  '# stem|synonyms|derivations|wider|antonyms\nsparrow|||bird|\npail|bucket|||\nwater||water|liquid|dry\n',
);
let terms: TermVectors;
let partsOf: (query: string) => readonly QueryPart[];

beforeAll(async () => {
  terms = createTermVectors(
    await loadStaticWeights(fileURLToPath(new URL('../../models/static-stems', import.meta.url))),
  );
  const matcher = createWordMatcher({ corpusWords: ['kettle'], vocabulary: terms.stems });
  partsOf = (query) => queryParts({ terms, thesaurus, matcher }, query);
});

describe('thesaurus', () => {
  it('members in any form, phrases too > their group and their place', () => {
    expect(thesaurus.mentions(stemmed('two tea boilers and a kettle'))).toEqual([
      { group: 0, from: 1, to: 2 },
      { group: 0, from: 5, to: 5 },
    ]);
  });

  it('part of a phrase > nothing', () => {
    expect(thesaurus.mentions(stemmed('tea for two, here and there'))).toEqual([]);
  });

  it('a file without a group or no file > says what to do', async () => {
    await expect(loadThesaurus('/nowhere/words.txt')).rejects.toThrow('/nowhere/words.txt cannot be read. Restore');
    await expect(loadThesaurus('/dev/null')).rejects.toThrow('holds no group');
  });

  it('the shipped one > no member twice in a group, no group of one', () => {
    const lines = readFileSync(shipped, 'utf8').split('\n');
    for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
      const members = line.split(',').map((member) => member.trim());
      expect(members.length, line).toBeGreaterThan(1);
      expect(new Set(members).size, line).toBe(members.length);
      expect(members, line).not.toContain('');
    }
  });
});

describe('word relations', () => {
  it.each([
    ['sparrow', 'bird', true],
    ['bird', 'sparrow', true],
    ['pail', 'bucket', true],
    ['water', 'dry', false],
    ['sparrow', 'pail', false],
    ['', '', false],
  ])('%s and %s > kin: %s', (left, right, expected) => {
    expect(relations.kinOf(left).has(right) || relations.kinOf(right).has(left)).toBe(expected);
  });

  it('no file > says what to do', async () => {
    await expect(loadWordRelations('/nowhere/relations.txt')).rejects.toThrow('relations.txt cannot be read. Restore');
  });
});

describe('query parts', () => {
  it('a word within a phrase > belongs to the group of the phrase alone', () => {
    const [part] = partsOf('in the moment');
    expect(part).toMatchObject({ word: 'moment', groups: new Set([1]) });
    expect(partsOf('an instant')[0]?.groups).toEqual(new Set([2]));
  });

  it('a phrase of small words alone > is a part of its own', () => {
    expect(partsOf('be here and now').map(({ word, stem }) => [word, stem])).toEqual([['here and now', null]]);
  });

  it('a word typed twice or wrong > one part, mended', () => {
    expect(partsOf('ketle kettle').map(({ word, stem, groups }) => [word, stem, groups])).toEqual([
      ['ketle', 'kettl', new Set([0])],
    ]);
  });

  it('small words alone > no part', () => {
    expect(partsOf('is it the one')).toEqual([]);
  });
});

describe('late interaction', () => {
  const { passages } = corpusOf({
    kettles: { Boiling: ['A kettle boils water while its lid stays on.'] },
    boats: { Rowing: ['An oar moves a boat over the water.'] },
  });

  it('another word of a group > nearly as good as the word, in the text and in the heading', () => {
    const interaction = createLateInteraction(terms, thesaurus, relations);
    const { overlaps, closest } = interaction(partsOf('tea boiler'), passages);
    expect(closest).toEqual([0.95, 0.95]);
    expect(overlaps[0]).toBeGreaterThan(overlaps[1] ?? 0);
  });

  it('a word that every passage has > counts less than one that a single passage has', () => {
    const interaction = createLateInteraction(terms, thesaurus, relations);
    const { overlaps, support } = interaction(partsOf('water lid'), passages);
    expect(overlaps[0]).toBeCloseTo(1);
    expect(overlaps[1]).toBeLessThan(0.5);
    expect(support).toBeGreaterThan(0.8);
    expect(interaction(partsOf('lid'), passages).support, 'one word is less evidence than two').toBeLessThan(support);
  });

  it('a question known to lead to a passage > the passage is called by it, what the passages say stays', () => {
    const interaction = createLateInteraction(terms, thesaurus, relations);
    const asked = partsOf('who holds the paddle');
    const plain = interaction(asked, passages);
    const known = interaction(asked, passages, ({ section }) => (section === 'rowing' ? ['holding a paddle'] : []));
    expect(plain.questionLikenesses).toEqual([0, 0]);
    expect(known.questionLikenesses[1]).toBeCloseTo(1);
    expect({ ...known, questionLikenesses: [0, 0] }).toEqual(plain);
  });

  it('a known question that asks for more, or for less > less alike than one that asks for the same', () => {
    const interaction = createLateInteraction(terms, thesaurus, relations);
    const likenessOf = (asked: string, known: string) =>
      interaction(partsOf(asked), passages, () => [known]).questionLikenesses[0] ?? 0;
    const same = likenessOf('kettle lid', 'lid of a kettle');
    expect(same).toBeCloseTo(1);
    expect(likenessOf('kettle lid', 'lid of a kettle in a boat at sea')).toBeLessThan(same);
    expect(likenessOf('kettle lid boat sea', 'lid of a kettle')).toBeLessThan(same);
    expect(likenessOf('kettle', 'tea boiler'), 'another word of the group').toBeCloseTo(0.95);
    expect(likenessOf('kettle', 'of the')).toBe(0);
  });

  it('a word that the dictionary relates to one of theirs > more support, the same order and nearness', () => {
    const kin = createLateInteraction(terms, thesaurus, parseWordRelations('xyzzi|||boat|\n'));
    const strangers = createLateInteraction(terms, thesaurus, parseWordRelations(''));
    const asked = [{ word: 'xyzzi', stem: 'xyzzi', weight: 1, groups: new Set<number>() }];
    const [related, unrelated] = [kin(asked, passages), strangers(asked, passages)];
    expect(related.support).toBeGreaterThan(unrelated.support);
    expect({ ...related, support: 0 }).toEqual({ ...unrelated, support: 0 });
  });

  it('nothing asked or nothing to compare > nothing found, and as good as no evidence', () => {
    const interaction = createLateInteraction(terms, thesaurus, relations);
    expect(interaction([], passages.slice(0, 1))).toEqual({
      overlaps: [0],
      headingOverlaps: [0],
      questionLikenesses: [0],
      support: 0.5,
      closest: [],
    });
    expect(interaction(partsOf('kettle'), [])).toMatchObject({ overlaps: [], closest: [0] });
  });
});
