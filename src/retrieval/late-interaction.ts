import type { Passage } from '../domain.ts';
import { stopWords } from '../language/stop-words.ts';
import { stem, words } from '../language/tokens.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import type { QueryPart } from './query-parts.ts';
import { type ComparedPart, createReadQuestions, likestQuestion } from './question-likeness.ts';
import { createStemComparisons } from './stem-comparisons.ts';
import { likeness, type Thesaurus } from './thesaurus.ts';
import type { WordRelations } from './word-relations.ts';

/** How the parts of a query find their like in some passages. */
export interface Interaction {
  /** For each passage, 0 to 1: the mean, over the parts, of the best likeness with a word of the passage, weighted by `weight` × rarity. */
  readonly overlaps: readonly number[];
  /** The same with the heading of the passage. */
  readonly headingOverlaps: readonly number[];
  /** For each passage, 0 to 1: how alike the query and the likest question that is known to lead to the passage are; 0 without any. */
  readonly questionLikenesses: readonly number[];
  /**
   * How much of the query these passages speak of at all, 0 to 1: the mean over the parts of the best likeness, where a word
   * that the dictionary relates to one of theirs counts a little more than half, once weighted by `weight` and once by
   * `weight` × rarity, since a word that every passage has tells little. Few words tell little too: each mean is drawn
   * towards a half, as far as one more plain word would.
   */
  readonly support: number;
  /** For each part, in the order given: the best likeness with any word of these passages. */
  readonly closest: readonly number[];
}

/**
 * `knownQuestions` gives questions that are known to lead to a passage: it is found by what it answers as well as by what it
 * says (doc2query: R. Nogueira and J. Lin, 2019).
 */
export type LateInteraction = (
  parts: readonly QueryPart[],
  passages: readonly Passage[],
  knownQuestions?: (passage: Passage) => readonly string[],
) => Interaction;

/** Less than a kilobyte each. Reading 48 passages anew takes longer than everything else that a large search does. */
const mostCached = 50_000;
/**
 * How sharply a likeness counts as having the word, from 1 up: a passage half as near as the nearest counts as 1/64 of a
 * passage that has it.
 */
const sharpness = 6;
/**
 * What a word counts in the support when it is kin to one of the passages' words, 0 to 1. It finds no passage better (R@3 falls), and it
 * tells questions about the subject from others: on the tuning half AUROC is .93 without, .94 from .55 to .7.
 */
const kinship = 0.6;

/** The words of a text: the numbers of its content stems, and the groups of the thesaurus that it has a member of. */
interface TextWords {
  readonly terms: Uint32Array;
  readonly groups: Uint32Array;
}

/**
 * Compares word by word where a single vector blurs: MaxSim (O. Khattab and M. Zaharia, "ColBERT", 2020) over static stem
 * vectors and a thesaurus. Each part is weighted by how much it says and by how few of the passages come near it (SoftTFIDF:
 * W. Cohen, P. Ravikumar and S. Fienberg, 2003). Words are compared once and remembered.
 */
