import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixedWords } from '../../src/conversation/replies.ts';
import { NapeError } from '../../src/errors.ts';
import { parseAcknowledgedClaims, parseClaimExceptions, parseClaimLexicon } from '../../src/knowledge/claim-lexicon.ts';
import { createClaimLint, withoutQuotations } from '../../src/knowledge/claim-lint.ts';
import { root } from '../repository/source-files.ts';

const read = (path: string) => readFileSync(new URL(path, `file://${root}/`), 'utf8');
const lexicon = parseClaimLexicon('claims.yaml', read('lexicons/claims.yaml'));
const exceptions = parseClaimExceptions('claim-exceptions.yaml', read('lexicons/claim-exceptions.yaml'));
const acknowledged = parseAcknowledgedClaims('acknowledged-claims.yaml', read('knowledge/acknowledged-claims.yaml'));
const lint = createClaimLint({ lexicon, exceptions, acknowledged });

describe('own words', () => {
  it.each([
    ['Massage cures everything.', 'cures', 'benefit'],
    ['It is SAFE for you.', 'SAFE', 'assurance'],
    ['This is clinically tested.', 'clinically', 'assurance'],
    ['That is likely nothing.', 'likely', 'likelihood'],
    ['Ask your doctor.', 'doctor', 'profession'],
    ['It is good with arthritis.', 'arthritis', 'condition'],
    ['Take ibuprofen.', 'ibuprofen', 'condition'],
  ])('%s > is found', (text, word, kind) => {
    expect(lint.own('answer', text)).toContainEqual(expect.objectContaining({ word, kind, where: 'answer' }));
  });

  it('parts of words > are no claims', () => {
    expect(lint.own('answer', 'The unsafety of obtreatment and likelyhood.')).toEqual([]);
  });

  it('words between quotation marks > are the article’s and pass', () => {
    expect(lint.own('answer', 'The article says: “Massage relieves discomfort.”')).toEqual([]);
    expect(lint.own('answer', 'It relieves. The article says: “It relieves.”').map(({ word }) => word)).toEqual([
      'relieves',
    ]);
  });

  it('a quotation that is never closed > hides nothing', () => {
    expect(lint.own('answer', 'The article says: “Hello. It cures all.').map(({ word }) => word)).toEqual(['cures']);
  });

  it('an exception > passes where it is meant, and nowhere else', () => {
    const allowing = createClaimLint({
      lexicon,
      exceptions: [{ word: 'safe', where: 'prompts', within: 'never say', reason: 'A prompt has to name it.' }],
      acknowledged: [],
    });
    expect(allowing.own('prompts', 'You never say that it is safe.')).toEqual([]);
    expect(allowing.own('prompts', 'It is safe.')).toHaveLength(1);
    expect(allowing.own('answer', 'You never say that it is safe.')).toHaveLength(1);
  });

  it('the fixed words > claim nothing', () => {
    const { redirects, plain, disclosure, articleLanguage, missing } = fixedWords.en;
    const texts = [...Object.values(redirects), ...Object.values(plain), disclosure, articleLanguage];
    for (const text of [...texts, ...Object.values(missing)]) expect(lint.own('fixed.en', text)).toEqual([]);
  });

  it('a finding on the third line > tells the line', () => {
    expect(lint.own('prompts', 'One.\n\nIt heals.')).toEqual([
      { where: 'prompts', line: 3, word: 'heals', kind: 'benefit', sentence: 'It heals.' },
    ]);
  });
});

describe('articles', () => {
  it('the shipped article > claims only what its owner has acknowledged with a reason', () => {
    const file = 'neck-and-spine-massage.md';
    const claims = lint.article({ file, source: read(`knowledge/${file}`), language: 'en' });
    expect(claims.length).toBeGreaterThan(5);
    expect(claims.filter(({ reason }) => reason === null)).toEqual([]);
    expect(acknowledged.filter(({ sentence }) => !claims.some((claim) => claim.sentence === sentence))).toEqual([]);
  });

  it('another article > has each pairing of a condition with a benefit told by its line', () => {
    const source = '# Rest\n\nRest is pleasant.\n\nRest cures\nmigraine. Arthritis is a word.';
    expect(lint.article({ file: 'rest.md', source, language: 'en' })).toEqual([
      {
        file: 'rest.md',
        line: 5,
        sentence: 'Rest cures migraine.',
        condition: 'migraine',
        verb: 'cures',
        reason: null,
      },
    ]);
  });
});

describe('withoutQuotations', () => {
  it('any text > keeps its length and its lines', () => {
    const text = 'a “b\nc” d "e" «f»';
    expect(withoutQuotations(text)).toHaveLength(text.length);
    expect(withoutQuotations(text).split('\n')).toHaveLength(2);
    expect(withoutQuotations(text)).not.toMatch(/[bcef]/u);
  });
});

describe('the data files', () => {
  it('a mistake > is a NapeError that names the file and the place', () => {
    expect(() => parseClaimExceptions('x.yaml', '- word: safe')).toThrow(NapeError);
    expect(() => parseClaimExceptions('x.yaml', '- word: safe')).toThrow(/x\.yaml has a mistake at 0\.reason/u);
    expect(() => parseClaimLexicon('x.yaml', 'a: [')).toThrow(/x\.yaml is not YAML/u);
  });

  it('an empty list > is no mistake', () => {
    expect(parseAcknowledgedClaims('x.yaml', '')).toEqual([]);
  });
});
