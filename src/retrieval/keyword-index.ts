import type { Passage } from '../domain.ts';
import { contentStems } from '../language/stop-words.ts';
import { buildPostings, type EarlierPostings, type FieldPostings, type Postings } from './postings.ts';
import { readPostings, writePostings } from './postings-file.ts';
import { bestPositive } from './ranking.ts';

/**
 * BM25+ (Y. Lv and C. Zhai, "Lower-bounding term frequency normalization", 2011), in the form and with the values of
 * MiniSearch: the length of a field is the number of its different terms, and the scores of the fields add up.
 */
export const bm25Parameters = {
  /** k1, 0 to 3: how soon a repeated word stops counting. */
  k: 1.2,
  /** b, 0 to 1: how much a long text is held back. */
  b: 0.7,
  /** δ, 0 to 1: what a word counts at least, however long the text. */
  d: 0.5,
} as const;

export interface KeywordMatch {
  readonly ordinal: number;
  /** BM25+ over headings and text, above 0, no upper bound. */
  readonly score: number;
}

/** The scores of all passages for one query. */
export interface KeywordScores {
  /** BM25+ over headings and text; 0 for a passage that shares no word with the query. */
  scoreOf(ordinal: number): number;
  /** At most `count` matches, best first, ties by ordinal. */
  best(count: number): readonly KeywordMatch[];
}

/** Finds passages that share words with a query, up to stems and without stop words. */
export interface KeywordIndex {
  readonly size: number;
  /** Scores every passage. They hold until the next call, which uses their memory again. */
  score(query: string): KeywordScores;
  /** `score(query).best(count)`. */
  search(query: string, count: number): readonly KeywordMatch[];
  /** Bytes for `parseKeywordIndex`. */
  serialise(): Uint8Array<ArrayBuffer>;
}

/** Indexes the passages under their place in the list; with earlier postings, the same result sooner. */
export function buildKeywordIndex(passages: Iterable<Passage>, earlier?: EarlierPostings): KeywordIndex {
  return createKeywordIndex(buildPostings(passages, earlier));
}

/** Reads what `serialise` wrote, and keeps it. Throws when it is anything else or holds other than `size` passages. */
export function parseKeywordIndex(bytes: Uint8Array<ArrayBuffer>, size: number): KeywordIndex {
  return createKeywordIndex(readPostings(bytes, size));
}

/**
 * Goes through the whole list of every term: some nanoseconds a posting, so that even words in every tenth of 100,000
 * passages take less time together than the graph of the vectors.
 */
function createKeywordIndex(postings: Postings): KeywordIndex {
  const { size } = postings;
  const ranks = new Map(postings.terms.map((term, rank) => [term, rank]));
  const fields = [withNorms(postings.headings, size), withNorms(postings.text, size)];
  const scores = new Float64Array(size);
  let isClean = true;

  function addTerm(rank: number): void {
    for (const { starts, ordinals, frequencies, norms } of fields) {
      const start = starts[rank] as number;
      const end = starts[rank + 1] as number;
      const inverseFrequency = Math.log(1 + (size - (end - start) + 0.5) / (end - start + 0.5));
      const floor = inverseFrequency * bm25Parameters.d;
      const scale = inverseFrequency * (bm25Parameters.k + 1);
      for (let at = start; at < end; at += 1) {
        const ordinal = ordinals[at] as number;
        const frequency = frequencies[at] as number;
        scores[ordinal] =
          (scores[ordinal] as number) + floor + (scale * frequency) / (frequency + (norms[ordinal] as number));
      }
    }
  }

  function score(query: string): KeywordScores {
    if (!isClean) scores.fill(0);
    isClean = true;
    // A word said twice in a question is not twice the question.
    for (const term of new Set(contentStems(query))) {
      const rank = ranks.get(term);
      if (rank === undefined) continue;
      isClean = false;
      addTerm(rank);
    }
    return {
      scoreOf: (ordinal) => scores[ordinal] ?? 0,
      best: (count) => bestPositive(scores, count).map((ordinal) => ({ ordinal, score: scores[ordinal] ?? 0 })),
    };
  }

  return {
    size,
    score,
    search: (query, count) => score(query).best(count),
    serialise: () => writePostings(postings),
  };
}

interface ScoredField extends FieldPostings {
  /** k × (1 - b + b × length / average length) of each passage. */
  readonly norms: Float64Array;
}

function withNorms(field: FieldPostings, size: number): ScoredField {
  const { k, b } = bm25Parameters;
  const norms = new Float64Array(size);
  for (const ordinal of field.ordinals) norms[ordinal] = (norms[ordinal] as number) + 1;
  const averageLength = field.ordinals.length / size;
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    norms[ordinal] = k * (1 - b + (b * (norms[ordinal] as number)) / averageLength);
  }
  return { ...field, norms };
}
