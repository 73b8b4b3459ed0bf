import type { Passage } from '../domain.ts';
import { contentStems } from '../language/stop-words.ts';
import { dotProduct } from '../models/dot-product.ts';
import type { Embedder } from '../models/embedder.ts';

/** One sentence of a passage with how well it answers a question. */
export interface RatedSentence {
  readonly passage: Passage;
  /** Position in the passage, from 0. */
  readonly position: number;
  readonly text: string;
  /** Cosine with the question plus its weighted word coverage; comparable within one question. */
  readonly relevance: number;
}

/** Rates every sentence of some passages for one question; the order is the passages' own. */
export type RateSentences = (
  subject: string,
  passages: readonly Passage[],
  signal?: AbortSignal,
) => Promise<readonly RatedSentence[]>;

/** Share of coverage in the relevance: 0 rates by meaning alone, 1 gives words and meaning equal say. */
const coverageWeight = 0.6;

/** Rates by the embedder's cosine and by the inverse-document-frequency-weighted share of the question's stems. */
export function createRateSentences(embedder: Embedder): RateSentences {
  return async (subject, passages, signal) => {
    const sentences = passages.flatMap((passage) =>
      passage.sentences.map((sentence, position) => ({ passage, position, text: sentence.text })),
    );
    const [question, vectors] = await Promise.all([
      embedder.embedQuery(subject, signal),
      embedder.embedPassages(
        sentences.map(({ text }) => text),
        signal,
      ),
    ]);
    const contents = sentences.map(({ text }) => stemSet(text));
    const wanted = stemSet(subject);
    const weights = inverseFrequencies(wanted, contents);
    return sentences.map((sentence, at) => ({
      ...sentence,
      relevance:
        dotProduct(question, vectors[at] ?? new Float32Array(question.length)) +
        coverageWeight * coverage(weights, contents[at]),
    }));
  };
}

/** The different stems of the words that carry meaning. */
export function stemSet(text: string): ReadonlySet<string> {
  return new Set(contentStems(text));
}

function inverseFrequencies(
  wanted: ReadonlySet<string>,
  contents: readonly ReadonlySet<string>[],
): ReadonlyMap<string, number> {
  return new Map(
    [...wanted].map((token) => {
      const containing = contents.filter((content) => content.has(token)).length;
      return [token, Math.log(1 + (contents.length - containing + 0.5) / (containing + 0.5))];
    }),
  );
}

function coverage(weights: ReadonlyMap<string, number>, content: ReadonlySet<string> | undefined): number {
  let total = 0;
  let covered = 0;
  for (const [token, weight] of weights) {
    total += weight;
    if (content?.has(token)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}
