import { contentWords } from '../language/stop-words.ts';
import { stem, words } from '../language/tokens.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import { createWordMatcher, type WordMatcher } from '../models/word-matcher.ts';
import { type Calibration, calibrate, shareBelow } from './calibration.ts';
import type { KnowledgeIndex, ScoredPassage } from './knowledge-index.ts';
import { createLateInteraction } from './late-interaction.ts';

/** Passages that the index puts forward for the closer comparison. */
const candidates = 24;
/**
 * Weight of the word-by-word overlap (0 to 1) beside cosine + BM25 in the order of passages, 0 to 1.5. From the tuning
 * half of the paraphrase set: 0 gives R@3 .64, .5 gives .72, 1 gives .76; the other articles agree.
 */
const overlapWeight = 1;
/** Weight of the support (0 to 1) beside the best cosine in the evidence, 0 to 1: AUROC is flat from .3 to .7. */
const supportWeight = 0.5;

export interface SearchResult {
  /** Best first. */
  readonly passages: readonly ScoredPassage[];
  /** Best cosine and word support together: comparable within one index, higher for what it speaks of. */
  readonly strength: number;
  /** Content words of the query with how much each says and how near the corpus comes to it, in order. */
  readonly terms: readonly QueryTerm[];
  /** How much the corpus speaks of the query: the share of generic utterances that score lower on it, 0 to 1. */
  readonly evidence: number;
}

export interface QueryTerm {
  readonly word: string;
  /** Above 0: the length of its vector. */
  readonly weight: number;
  /** 1 when the passages found have the word, else the best cosine of one of theirs with it. */
  readonly closest: number;
  /** Whether the corpus has the word in any form, misspellings mended. */
  readonly mentioned: boolean;
}

export interface HybridSearch {
  search(
    index: KnowledgeIndex,
    query: string,
    options?: { readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<SearchResult>;
  /** Whether the corpus has every content word of a phrase, in any form. */
  mentions(index: KnowledgeIndex, phrase: string): boolean;
  /** How high the generic utterances score on an index; what `buildIndex` keeps with a generation. */
  calibration(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration>;
}

export interface HybridSearchParts {
  readonly terms: TermVectors;
  /** Utterances about anything and everything, some hundreds. */
  readonly utterances: readonly string[];
}

/** Searches an index by meaning and by words, mends misspelt words first, and says how much the result is worth. */
export function createHybridSearch({ terms, utterances }: HybridSearchParts): HybridSearch {
  const interaction = createLateInteraction(terms);
  // One entry per loaded generation, gone with it.
  const corpora = new WeakMap<KnowledgeIndex, Corpus>();
  const calibrations = new WeakMap<KnowledgeIndex, Promise<Calibration>>();

  function corpusOf(index: KnowledgeIndex): Corpus {
    const known = corpora.get(index);
    if (known) return known;
    const found = corpusWords(index);
    const matcher = createWordMatcher({ corpusWords: found, vocabulary: terms.stems });
    const corpus = { matcher, stems: new Set(found.map(stem)) };
    corpora.set(index, corpus);
    return corpus;
  }

  async function rank(index: KnowledgeIndex, query: string, signal?: AbortSignal) {
    const { matcher, stems } = corpusOf(index);
    const mended = words(query).map((word) => matcher.mend(word) ?? word);
    const found = await index.search(mended.join(' '), { limit: candidates, ...(signal && { signal }) });
    const asked = new Map(contentWords(query).map((word) => [matcher.stemOf(word) ?? stem(word), word]));
    const {
      overlaps,
      support,
      terms: compared,
    } = interaction(
      [...asked.keys()],
      found.map(({ passage }) => passage),
    );
    const passages = found
      .map((scored, at) => ({ ...scored, score: scored.score + overlapWeight * (overlaps[at] ?? 0) }))
      .sort((left, right) => right.score - left.score);
    const closest = Math.max(0, ...found.map(({ similarity }) => similarity));
    return {
      passages,
      strength: closest + supportWeight * support,
      terms: [...asked].map(([own, word], at) => ({
        word,
        weight: compared[at]?.weight ?? 0,
        closest: compared[at]?.closest ?? 0,
        mentioned: stems.has(own),
      })),
    };
  }

  async function measure(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration> {
    const strengths: number[] = [];
    for (const utterance of utterances) strengths.push((await rank(index, utterance, signal)).strength);
    return calibrate(strengths);
  }

  function calibration(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration> {
    const known = calibrations.get(index);
    if (known) return known;
    const measured = measure(index, signal);
    calibrations.set(index, measured);
    // A run that was called off says nothing: the next one measures again.
    measured.catch(() => calibrations.delete(index));
    return measured;
  }

  return {
    calibration,
    mentions(index, phrase) {
      const { matcher, stems } = corpusOf(index);
      return contentWords(phrase).every((word) => stems.has(matcher.stemOf(word) ?? stem(word)));
    },
    async search(index, query, { limit = 8, signal } = {}) {
      const { passages, strength, terms: asked } = await rank(index, query, signal);
      // Function words alone ask for nothing, however near some passage may be to them.
      const evidence = asked.length > 0 ? shareBelow(await calibration(index), strength) : 0;
      return { passages: passages.slice(0, limit), strength, evidence, terms: asked };
    },
  };
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
