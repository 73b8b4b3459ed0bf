import { createHash } from 'node:crypto';
import type { Passage } from '../domain.ts';
import { contentWords } from '../language/stop-words.ts';
import { stem, words } from '../language/tokens.ts';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import { createWordMatcher, type WordMatcher } from '../models/word-matcher.ts';
import { type Calibration, calibrate, shareBelow } from './calibration.ts';
import { type EvidenceTraits, evidenceWeights, leaningOf, partsOf, strengthOf } from './evidence-strength.ts';
import { createGenericNearness, vectorOfStems } from './generic-nearness.ts';
import { createGiveWay } from './give-way.ts';
import type { KnowledgeIndex, ScoredPassage } from './knowledge-index.ts';
import { createLateInteraction } from './late-interaction.ts';
import { type QueryPart, queryParts } from './query-parts.ts';
import type { Thesaurus } from './thesaurus.ts';
import type { WordRelations } from './word-relations.ts';

/** Passages that the index puts forward for the closer comparison. */
const candidates = 48;
/**
 * Weights of the word-by-word overlaps with a passage and with its heading, and of the likest question that is known to lead
 * to it, each 0 to 1, beside cosine + BM25 in the order of passages. On three sets of paraphrases R@1 is flat from 1 to 2, from
 * .25 to 1 and from 1.5 to 4.
 */
const overlapWeight = 1.5;
const headingWeight = 0.5;
const questionWeight = 2;
export interface SearchResult {
  /** Best first. */
  readonly passages: readonly ScoredPassage[];
  /** What tells whether the corpus answers the query. */
  readonly traits: EvidenceTraits;
  /** All of the traits together: comparable within one index, higher for what it speaks of. */
  readonly strength: number;
  /** Content words of the query, and phrases of small words that mean something, each with how near the corpus comes to it, in order. */
  readonly terms: readonly QueryTerm[];
  /** How much the corpus speaks of the query: the share of generic utterances that score lower on it, 0 to 1. */
  readonly evidence: number;
}

export interface QueryTerm {
  readonly word: string;
  /** Above 0: the length of its vector. */
  readonly weight: number;
  /** 1 when the passages found have the word, else the best likeness of one of theirs: by the thesaurus or the cosine. */
  readonly closest: number;
  /** Whether the corpus has the word in any form, misspellings mended. */
  readonly mentioned: boolean;
  /** Whether the dictionary or the thesaurus has it: else it is a name, a term of art or slang. */
  readonly known: boolean;
}

