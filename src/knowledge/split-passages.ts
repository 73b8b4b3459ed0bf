import { createHash } from 'node:crypto';
import type { Document, Passage, Section, Sentence } from '../domain.ts';
import { countWords } from './count-words.ts';

const leastWords = 40;
const mostWords = 120;

/**
 * Passages of a document in reading order: consecutive sentences of one section, 40 to 120 words where the text allows.
 * A passage is shorter only where nothing is left to join it to, and longer only where a sentence is.
 */
export function splitPassages(document: Document): readonly Passage[] {
  return document.sections.flatMap((section) =>
    unbrokenRuns(document.source, section)
      .flatMap(pack)
      .map((sentences, index) => passage(document, section, sentences, index + 1)),
  );
}

/** A sentence with where a passage starts or ends that it is the first or the last of. */
interface Piece {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly words: number;
  readonly endsParagraph: boolean;
}

/** Sentences of a section; a passage may not run over something left out, such as a caption or a code block. */
function unbrokenRuns(source: string, section: Section): readonly Piece[][] {
  const runs: Piece[][] = [];
  let previousEnd: number | undefined;
  for (const paragraph of section.paragraphs) {
    const last = paragraph.sentences.length - 1;
    const pieces = paragraph.sentences.map((sentence, index) => ({
      sentence,
      start: index === 0 ? paragraph.start : sentence.start,
      end: index === last ? paragraph.end : sentence.end,
      words: countWords(sentence.text),
      endsParagraph: index === last,
    }));
    const broken = previousEnd === undefined || /[\p{L}\p{N}]/u.test(source.slice(previousEnd, paragraph.start));
    const run = broken ? undefined : runs.at(-1);
    if (run === undefined) runs.push(pieces);
    else for (const piece of pieces) run.push(piece);
    previousEnd = paragraph.end;
  }
  return runs.filter((run) => run.length > 0);
}

// A border always exists within these many words: 40, one sentence of 300, and a tail of less than 40.
const windowWords = 400;

/**
 * The cheapest way to cut a run (dynamic programming over the borders between sentences): first no short passage, then
 * no long one, then borders between paragraphs, then few passages of even length.
 */
function pack(run: readonly Piece[]): readonly Piece[][] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= run.length; to += 1) {
    let words = 0;
    let chosen = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    for (let from = to - 1; from >= 0 && (words < windowWords || from === to - 1); from -= 1) {
      words += run[from]?.words ?? 0;
      const cost = (best[from]?.cost ?? 0) + passageCost(words, run[to - 1]?.endsParagraph ?? true);
      if (cost < chosen.cost) chosen = { cost, from };
      // Sentences without words cost nothing to pass over, but not for ever.
      if (to - from > windowWords) break;
    }
    best.push(chosen);
  }
  const passages: Piece[][] = [];
  for (let to = run.length; to > 0; ) {
    const from = best[to]?.from ?? 0;
    passages.push(run.slice(from, to));
    to = from;
  }
  return passages.reverse();
}

function passageCost(words: number, endsParagraph: boolean): number {
  const middle = (leastWords + mostWords) / 2;
  const short = words < leastWords ? 1e9 : 0;
  const long = words > mostWords ? 1e4 + 100 * (words - mostWords) : 0;
  const unevenness = 5 * ((words - middle) / (mostWords - middle)) ** 2;
  return short + long + (endsParagraph ? 0 : 50) + 10 + unevenness;
}

function passage(document: Document, section: Section, pieces: readonly Piece[], number: number): Passage {
  const start = pieces[0]?.start ?? section.start;
  const end = pieces.at(-1)?.end ?? section.end;
  const text = document.source.slice(start, end);
  return {
    id: `${document.id}#${section.id}/${number}`,
    document: document.id,
    title: document.title,
    section: section.id,
    headings: section.headings,
    text,
    start,
    end,
    sentences: pieces.map((piece) => piece.sentence),
    hash: createHash('sha256')
      .update(JSON.stringify([section.headings, text]))
      .digest('hex'),
  };
}
