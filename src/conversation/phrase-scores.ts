import type { Embedder } from '../models/embedder.ts';
import { calibrate, shareBelow } from '../retrieval/calibration.ts';
import { createGiveWay } from '../retrieval/give-way.ts';
import type { Phrasing, ReadPhrasing } from './phrasing.ts';
import type { ReadEntry } from './read-entry.ts';

/** How near questions come to the phrasings of a FAQ. */
export interface PhraseScores {
  /** Place of the entry that a question is clearly nearest to; null when none is. */
  best(question: Phrasing, vector: Float32Array): number | null;
}

interface Rating {
  /** Place of the nearest entry. */
  readonly entry: number;
  /** Of the nearest entry and of the second, -1 to 1. */
  readonly score: number;
  readonly second: number;
  /** Share of the generic utterances that come less near to this FAQ, 0 to 1. */
  readonly abovePlain: number;
  /** Share of the FAQ's own phrasings that come less near to another entry, 0 to 1. */
  readonly aboveOthers: number;
}

export interface PhraseScoresParts {
  readonly entries: readonly ReadEntry[];
  readonly embedder: Embedder;
  readonly utterances: readonly string[];
  readonly readPhrasing: ReadPhrasing;
  readonly signal?: AbortSignal | undefined;
}

/** Share of generic utterances that must come less near, 0 to 1. */
const leastAbovePlain = 0.99;
/** Share of the FAQ's own phrasings that must come less near to another entry, 0 to 1; .3 and .7 give the same on the tuning half. */
const leastAboveOthers = 0.5;
/** Least lead over the second entry, 0 to 1. On the tuning half .05 lets one false match through, .1 none. */
const leastLead = 0.08;

/**
 * Rates a question by (cosine + weighted overlap of words) / 2 with the nearest phrasing of each entry, and judges the rate by
 * what generic utterances and the FAQ's own phrasings reach on this very FAQ, so that no threshold depends on the subject
 * or the model.
 */
export async function createPhraseScores(parts: PhraseScoresParts): Promise<PhraseScores> {
  const { entries, embedder, utterances, readPhrasing, signal } = parts;
  const phrases = entries.flatMap(({ phrasings }, entry) => phrasings.map((phrasing) => ({ ...phrasing, entry })));
  const vectors = await embedder.embedPassages(
    phrases.map(({ text }) => text),
    signal,
  );
  const weigh = weights(entries);
  const lengths = phrases.map(({ content }) => total(content, weigh));
  const withStem = new Map<string, number[]>();
  for (const [at, { content }] of phrases.entries()) {
    for (const token of content) {
      const places = withStem.get(token);
      if (places) places.push(at);
      else withStem.set(token, [at]);
    }
  }

  function scoresOf({ content, marks }: Phrasing, vector: Float32Array, except = -1) {
    const shared = new Float64Array(phrases.length);
    for (const token of content)
      for (const at of withStem.get(token) ?? []) shared[at] = (shared[at] ?? 0) + weigh(token);
    const length = total(content, weigh);
    const best = new Float64Array(entries.length).fill(-1);
    for (const [at, phrase] of phrases.entries()) {
      const { entry } = phrase;
      if (at === except || !isSame(marks, phrase.marks)) continue;
      // What is denied, counted or dated has to be the very thing that the phrasing has.
      if (marks.size > 0 && !isWithin(content, phrase.content)) continue;
      const overlap = (2 * (shared[at] ?? 0)) / (length + (lengths[at] ?? 0) || 1);
      const score = (dot(vector, vectors[at]) + overlap) / 2;
      if (score > (best[entry] ?? 0)) best[entry] = score;
    }
    return best;
  }

  function topTwo(best: Float64Array): { readonly first: number; readonly score: number; readonly second: number } {
    let first = 0;
    let second = -1;
    for (const [at, score] of best.entries()) if (score > (best[first] ?? -1)) first = at;
    for (const [at, score] of best.entries()) if (at !== first && score > second) second = score;
    return { first, score: best[first] ?? -1, second };
  }

  const giveWay = createGiveWay(signal);
  const plainTexts = sampled(utterances);
  const plainVectors = await embedder.embedPassages(plainTexts, signal);
  const plainScores: number[] = [];
  for (const [at, text] of plainTexts.entries()) {
    plainScores.push(topTwo(scoresOf(readPhrasing(text), plainVectors[at] ?? none)).score);
    await giveWay();
  }
  const otherScores: number[] = [];
  for (const at of sampled([...phrases.keys()])) {
    const phrase = phrases[at];
    if (!phrase) continue;
    const best = scoresOf(phrase, vectors[at] ?? none, at);
    best[phrase.entry] = -1;
    otherScores.push(Math.max(...best));
    await giveWay();
  }
  const plain = calibrate('utterances', plainScores);
  const others = calibrate('phrasings', otherScores);

  function rate(question: Phrasing, vector: Float32Array): Rating {
    const best = scoresOf(question, vector);
    const { first, score, second } = topTwo(best);
    return {
      entry: first,
      score,
      second,
      abovePlain: shareBelow(plain, score),
      aboveOthers: shareBelow(others, score),
    };
  }

  return {
    best(question, vector) {
      const { entry, score, second, abovePlain, aboveOthers } = rate(question, vector);
      const isNear = abovePlain >= leastAbovePlain && aboveOthers >= leastAboveOthers;
      return isNear && score - second >= leastLead ? entry : null;
    },
  };
}

/** Weight of a stem: how few entries it stands in, as BM25 has it. */
function weights(entries: readonly ReadEntry[]): (token: string) => number {
  const counts = new Map<string, number>();
  for (const { phrasings } of entries) {
    for (const token of new Set(phrasings.flatMap(({ content }) => [...content]))) {
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
  }
  return (token) => {
    const count = counts.get(token) ?? 0;
    return Math.log(1 + (entries.length - count + 0.5) / (count + 0.5));
  };
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && isWithin(one, other);
}

function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((token) => other.has(token));
}

function total(content: ReadonlySet<string>, weigh: (token: string) => number): number {
  let sum = 0;
  for (const token of content) sum += weigh(token);
  return sum;
}

/** Enough to tell one in a hundred by, and few enough to be measured in an instant. */
const mostSampled = 200;

/** The list itself when it is short, else so many of it at even distances. */
function sampled<Item>(all: readonly Item[]): readonly Item[] {
  if (all.length <= mostSampled) return all;
  const step = all.length / mostSampled;
  return Array.from({ length: mostSampled }, (_, at) => all[Math.floor(at * step)] as Item);
}

const none = new Float32Array(0);

/** Cosine of two unit vectors of one length; 0 where one is missing. Four sums at a time keep the processor busy. */
function dot(left: Float32Array, right: Float32Array | undefined): number {
  if (!right || left.length !== right.length) return 0;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = left.length - (left.length % 4);
  for (let at = 0; at < whole; at += 4) {
    first += (left[at] as number) * (right[at] as number);
    second += (left[at + 1] as number) * (right[at + 1] as number);
    third += (left[at + 2] as number) * (right[at + 2] as number);
    fourth += (left[at + 3] as number) * (right[at + 3] as number);
  }
  for (let at = whole; at < left.length; at += 1) first += (left[at] as number) * (right[at] as number);
  return first + second + third + fourth;
}
