import { createHash } from 'node:crypto';
import type { Document, Paragraph, Passage, Section } from '../../src/domain.ts';

export interface Corpus {
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
}

/** Articles as `{ id: { heading: [passage, ...] } }`; one sentence a passage, as the knowledge layer would give them. */
export function corpusOf(articles: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): Corpus {
  const built = Object.entries(articles).map(([id, sections]) => articleOf(id, sections));
  return { documents: built.map(({ document }) => document), passages: built.flatMap(({ passages }) => passages) };
}

export const massageArticle = {
  'About the Neck': [
    'The neck carries the head all day long.',
    'Seven vertebrae make up the cervical spine.',
    'Long hours at a desk leave the muscles of the neck stiff.',
  ],
  'Kinds of Massage': [
    'Swedish massage uses long strokes with oil.',
    'Shiatsu is a Japanese practice of pressing with the thumbs.',
    'Deep tissue work goes slowly into firm muscle.',
  ],
  'Before the Visit': [
    'Arrive ten minutes early and drink some water.',
    'Tell the therapist about injuries and about medicines.',
  ],
};

export const sleepArticle = {
  'A Pillow That Fits': ['A pillow should fill the gap between shoulder and head.', 'Feather pillows lose height.'],
};

/** Two articles of ten passages in all. */
export const smallCorpus: Corpus = corpusOf({ massage: massageArticle, sleep: sleepArticle });

/** One article of `count` passages over a vocabulary of made-up words; equal numbers give equal text. */
export function largeCorpus(count: number): Corpus {
  const random = sequence(7);
  const word = () => `w${Math.floor(random() ** 3 * 2000).toString(36)}x`;
  const passage = () => `${Array.from({ length: 12 }, word).join(' ')}.`;
  return corpusOf({ large: { Heading: Array.from({ length: count }, passage) } });
}

/** Repeatable numbers in [0, 1): a linear congruential generator with the constants of Numerical Recipes. */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function articleOf(id: string, sections: Readonly<Record<string, readonly string[]>>) {
  let source = '';
  const passages: Passage[] = [];
  const outline = Object.entries(sections).map(([heading, texts]): Section => {
    const section = heading.toLowerCase().replace(/\W+/g, '-');
    const sectionStart = source.length;
    source += `# ${heading}\n\n`;
    const paragraphs = texts.map((text, at): Paragraph => {
      const span = { start: source.length, end: source.length + text.length };
      source += `${text}\n\n`;
      const sentences = [{ ...span, text }];
      passages.push({
        ...span,
        id: `${id}#${section}/${at + 1}`,
        document: id,
        title: `Title of ${id}`,
        section,
        headings: [heading],
        text,
        sentences,
        hash: sha256(JSON.stringify([heading, text])),
      });
      return { ...span, kind: 'paragraph', sentences };
    });
    return {
      start: sectionStart,
      end: source.length,
      id: section,
      heading,
      headings: [heading],
      level: 1,
      parent: null,
      children: [],
      paragraphs,
    };
  });
  const document: Document = {
    id,
    title: `Title of ${id}`,
    language: 'en',
    updated: null,
    file: `${id}.md`,
    format: 'markdown',
    source,
    hash: sha256(source),
    sections: outline,
  };
  return { document, passages };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
