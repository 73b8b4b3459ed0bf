import { stemmed } from '../../src/language/tokens.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import type { Paraphrase } from './paraphrases.ts';
import { isCommon } from './vocabulary.ts';
import type { Synset } from './wordnet.ts';

/** How often a text finds its own partner among all partners of the set, each side asking in turn. */
export interface RankFigures {
  readonly pairs: number;
  /** Share whose partner comes first. */
  readonly first: number;
  /** Mean reciprocal rank of the partner. */
  readonly reciprocalRank: number;
}

export interface Figures {
  /** Lemma and definition, without a stem in common. */
  readonly definitions: RankFigures;
  readonly examples: RankFigures;
  /** Two lemmas of a synset, without a stem in common. */
  readonly synonyms: RankFigures;
  /** Everyday sentences, written for this. */
  readonly paraphrases: RankFigures;
}

/** Figures on synsets that the training never saw and on paraphrases. */
export async function evaluate(
  embedder: Embedder,
  heldOut: readonly Synset[],
  paraphrases: readonly Paraphrase[],
): Promise<Figures> {
  const definitions: Paraphrase[] = [];
  const examples: Paraphrase[] = [];
  const synonyms: Paraphrase[] = [];
  for (const synset of heldOut) {
    const [lemma, other] = synset.lemmas.filter(isCommon);
    const [example] = synset.examples;
    if (lemma === undefined) continue;
    if (apart(lemma, synset.definition)) definitions.push([lemma, synset.definition]);
    if (other !== undefined && apart(lemma, other)) synonyms.push([lemma, other]);
    if (example !== undefined) examples.push([example, synset.definition]);
  }
  return {
    definitions: await rankPartners(definitions, embedder),
    examples: await rankPartners(examples, embedder),
    synonyms: await rankPartners(synonyms, embedder),
    paraphrases: await rankPartners(paraphrases, embedder),
  };
}

async function rankPartners(pairs: readonly Paraphrase[], embedder: Embedder): Promise<RankFigures> {
  const left = await embedder.embedPassages(pairs.map(([text]) => text));
  const right = await embedder.embedPassages(pairs.map(([, text]) => text));
  const ranks = [...ranksOfOwn(left, right), ...ranksOfOwn(right, left)];
  const count = Math.max(1, ranks.length);
  return {
    pairs: pairs.length,
    first: rounded(ranks.filter((rank) => rank === 1).length / count),
    reciprocalRank: rounded(ranks.reduce((sum, rank) => sum + 1 / rank, 0) / count),
  };
}

/** Rank of target i for question i by cosine; a tie counts as the worse rank. */
function ranksOfOwn(questions: readonly Float32Array[], targets: readonly Float32Array[]): number[] {
  return questions.map((question, own) => {
    const scores = targets.map((target) => dot(question, target));
    return scores.filter((score, at) => at !== own && score >= scores[own]!).length + 1;
  });
}

/** True when the texts share no stem, so that a match takes more than looking at the letters. */
function apart(left: string, right: string): boolean {
  const stems = new Set(stemmed(right));
  return !stemmed(left).some((stem) => stems.has(stem));
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