export interface HybridSearch {
  search(
    index: KnowledgeIndex,
    query: string,
    options?: { readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<SearchResult>;
  /** Whether the corpus has every content word of a phrase, in any form. */
  mentions(index: KnowledgeIndex, phrase: string): boolean;
  /** Name of what a calibration depends on: the utterances, the comparison of words, and the questions that are known, by their name. */
  by(knownQuestions: string): string;
  /** How high the generic utterances score on an index; what `buildIndex` keeps with a generation. */
  calibration(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration>;
}

export interface HybridSearchParts {
  /** The one that the indexes were made with. */
  readonly embedder: Embedder;
  readonly terms: TermVectors;
  readonly thesaurus: Thesaurus;
  readonly relations: WordRelations;
  /** None unless given. */
  readonly knownQuestions?: KnownQuestionsOf;
  /** Utterances about anything and everything, some hundreds. */
  readonly utterances: readonly string[];
  readonly log: Log;
}

/** Questions known to lead to passages, such as an owner's: they help to find a passage, and what is like one of them is answered. */
export interface KnownQuestionsOf {
  of(index: KnowledgeIndex, passage: Passage): readonly string[];
  /** Name of all of an index's; empty when there are none. */
  identity(index: KnowledgeIndex): string;
}

const noQuestions: readonly string[] = [];
const noKnownQuestions: KnownQuestionsOf = { of: () => noQuestions, identity: () => '' };

/** Searches an index by meaning and by words, mends misspelt words first, and says how much the result is worth. */
export function createHybridSearch(parts: HybridSearchParts): HybridSearch {
  const { embedder, terms, thesaurus, relations, knownQuestions = noKnownQuestions, utterances, log } = parts;
  const interaction = createLateInteraction(terms, thesaurus, relations);
  const nearness = createGenericNearness(terms, utterances);
  // Then a question has its vector already.
  const isOffline = embedder.identity === terms.identity;
  // An utterance is not held against itself.
  const places = new Map(utterances.map((utterance, at) => [utterance, at]));
  const comparison = createHash('sha256')
    .update(
      [JSON.stringify(evidenceWeights), terms.identity, thesaurus.source, relations.identity, ...utterances].join('\n'),
    )
    .digest('hex')
    .slice(0, 16);
  const by = (questions: string) => (questions === '' ? comparison : `${comparison}+${questions}`);
  const byOf = (index: KnowledgeIndex) => by(knownQuestions.identity(index));
  // One entry per loaded generation, gone with it.
  const corpora = new WeakMap<readonly Passage[], Corpus>();
  const calibrations = new WeakMap<KnowledgeIndex, Promise<Calibration>>();

  function corpusOf(index: KnowledgeIndex): Corpus {
    const known = corpora.get(index.passages);
    if (known) return known;
    const found = corpusWords(index);
    const matcher = createWordMatcher({ corpusWords: found, vocabulary: [...terms.stems, ...thesaurus.stems] });
    const corpus = { matcher, stems: new Set(found.map(stem)) };
    corpora.set(index.passages, corpus);
    return corpus;
  }

  function mend(index: KnowledgeIndex, query: string): string {
    const { matcher, stems } = corpusOf(index);
    // What only the thesaurus knows has no vector, and an embedder would take it for a misspelt word.
    const isThesaurusOnly = (word: string) => {
      const own = stem(word);
      return thesaurus.stems.has(own) && !stems.has(own) && terms.row(own) === undefined;
    };
    return words(query)
      .map((word) => matcher.mend(word) ?? word)
      .filter((word) => !isThesaurusOnly(word))
      .join(' ');
  }

  /** A remote model can be away: the words of the question still find passages, with less evidence. */
  async function embed(query: string, signal?: AbortSignal): Promise<Float32Array> {
    try {
      return await embedder.embedQuery(query, signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      log.warn({ embedder: embedder.identity, reason }, 'The question could not be embedded; it is searched by words.');
      return new Float32Array(embedder.dimension);
    }
  }

  /** `mended` is the query as `mend` gives it, and `vector` that of the mended query. */
  async function rank(
    index: KnowledgeIndex,
    query: string,
    mended: string,
    vector: Float32Array,
    signal?: AbortSignal,
  ) {
    const { matcher, stems } = corpusOf(index);
    const options = { limit: candidates, vector, above: Number.NEGATIVE_INFINITY, ...(signal && { signal }) };
    const found = await index.search(mended, options);
    const asked = queryParts({ terms, thesaurus, matcher }, query);
    const { overlaps, headingOverlaps, questionLikenesses, support, closest } = interaction(
      asked,
      found.map(({ passage }) => passage),
      (passage) => knownQuestions.of(index, passage),
    );
    const scoreOf = ({ score }: ScoredPassage, at: number) =>
      score +
      overlapWeight * (overlaps[at] ?? 0) +
      headingWeight * (headingOverlaps[at] ?? 0) +
      questionWeight * (questionLikenesses[at] ?? 0);
    const passages = found
      .map((scored, at) => ({ ...scored, score: scoreOf(scored, at) }))
      .filter(({ score }) => score > 0)
      .sort((left, right) => right.score - left.score);
    const traits: EvidenceTraits = {
      support,
      known: Math.max(0, ...questionLikenesses),
      cosine: Math.max(0, ...found.map(({ similarity }) => similarity)),
      overlap: Math.max(0, ...overlaps),
      heading: Math.max(0, ...headingOverlaps),
      parts: partsOf(asked.length),
      unknown: unknownShare(asked, closest),
      leaning: leaningOf(mended),
      generic: nearness(isOffline ? vector : vectorOfStems(terms, mended), places.get(query)),
    };
    return {
      passages,
      traits,
      strength: strengthOf(traits),
      terms: asked.flatMap(({ word, stem: own, weight }, at): QueryTerm[] => {
        const near = closest[at] ?? 0;
        if (own === null) return near > 0 ? [{ word, weight, closest: near, mentioned: true, known: true }] : [];
        const known = terms.row(own) !== undefined || thesaurus.stems.has(own);
        return [{ word, weight, closest: near, mentioned: stems.has(own), known }];
      }),
    };
  }

  async function measure(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration> {
    // All at once, because a remote embedder takes batches.
    const mended = utterances.map((utterance) => mend(index, utterance));
    const vectors = await embedder.embedPassages(mended, signal);
    const giveWay = createGiveWay(signal);
    const strengths: number[] = [];
    for (const [at, utterance] of utterances.entries()) {
      const vector = vectors[at] ?? new Float32Array(embedder.dimension);
      strengths.push((await rank(index, utterance, mended[at] ?? utterance, vector, signal)).strength);
      await giveWay();
    }
    return calibrate(byOf(index), strengths);
  }

  function calibration(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration> {
    if (index.calibration?.by === byOf(index)) return Promise.resolve(index.calibration);
    const known = calibrations.get(index);
    if (known) return known;
    const measured = measure(index, signal);
    calibrations.set(index, measured);
    // A run that was called off says nothing: the next one measures again.
    measured.catch(() => calibrations.delete(index));
    return measured;
  }

  return {
    by,
    calibration,
    mentions(index, phrase) {
      const { matcher, stems } = corpusOf(index);
      return contentWords(phrase).every((word) => stems.has(matcher.stemOf(word) ?? stem(word)));
    },
    async search(index, query, { limit = 8, signal } = {}) {
      const mended = mend(index, query);
      const vector = await embed(mended, signal);
      const { passages, traits, strength, terms: asked } = await rank(index, query, mended, vector, signal);
      // Function words alone ask for nothing, however near some passage may be to them.
      const evidence = asked.length > 0 ? shareBelow(await calibration(index), strength) : 0;
      return { passages: passages.slice(0, limit), traits, strength, evidence, terms: asked };
    },
  };
}

/** Share of a query, by weight, that neither a dictionary nor the corpus knows, 0 to 1. */
function unknownShare(asked: readonly QueryPart[], closest: readonly number[]): number {
  let unknown = 0;
  let total = 0;
  for (const [at, { weight }] of asked.entries()) {
    total += weight;
    if (closest[at] === 0) unknown += weight;
  }
  return total === 0 ? 0 : unknown / total;
}

interface Corpus {
  readonly matcher: WordMatcher;
  readonly stems: ReadonlySet<string>;
}

/** Every word of the corpus, most frequent first. */
function corpusWords(index: KnowledgeIndex): readonly string[] {
  const counts = new Map<string, number>();
  for (const { headings, text } of index.passages) {
    for (const word of words([...headings, text].join('\n'))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left).map(([word]) => word);
}
