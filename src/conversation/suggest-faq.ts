import type { CitedSentence } from '../domain.ts';
import { phraseKey } from '../knowledge/faq-entry.ts';
import type { Embedder } from '../models/embedder.ts';
import { calibrate, shareBelow } from '../retrieval/calibration.ts';
import type { KeptQuestion } from '../store/store.ts';
import type { Phrasing, ReadPhrasing } from './phrasing.ts';

/** Questions that visitors ask and the FAQ lacks, near-duplicates together: the draft of one entry. */
export interface FaqSuggestion {
  /** The phrasing that was typed most often. */
  readonly question: string;
  readonly variants: readonly string[];
  readonly times: number;
  /** The article's own sentences that answer it; empty when the article does not say. */
  readonly answer: readonly CitedSentence[];
}

export interface SuggestFaqParts {
  /** Words of questions that the owner keeps. */
  readonly kept: readonly KeptQuestion[];
  /** Whether the FAQ answers a question already. */
  readonly isAnswered: (question: string) => Promise<boolean>;
  /** The article's own sentences that answer a question; empty when there are none. */
  readonly quote: (question: string) => Promise<readonly CitedSentence[]>;
  readonly embedder: Embedder;
  /** What two arbitrary questions have in common is measured on these. */
  readonly utterances: readonly string[];
  readonly readPhrasing: ReadPhrasing;
}

const mostSuggestions = 30;
const mostVariants = 12;
/** What was typed once is nobody's FAQ, and may tell of the one who typed it. */
const fewestTimes = 2;

/** Groups what was asked and drafts an entry for each group, the most asked first. */
export async function suggestFaq(parts: SuggestFaqParts): Promise<readonly FaqSuggestion[]> {
  const asked: Asked[] = [];
  for (const { question: typed, outcome, reason, times } of parts.kept) {
    const question = typed.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
    // Questions of people in need of a person are nobody's FAQ.
    if (outcome !== 'answered' && reason !== 'not-in-article') continue;
    if (phraseKey(question) === '' || (await parts.isAnswered(question))) continue;
    const known = asked.find((other) => phraseKey(other.question) === phraseKey(question));
    if (known) known.times += times;
    else asked.push({ question, times, phrasing: parts.readPhrasing(question) });
  }
  const groups = await grouped(
    asked.sort((one, other) => other.times - one.times),
    parts,
  );
  const drafts: FaqSuggestion[] = [];
  for (const group of groups) {
    if (drafts.length === mostSuggestions) break;
    const [first, ...others] = group;
    if (!first) continue;
    const times = group.reduce((sum, one) => sum + one.times, 0);
    if (times < fewestTimes) continue;
    const answer = await parts.quote(first.question);
    const variants = others.slice(0, mostVariants).map(({ question }) => question);
    drafts.push({ question: first.question, variants, times, answer });
  }
  return drafts;
}

interface Asked {
  readonly question: string;
  readonly phrasing: Phrasing;
  times: number;
}

/** Each question joins the first group whose most asked one it resembles; groups in the order of how often they were asked. */
async function grouped(asked: readonly Asked[], parts: SuggestFaqParts): Promise<readonly (readonly Asked[])[]> {
  if (asked.length === 0) return [];
  const isSame = await createIsSame(parts);
  const vectors = await parts.embedder.embedPassages(asked.map(({ question }) => question));
  const groups: { readonly members: Asked[]; readonly vector: Float32Array }[] = [];
  for (const [at, one] of asked.entries()) {
    const vector = vectors[at] ?? new Float32Array(0);
    const group = groups.find(({ members, vector: first }) => {
      return members[0] !== undefined && isSame(members[0].phrasing, one.phrasing, first, vector);
    });
    if (group) group.members.push(one);
    else groups.push({ members: [one], vector });
  }
  const total = (members: readonly Asked[]) => members.reduce((sum, { times }) => sum + times, 0);
  return groups.map(({ members }) => members).sort((one, other) => total(other) - total(one));
}

/** Share of pairs of arbitrary utterances that resemble each other less than near-duplicates do. */
const leastShare = 0.9995;
/** Shared words from which two questions can be the same, 0 to 1: of three words, one may be missing on one side. */
const leastOverlap = 0.8;
const mostPairs = 200;

/** Resemblance is cosine and shared words together; from where on it is sameness, pairs of arbitrary utterances tell. */
async function createIsSame({ embedder, utterances, readPhrasing }: SuggestFaqParts) {
  const texts = utterances.slice(0, mostPairs);
  const vectors = await embedder.embedPassages(texts);
  const phrasings = texts.map(readPhrasing);
  const none = new Float32Array(0);
  const scores = phrasings.flatMap((one, at) =>
    phrasings.slice(0, at).map((other, before) => likeness(one, other, vectors[at] ?? none, vectors[before] ?? none)),
  );
  const calibration = calibrate('pairs', scores.length > 0 ? scores : [0]);
  return (one: Phrasing, other: Phrasing, oneVector: Float32Array, otherVector: Float32Array): boolean => {
    const isMarked = one.marks.size === other.marks.size && [...one.marks].every((mark) => other.marks.has(mark));
    return (
      isMarked &&
      overlapOf(one, other) >= leastOverlap &&
      shareBelow(calibration, likeness(one, other, oneVector, otherVector)) >= leastShare
    );
  };
}

function overlapOf(one: Phrasing, other: Phrasing): number {
  const shared = [...one.content].filter((token) => other.content.has(token)).length;
  return (2 * shared) / (one.content.size + other.content.size || 1);
}

function likeness(one: Phrasing, other: Phrasing, oneVector: Float32Array, otherVector: Float32Array): number {
  let cosine = 0;
  for (let at = 0; at < oneVector.length; at += 1) cosine += (oneVector[at] ?? 0) * (otherVector[at] ?? 0);
  return (cosine + overlapOf(one, other)) / 2;
}
