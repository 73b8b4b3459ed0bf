import MiniSearch from 'minisearch';
import { z } from 'zod';
import type { Passage } from '../domain.ts';
import { contentStems } from '../language/stop-words.ts';
import { best } from './ranking.ts';

/**
 * BM25+ (Y. Lv and C. Zhai, "Lower-bounding term frequency normalization", 2011), with MiniSearch's values.
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

/** Finds passages that share words with a query, up to stems and without stop words. */
export interface KeywordIndex {
  readonly size: number;
  /** At most `count` matches, best first, ties by ordinal. */
  search(query: string, count: number): readonly KeywordMatch[];
  /** Every match, in no particular order. */
  matches(query: string): readonly KeywordMatch[];
  /** JSON for `parseKeywordIndex`. */
  serialise(): string;
}

/** Indexes the passages under their place in the list. */
export function buildKeywordIndex(passages: readonly Passage[]): KeywordIndex {
  const postings = new MiniSearch<Entry>(options);
  postings.addAll(
    passages.map((passage, id) => ({
      id,
      headings: passage.headings.join('\n'),
      text: passage.sentences.map((sentence) => sentence.text).join('\n'),
    })),
  );
  return createKeywordIndex(postings);
}

/** Reads what `serialise` wrote. Throws when it is anything else or holds other than `size` passages. */
export function parseKeywordIndex(json: string, size: number): KeywordIndex {
  const parsed = serialised.parse(JSON.parse(json));
  const ordinals = Object.values(parsed.documentIds);
  const right =
    parsed.documentCount === size &&
    parsed.nextId === size &&
    ordinals.length === size &&
    (parsed.averageFieldLength.length === fields.length || size === 0) &&
    ordinals.every((ordinal, at) => ordinal === at) &&
    Object.keys(parsed.fieldLength).length === size &&
    Object.keys(parsed.fieldLength).every(isOrdinal) &&
    parsed.index.every(([, fields]) => Object.values(fields).every((counts) => Object.keys(counts).every(isOrdinal)));
  if (!right) throw new Error(`the postings are not those of ${size} passages`);
  return createKeywordIndex(MiniSearch.loadJS<Entry>(parsed, options));

  function isOrdinal(key: string): boolean {
    return Number(key) < size;
  }
}

interface Entry {
  readonly id: number;
  readonly headings: string;
  readonly text: string;
}

const fields = ['headings', 'text'];

const options = {
  fields,
  tokenize: contentStems,
  processTerm: (term: string) => term,
  searchOptions: {
    bm25: bm25Parameters,
    // A word said twice in a question is not twice the question.
    tokenize: (query: string) => [...new Set(contentStems(query))],
  },
};

const count = z.number().int().nonnegative();
const ordinalKey = z.string().regex(/^\d+$/);

/** MiniSearch's own form, version 2. */
const serialised = z.strictObject({
  documentCount: count,
  nextId: count,
  documentIds: z.record(ordinalKey, count),
  fieldIds: z.strictObject({ headings: z.literal(0), text: z.literal(1) }),
  fieldLength: z.record(ordinalKey, z.tuple([count, count])),
  averageFieldLength: z.array(z.number().nonnegative()).max(fields.length),
  storedFields: z.strictObject({}),
  dirtCount: z.literal(0),
  index: z.array(z.tuple([z.string(), z.partialRecord(z.enum(['0', '1']), z.record(ordinalKey, count))])),
  serializationVersion: z.literal(2),
});

function createKeywordIndex(postings: MiniSearch<Entry>): KeywordIndex {
  const matches = (query: string): KeywordMatch[] =>
    postings.search(query).map(({ id, score, queryTerms }) => ({
      ordinal: id as number,
      // MiniSearch multiplies by the number of words matched; divided out, the score is BM25+ as published.
      score: score / queryTerms.length,
    }));
  return {
    size: postings.documentCount,
    matches,
    search(query, wanted) {
      const found = matches(query).sort((one, other) => one.ordinal - other.ordinal);
      return best(found.length, wanted, (at) => found[at]?.score ?? 0).flatMap((at) => found[at] ?? []);
    },
    serialise() {
      const form = postings.toJSON();
      // Its own order depends on how the terms came in; in this one equal postings are equal bytes.
      form.index.sort(([one], [other]) => (one < other ? -1 : 1));
      return JSON.stringify(form);
    },
  };
}
