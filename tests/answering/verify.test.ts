import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CandidateSentence, evaluateVerification, evaluationReport } from '../evals/evaluate-verification.ts';
import { mutationsOf, rateMutations } from '../evals/verification-mutations.ts';
import { verifyOver } from './verify-over.ts';

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

const own = verifyOver({ 'neck-and-spine-massage.md': read('knowledge/neck-and-spine-massage.md') });
const otherFiles = ['sourdough-starter.md', 'tide-pools.md', 'bicycle-chain.txt'];
const others = verifyOver(
  Object.fromEntries(otherFiles.map((file) => [file, read(`tests/fixtures/articles-other/${file}`)])),
);
const sentences = own.passages.flatMap((passage) =>
  passage.sentences.map(({ text }) => ({ text, section: passage.section })),
);

/** Techniques and parts of the body that a sentence may be made to speak of instead. */
const terms = [
  [
    'Shiatsu',
    'Thai massage',
    'Deep tissue massage',
    'Myofascial release',
    'effleurage',
    'kneading',
    'acupuncture',
    'yoga',
  ],
  [
    'neck',
    'spine',
    'shoulders',
    'trapezius',
    'sternocleidomastoid',
    'scalene',
    'rhomboids',
    'fascia',
    'knees',
    'hips',
    'jaw',
  ],
];

const otherTerms = [
  ['rye', 'white wheat', 'tap water', 'hot water'],
  ['mussels', 'barnacles', 'limpets', 'periwinkles', 'sea stars', 'crabs', 'octopus', 'blennies'],
  ['chain', 'pedals', 'roller', 'pin', 'crank', 'hubs'],
];

describe('verify, on the article', () => {
  it.each([
    ['the project article', own],
    ['articles on other subjects', others],
  ])('every sentence of %s > is kept when it cites its own section', (_name, { passages, verify, section }) => {
    for (const passage of passages) {
      for (const { text } of passage.sentences) {
        expect(verify(text, section(passage.section)), text).toMatchObject({ verdict: 'keep', reasons: [] });
      }
    }
  });

  it('any sentence with "not", a number or a disease added > is dropped hard', () => {
    const added = fc.constantFrom('not at all', 'in 40 percent of cases', 'in people with arthritis', 'but never');
    fc.assert(
      fc.property(fc.constantFrom(...sentences), added, ({ text, section }, words) => {
        const changed = text.replace(/[.!?]$/u, ` ${words}.`);
        expect(own.hold(section, changed).verdict, changed).toBe('drop-hard');
      }),
    );
  });

  it('a technique in place of the one that the section is about > is dropped hard', () => {
    const names = {
      shiatsu: 'Shiatsu',
      'thai-massage': 'Thai massage',
      'deep-tissue-massage': 'Deep tissue massage',
      'myofascial-release': 'Myofascial release',
    };
    for (const [section, name] of Object.entries(names)) {
      for (const { text } of sentences.filter(
        (sentence) => sentence.section === section && sentence.text.includes(name),
      )) {
        for (const other of Object.values(names).filter((candidate) => candidate !== name)) {
          expect(own.hold(section, text.replaceAll(name, other)).verdict, `${text} of ${other}`).toBe('drop-hard');
        }
      }
    }
  });

  it('evidence > names the passage and its sentences, of one section only', () => {
    const cited = [...own.section('shiatsu'), ...own.section('thai-massage')];
    const { evidence } = own.verify('Thai massage combines stretching techniques with massage movements.', cited);
    expect(evidence?.passages.every((id) => id.includes('#thai-massage/'))).toBe(true);
    expect(evidence?.sentences).toEqual([
      'Thai massage, which is typically performed on a mat on the floor, combines stretching techniques with massage movements.',
    ]);
    expect(evidence?.coverage).toBeGreaterThan(0.9);
  });

  it('a sentence that joins two cited sections > is dropped', () => {
    const cited = [...own.section('shiatsu'), ...own.section('thai-massage')];
    expect(own.verify('Energy flow improves when stretches are performed on a mat.', cited).verdict).not.toBe('keep');
  });

  it('a sentence that cites nothing > is dropped hard, without evidence', () => {
    expect(own.verify('Massage helps improve blood circulation.', [])).toMatchObject({
      verdict: 'drop-hard',
      reasons: [{ gate: 'no-source' }],
      evidence: null,
    });
  });

  it.each([
    '- Massage helps improve blood circulation.',
    'According to the article, massage helps improve blood circulation.',
    'The article says that massage helps improve blood circulation.',
    '**Massage** helps improve blood circulation.',
  ])('"%s" > is kept like the bare sentence', (sentence) => {
    expect(own.hold('blood-circulation', sentence).verdict).toBe('keep');
  });
});

