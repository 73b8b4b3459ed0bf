import type { IndexedDocument, Passage } from '../domain.ts';
import type { Embedder } from '../models/embedder.ts';
import type { Calibration } from './calibration.ts';
import { createCosine } from './cosine.ts';
import { createExactIndex } from './exact-index.ts';
import type { Generation } from './generation.ts';
import type { KeywordScores } from './keyword-index.ts';
import { best } from './ranking.ts';
import { checkVector, type Neighbour, type VectorIndex } from './vector-index.ts';

/**
 * Weight of BM25+ beside the cosine, 0 to .2: score = cosine + weight × BM25+, a convex combination up to scale (S. Bruch,
 * S. Gai and A. Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023). A rare word matched gives about
 * 5, so that it counts a fifth of a full cosine.
 */
export const keywordWeight = 0.04;

/** Passages that each side puts forward; the union of both is scored in full. */
const candidatesPerSide = 100;
/** Up to this many passages, scoring all of them takes less time than one crossing into the native addon. */
const scoreAllUpTo = 200;
const defaultLimit = 8;

export interface ScoredPassage {
  readonly passage: Passage;
  /** similarity + keywordWeight × keywordScore; comparable within one index. */
  readonly score: number;
  /** Cosine of the query and the passage, -1 to 1. */
  readonly similarity: number;
  /** BM25+, 0 or more. */
  readonly keywordScore: number;
}

export interface SearchOptions {
  /** Passages wanted, 8 unless given. */
  readonly limit?: number;
  /** Score that a passage must exceed, 0 unless given. */
  readonly above?: number;
  readonly signal?: AbortSignal;
  /** Vector of the query where the caller has it already; else the index embeds the query. */
  readonly vector?: Float32Array;
}

/** One generation, loaded and ready to search. */
export interface KnowledgeIndex {
  /** Its name on disk; `memory` when it is not on disk. */
  readonly generation: string;
  readonly documents: readonly IndexedDocument[];
  readonly passages: readonly Passage[];
  /** How high generic utterances score on it; null when nobody measured. */
  readonly calibration: Calibration | null;
  /** How neighbours are found in a large index. */
  readonly kind: 'hnsw' | 'exact' | 'pgvector';
  /** Best passages first, ties in reading order; a passage that shares nothing with the query is left out. */
  search(query: string, options?: SearchOptions): Promise<readonly ScoredPassage[]>;
  passage(id: string): Passage | undefined;
}

export function createKnowledgeIndex(
  name: string,
  content: Generation,
  embedder: Embedder,
  calibration: Calibration | null = null,
  inDatabase: VectorIndex | null = null,
): KnowledgeIndex {
  const { documents, passages, vectors, keywords, graph } = content;
  const size = passages.length;
  const cosine = createCosine(vectors);
  const neighbours = inDatabase ?? graph ?? createExactIndex(vectors);
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const everyOrdinal = Array.from(passages.keys());

  function rank(query: string, vector: Float32Array, near: readonly Neighbour[] | null, limit: number, above: number) {
    // They hold until the next query, which is another turn of the event loop.
    const matches = keywords.score(query);
    const candidates = near ? union(near, matches) : everyOrdinal;
    const similarity = cosine(vector);
    const scores = candidates.map((ordinal) => similarity(ordinal) + keywordWeight * matches.scoreOf(ordinal));
    return best(candidates.length, limit, (at) => scores[at] ?? 0).flatMap((at): ScoredPassage[] => {
      const ordinal = candidates[at] ?? 0;
      const passage = passages[ordinal];
      const total = scores[at] ?? 0;
      if (!passage || total <= above) return [];
      return [{ passage, score: total, similarity: similarity(ordinal), keywordScore: matches.scoreOf(ordinal) }];
    });
  }

  function union(near: readonly Neighbour[], matches: KeywordScores): number[] {
    const chosen = new Set(near.map(({ ordinal }) => ordinal));
    for (const { ordinal } of matches.best(candidatesPerSide)) chosen.add(ordinal);
    return [...chosen].sort((one, other) => one - other);
  }

  return {
    generation: name,
    documents,
    passages,
    calibration,
    kind: inDatabase ? 'pgvector' : graph ? 'hnsw' : 'exact',
    async search(query, { limit = defaultLimit, above = 0, signal, vector: given } = {}) {
      signal?.throwIfAborted();
      const vector = given ?? (await embedder.embedQuery(query, signal));
      signal?.throwIfAborted();
      checkVector(vector, vectors.dimension, 'the question');
      const near = size <= scoreAllUpTo ? null : await neighbours.search(vector, candidatesPerSide);
      signal?.throwIfAborted();
      return rank(query, vector, near, limit, above);
    },
    passage: (id) => byId.get(id),
  };
}