export function createLateInteraction(
  terms: TermVectors,
  thesaurus: Thesaurus,
  relations: WordRelations,
): LateInteraction {
  const comparisons = createStemComparisons(terms, relations);
  const passageWords = new Map<Passage, TextWords>();
  const readQuestions = createReadQuestions(terms, thesaurus, comparisons);
  const headingWords = new Map<string, TextWords>();

  function textWords(text: string): TextWords {
    const numbers = new Set<number>();
    const stems: string[] = [];
    for (const word of words(text)) {
      const own = stem(word);
      stems.push(own);
      if (!stopWords.has(word)) numbers.add(comparisons.numberOf(own));
    }
    const groups = new Set<number>();
    for (const { group } of thesaurus.mentions(stems)) groups.add(group);
    return { terms: Uint32Array.from(numbers), groups: Uint32Array.from(groups) };
  }

  function wordsOf(passage: Passage): TextWords {
    const known = passageWords.get(passage);
    if (known) return known;
    if (passageWords.size >= mostCached) passageWords.clear();
    const found = textWords([...passage.headings, ...passage.sentences.map(({ text }) => text)].join('\n'));
    passageWords.set(passage, found);
    return found;
  }

  function wordsOfHeading({ headings }: Passage): TextWords {
    const heading = headings.at(-1) ?? '';
    const known = headingWords.get(heading);
    if (known) return known;
    if (headingWords.size >= mostCached) headingWords.clear();
    const found = textWords(heading);
    headingWords.set(heading, found);
    return found;
  }

  function hasKin({ stem }: QueryPart, texts: readonly TextWords[]): boolean {
    if (stem === null) return false;
    const { kin } = comparisons.of(stem, []);
    return kin.size > 0 && texts.some(({ terms }) => terms.some((term) => kin.has(term)));
  }

  return (parts, passages, knownQuestions = () => []) => {
    comparisons.makeRoom();
    const wholes = passages.map(wordsOf);
    const headings = passages.map(wordsOfHeading);
    const questions = passages.map((passage) => readQuestions(knownQuestions(passage)));
    // Every word has its number now, so that no table grows while it is read.
    const texts = [...wholes, ...headings, ...questions];
    const overlaps = new Float64Array(passages.length);
    const likes = new Float64Array(passages.length);
    const headingLikes = new Float64Array(passages.length);
    const headingOverlaps = new Float64Array(passages.length);
    const closest: number[] = [];
    const asked: ComparedPart[] = [];
    let total = 0;
    let saidTotal = 0;
    let said = 0;
    let saidRarely = 0;
    for (const part of parts) {
      const cosines = part.stem === null ? undefined : comparisons.of(part.stem, texts).cosines;
      putLikenesses(part, cosines, wholes, likes);
      const nearest = Math.max(0, ...likes);
      closest.push(nearest);
      const weight = part.weight * rarity(likes, nearest);
      addTimes(overlaps, weight, likes);
      putLikenesses(part, cosines, headings, headingLikes);
      addTimes(headingOverlaps, weight, headingLikes);
      asked.push({ part, weight, cosines });
      total += weight;
      const heard = nearest < kinship && hasKin(part, wholes) ? kinship : nearest;
      saidTotal += part.weight;
      said += part.weight * heard;
      saidRarely += weight * heard;
    }
    const mean = (sum: number) => sum / (total || 1);
    return {
      overlaps: Array.from(overlaps, mean),
      headingOverlaps: Array.from(headingOverlaps, mean),
      questionLikenesses: questions.map((known) => likestQuestion(asked, known)),
      support: (drawn(said, saidTotal) + drawn(saidRarely, total)) / 2,
      closest,
    };
  };
}

/** Puts the best likeness of one part of a query with each of some texts where it is wanted. */
function putLikenesses(
  { groups }: QueryPart,
  cosines: Float32Array | undefined,
  texts: readonly TextWords[],
  likes: Float64Array,
): void {
  const own = [...groups];
  for (let at = 0; at < texts.length; at += 1) {
    const text = texts[at] as TextWords;
    let best = 0;
    for (let group = 0; own.length > 0 && group < text.groups.length; group += 1) {
      if (own.includes(text.groups[group] as number)) best = likeness;
    }
    likes[at] = cosines ? greatest(cosines, text.terms, best) : best;
  }
}

/** The greatest of the values at some places, at least `least`. Walked by number, which is much faster than by iterator. */
function greatest(values: Float32Array, places: Uint32Array, least: number): number {
  let best = least;
  for (let at = 0; at < places.length; at += 1) {
    const value = values[places[at] as number] as number;
    if (value > best) best = value;
  }
  return best;
}

function addTimes(sums: Float64Array, weight: number, values: Float64Array): void {
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] as number) + weight * (values[at] as number);
}

/** The mean that one more word, of weight 1 and half known, would leave. */
function drawn(sum: number, weights: number): number {
  return (sum + 0.5) / (weights + 1);
}

/** The inverse document frequency of BM25, with the passages that come near a word counted by how near they come. */
function rarity(likes: Float64Array, nearest: number): number {
  let having = 0;
  if (nearest > 0) for (const like of likes) having += (like / nearest) ** sharpness;
  return Math.log(1 + (likes.length - having + 0.5) / (having + 0.5));
}
