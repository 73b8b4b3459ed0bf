import type { Verify } from '../../src/answering/verify.ts';
import type { Passage } from '../../src/domain.ts';
import { contentStems } from '../../src/language/stop-words.ts';

export type MutationKind = 'negation' | 'number' | 'swap' | 'benefit' | 'disease' | 'recombination' | 'verbatim';

/** A changed sentence with the passages that it is held against; of `verbatim` the sentence is unchanged. */
export interface Mutation {
  readonly kind: MutationKind;
  readonly sentence: string;
  readonly from: string;
  readonly cited: readonly Passage[];
}

export interface MutationRate {
  readonly kind: MutationKind;
  readonly total: number;
  readonly dropped: number;
  readonly share: number;
  readonly escaped: readonly Mutation[];
}

/** How many mutations of each kind are dropped; of `verbatim` that is the false alarms. */
export function rateMutations(verify: Verify, mutations: readonly Mutation[]): readonly MutationRate[] {
  const kinds = [...new Set(mutations.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const own = mutations.filter((mutation) => mutation.kind === kind);
    const escaped = own.filter(({ sentence, cited }) => verify(sentence, cited).verdict === 'keep');
    const dropped = own.length - escaped.length;
    return { kind, total: own.length, dropped, share: dropped / own.length, escaped };
  });
}

const diseases = [
  'in people with arthritis',
  'caused by a herniated disc',
  'during pregnancy',
  'in patients with cancer',
  'related to migraine',
  'for those who have asthma',
  'after a stroke',
  'with fibromyalgia',
];

const benefits = [
  'cures insomnia',
  'boosts the immune system',
  'improves digestion',
  'lowers blood pressure',
  'helps with weight loss',
  'prevents injuries',
  'leads to better sleep',
  'strengthens the heart',
  'heals damaged nerves',
  'treats chronic back pain',
  'detoxifies the body',
  'makes the skin look younger',
  'increases fertility',
  'relieves the symptoms of asthma',
  'improves memory and learning',
  'protects against colds',
  'eliminates cellulite',
  'straightens the posture',
  'speeds up recovery after surgery',
  'replaces medication',
];

const numbers: readonly ((sentence: string) => string)[] = [
  (sentence) => appended(sentence, 'by 30%'),
  (sentence) => appended(sentence, 'within 20 minutes'),
  (sentence) => appended(sentence, 'after three sessions'),
  (sentence) => appended(sentence, 'in nine out of ten cases'),
  (sentence) => appended(sentence, 'twice as much'),
  (sentence) => appended(sentence, 'for half an hour'),
  (sentence) => sentence.replace(/\bmuscles\b/u, 'twelve muscles'),
  (sentence) => sentence.replace(/\bpeople\b/u, '80 percent of people'),
  (sentence) => sentence.replace(/\btechniques\b/u, 'four techniques'),
];

/** Every mutation of every sentence, each of which the article does not support, and the sentences as they are. */
export function mutationsOf(passages: readonly Passage[], terms: readonly (readonly string[])[]): readonly Mutation[] {
  const sources = passages.flatMap((passage) => {
    const cited = passages.filter(
      ({ document, section }) => document === passage.document && section === passage.section,
    );
    return passage.sentences.map(({ text }) => ({ text, cited }));
  });
  return sources.flatMap(({ text, cited }, index): readonly Mutation[] => {
    const body = cited.map((passage) => passage.text).join(' ');
    const made = (kind: MutationKind, sentences: readonly string[]) =>
      [...new Set(sentences)]
        .filter((sentence) => sentence !== text || kind === 'verbatim')
        .map((sentence) => ({ kind, sentence, from: text, cited }));
    const further = Array.from({ length: 4 }, (_, step) => sources[(index * 7 + 11 * (step + 1)) % sources.length]);
    const others = further.flatMap((other) =>
      other && other.cited[0]?.section !== cited[0]?.section ? [other.text] : [],
    );
    return [
      ...made('verbatim', [text]),
      ...made('negation', negated(text)),
      ...made(
        'number',
        numbers.map((change) => change(text)),
      ),
      ...made('swap', swapped(text, terms)),
      ...made(
        'benefit',
        benefits.map((benefit) => appended(text, `and ${benefit}`)),
      ),
      ...made(
        'disease',
        diseases.filter((disease) => !body.includes(disease)).map((disease) => appended(text, disease)),
      ),
      ...made(
        'recombination',
        others
          .flatMap((other) => recombined(text, other))
          .filter((sentence) => newWords(sentence, cited) >= fewestNewWords),
      ),
    ];
  });
}

/** With `words` before the final stop. */
function appended(sentence: string, words: string): string {
  return sentence.replace(/[.!?]*$/u, ` ${words}.`);
}

const auxiliary = /\b(is|are|can|may|was|were|has|have|will)\b(?! not)/gu;
const verb =
  /(?<=[a-z] )(helps|aims|offers|promotes|reduces|improves|brings|involves|combines|encourages|releases|provides|fosters|contributes|extends|goes|creates|serves|grew|surrounds|relieves|leaves|supports|reaches)\b/gu;

function negated(sentence: string): readonly string[] {
  const lower = sentence.replace(/^(?!I\b)\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
  return [
    ...everyReplacement(sentence, auxiliary, (word) => `${word} not`),
    ...everyReplacement(sentence, auxiliary, (word) => `${word} never`),
    ...everyReplacement(sentence, verb, (word) => `never ${word}`),
    ...everyReplacement(sentence, verb, (word) => `does not ${word.replace(/e?s$/u, '')}`),
    `It is not true that ${lower}`,
    ...(sentence.includes('not just') ? [sentence.replace('not just', 'not')] : []),
  ];
}

/** Each term of the sentence in turn replaced by each other term of its list that the sentence does not have. */
function swapped(sentence: string, terms: readonly (readonly string[])[]): readonly string[] {
  const has = (term: string) => new RegExp(`\\b${term}\\b`, 'iu').test(sentence);
  return terms.flatMap((list) => {
    const absent = list.filter((term) => !has(term));
    return list
      .filter(has)
      .flatMap((term) => absent.map((other) => sentence.replace(new RegExp(`\\b${term}\\b`, 'giu'), other)));
  });
}

/** The first half of one sentence with the second half of another, and the other way round. */
function recombined(left: string, right: string): readonly string[] {
  const [leftHead, leftTail] = halves(left);
  const [rightHead, rightTail] = halves(right);
  return [`${leftHead} ${rightTail}`, `${rightHead} ${leftTail}`];
}

const fewestNewWords = 2;

/** How many content words of a sentence the section that it is held against does not have, in any form. */
function newWords(sentence: string, cited: readonly Passage[]): number {
  const known = new Set(
    cited.flatMap(({ text, headings, title }) => contentStems([text, ...headings, title].join(' '))),
  );
  return new Set(contentStems(sentence).filter((stem) => !known.has(stem))).size;
}

function halves(sentence: string): readonly [string, string] {
  const words = sentence.split(' ');
  const middle = Math.ceil(words.length / 2);
  return [words.slice(0, middle).join(' '), words.slice(middle).join(' ')];
}

function everyReplacement(sentence: string, pattern: RegExp, change: (word: string) => string): readonly string[] {
  return [...sentence.matchAll(pattern)].map((match) => {
    return sentence.slice(0, match.index) + change(match[0]) + sentence.slice(match.index + match[0].length);
  });
}