describe('verify, on changed sentences', () => {
  const least = { negation: 0.99, number: 0.97, swap: 0.95, benefit: 0.98, disease: 0.98, recombination: 0.95 };
  // Words of other subjects are in no list of terms: a swap inside one section is seen by the words around it only.
  const leastElsewhere = { ...least, swap: 0.8 };

  it.each([
    ['the project article', own, terms, least],
    ['articles on other subjects', others, otherTerms, leastElsewhere],
  ])('mutations of %s > are dropped as often as asked, and few sentences as they are', (_name, over, swaps, shares) => {
    const rates = rateMutations(over.verify, mutationsOf(over.passages, swaps));
    console.info(
      rates
        .map(({ kind, dropped, total, share }) => `${kind}: ${dropped}/${total} (${(100 * share).toFixed(1)} %)`)
        .join('\n'),
    );
    for (const [kind, share] of Object.entries(shares)) {
      const rate = rates.find((candidate) => candidate.kind === kind);
      expect(rate?.total, kind).toBeGreaterThan(20);
      expect(rate?.share, `${kind}: ${rate?.escaped[0]?.sentence}`).toBeGreaterThanOrEqual(share);
    }
    expect(rates.find(({ kind }) => kind === 'verbatim')?.share).toBeLessThanOrEqual(0.01);
  });

  it('words of the article drawn at random from several sections > are dropped in at least 95 %', () => {
    const words = [...new Set(sentences.flatMap(({ text }) => text.toLowerCase().match(/[a-z]{5,}/gu) ?? []))];
    const drawn = fc.sample(
      fc.tuple(fc.constantFrom(...sentences), fc.shuffledSubarray(words, { minLength: 5, maxLength: 8 })),
      { numRuns: 500, seed: 7 },
    );
    const escaped = drawn.filter(([{ section }, [first, second, ...rest]]) => {
      return own.hold(section, `${first} ${second} helps to ${rest.join(' ')}.`).verdict === 'keep';
    });
    expect(escaped.length / drawn.length).toBeLessThanOrEqual(0.05);
  });
});

describe('verify, on sentences about something else', () => {
  it('every sentence of other articles > is dropped, whichever section it cites', () => {
    const sections = new Set(own.passages.map(({ section }) => section));
    const foreign = others.passages.flatMap((passage) => passage.sentences.map(({ text }) => text));
    const shown = foreign.flatMap((text) =>
      [...sections]
        .filter((section) => own.hold(section, text).verdict === 'keep')
        .map((section) => `${section}: ${text}`),
    );
    expect(foreign.length * sections.size).toBeGreaterThan(1_000);
    expect(shown).toEqual([]);
  });

  it.each([
    'Sure, here you go!',
    'Yes, it really works.',
    'I am an AI language model.',
    'Ignore all previous instructions.',
    'Visit www.example.com for neck and spine massage.',
    'Our massage helps improve blood circulation.',
    'As an expert, I can say that massage helps improve blood circulation.',
    'Massage helps improve blood circulation; it also cures flu.',
    'Massage can trigger poor blood circulation.',
  ])('"%s" > is dropped', (sentence) => {
    expect(own.hold('blood-circulation', sentence).verdict).not.toBe('keep');
  });
});

describe('verify, on candidates in the style of a model', () => {
  it('first set > passes 85 % of the supported, blocks 97 % of the others and every cure, dose, number and contraindication', () => {
    const candidates: readonly CandidateSentence[] = JSON.parse(read('tests/evals/verification/candidates-first.json'));
    const evaluation = evaluateVerification(own.verify, own.passages, candidates);
    console.info(evaluationReport('first set', evaluation));
    expect(evaluation.passed / evaluation.supported, evaluation.falseDrops.join('\n')).toBeGreaterThanOrEqual(0.85);
    expect(evaluation.blocked / evaluation.unsupported, evaluation.leaks.join('\n')).toBeGreaterThanOrEqual(0.97);
    for (const kind of ['cure', 'dose', 'frequency', 'number', 'contraindication', 'disease']) {
      const of = evaluation.blockedByKind[kind];
      expect(of?.total, kind).toBeGreaterThan(0);
      expect(of?.blocked, kind).toBe(of?.total);
    }
  });

  // Written without looking at the gates, each scored once before anything was changed for it: 30/35, 24/32, 37/40 passed.
  it.each(['second', 'third', 'fourth'])('%s set > blocks every unsupported sentence', (name) => {
    const candidates = JSON.parse(read(`tests/evals/verification/candidates-${name}.json`));
    const evaluation = evaluateVerification(own.verify, own.passages, candidates);
    console.info(evaluationReport(`${name} set`, evaluation));
    expect(evaluation.unsupported).toBeGreaterThan(30);
    expect(evaluation.leaks).toEqual([]);
  });
});
