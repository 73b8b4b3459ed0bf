import type { CitedSentence, Passage } from '../domain.ts';
import { leansOnPrevious } from './leaning.ts';
import type { Verification } from './verify.ts';

/** A sentence as a model wrote it, with the passages that it named. */
export interface Candidate {
  readonly text: string;
  /** Passage ids; unknown ones are passed over. */
  readonly citations: readonly string[];
}

export type VerifiedEvent =
  /** May be shown. `instead` is the dropped sentence that a quotation stands for. */
  | {
      readonly type: 'kept';
      readonly sentence: CitedSentence;
      readonly instead: string | null;
      readonly verification: Verification | null;
    }
  /** Must not be shown. `verification` is null when the sentence leaned on another that was dropped. */
  | {
      readonly type: 'withheld';
      readonly text: string;
      readonly reason: string;
      readonly verification: Verification | null;
    }
  /** Last event. `fallsBack`: fewer than half survived, and the whole answer should be extractive. */
  | { readonly type: 'finished'; readonly candidates: number; readonly survived: number; readonly fallsBack: boolean };

export interface VerifiedSentencesParts {
  /** The retrieved passages, best first; nothing else is cited. */
  readonly passages: readonly Passage[];
  /** The rules alone, or the rules and a judge. */
  readonly verify: (sentence: string, cited: readonly Passage[]) => Verification | Promise<Verification>;
}

const leastSurviving = 0.5;
/** Characters of one claim; what is longer is no sentence but a flood, and costs more to verify than an answer may take. */
const longestSentence = 600;
/** Sentences of one reply that are looked at; the model is asked for six. */
const mostCandidates = 12;
/** Coverage from which the article's nearest sentence is about what a dropped one was about. */
const leastQuotedCoverage = 0.3;
// A pronoun points at what the sentence before it was about; "Also" does not.
const pointing =
  /^["“'(]*(?:it|its|they|their|them|this|these|that|those|he|she|his|her|such|both|each|the (?:former|latter|same|technique|practice|method|approach))\b/iu;

/** Verifies sentences one by one as they arrive; what is dropped is replaced by the article's own words where it has some. */
export async function* verifiedSentences(
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  { passages, verify }: VerifiedSentencesParts,
): AsyncGenerator<VerifiedEvent> {
  const shown = new Set<string>();
  let count = 0;
  let survived = 0;
  /** Section of the sentence before, undefined at the start; null when it was dropped. */
  let previous: string | null | undefined;
  for await (const candidate of candidates) {
    if (count === mostCandidates) break;
    count += 1;
    if (candidate.text.length > longestSentence) {
      yield { type: 'withheld', text: '', reason: 'it is longer than any one claim', verification: null };
      previous = null;
      continue;
    }
    if (previous === null && leansOnPrevious(candidate.text)) {
      yield {
        type: 'withheld',
        text: candidate.text,
        reason: 'it leans on a sentence that was dropped',
        verification: null,
      };
      continue;
    }
    if (previous === undefined && isPointing(candidate.text)) {
      yield {
        type: 'withheld',
        text: candidate.text,
        reason: 'it points at a sentence before it, and there is none',
        verification: null,
      };
      previous = null;
      continue;
    }
    const { verification, kept } = await verdictOf(candidate, passages, verify);
    const section = sectionOf(kept?.citations[0], passages);
    if (kept && typeof previous === 'string' && isPointing(candidate.text) && section !== previous) {
      yield {
        type: 'withheld',
        text: candidate.text,
        reason: 'it points at a sentence about another section',
        verification,
      };
      previous = null;
      continue;
    }
    if (kept) {
      survived += 1;
      previous = section;
      if (shown.has(kept.text)) continue;
      shown.add(kept.text);
      yield { type: 'kept', sentence: kept, instead: null, verification };
      continue;
    }
    previous = null;
    yield { type: 'withheld', text: candidate.text, reason: reasonOf(verification), verification };
    const quotation = quotationOf(verification);
    if (!quotation || shown.has(quotation.text)) continue;
    shown.add(quotation.text);
    yield { type: 'kept', sentence: quotation, instead: candidate.text, verification: null };
  }
  yield { type: 'finished', candidates: count, survived, fallsBack: count === 0 || survived / count < leastSurviving };
}

function isPointing(sentence: string): boolean {
  return leansOnPrevious(sentence) && pointing.test(sentence);
}

/** Gates, words and causes of a dropped sentence in one line. */
export function reasonOf({ reasons }: Verification): string {
  return reasons
    .map(({ gate, words, why }) => `${gate}${words.length > 0 ? ` "${words.join(' ')}"` : ''}: ${why}`)
    .join('; ');
}

interface Judged {
  /** By the passages that the sentence cites, or by those that support it. */
  readonly verification: Verification;
  readonly kept: CitedSentence | null;
}

/** First the cited passages, then every retrieved section by itself: a model may name the wrong passage. */
async function verdictOf(
  { text, citations }: Candidate,
  passages: readonly Passage[],
  verify: VerifiedSentencesParts['verify'],
): Promise<Judged> {
  const cited = passages.filter(({ id }) => citations.includes(id));
  const first = await verify(text, cited);
  if (first.verdict === 'keep') return { verification: first, kept: citing(text, first, cited[0] ?? passages[0]) };
  let nearest = first;
  for (const group of sectionsOf(passages)) {
    const verification = await verify(text, group);
    if (verification.verdict === 'keep') return { verification, kept: citing(text, verification, group[0]) };
    if (!nearest.evidence) nearest = verification;
    else if (cited.length === 0 && (verification.evidence?.coverage ?? 0) > nearest.evidence.coverage)
      nearest = verification;
  }
  return { verification: nearest, kept: null };
}

function citing(text: string, { evidence }: Verification, fallback: Passage | undefined): CitedSentence | null {
  const citations = evidence?.passages ?? (fallback ? [fallback.id] : []);
  return citations.length === 0 ? null : { text, citations, quoted: false };
}

/** The article's sentence nearest to a dropped one, when it can stand alone. */
function quotationOf({ evidence }: Verification): CitedSentence | null {
  if (!evidence || evidence.coverage < leastQuotedCoverage || leansOnPrevious(evidence.nearest.sentence)) return null;
  return { text: evidence.nearest.sentence, citations: [evidence.nearest.passage], quoted: true };
}

/** Passages by section, in the order in which the sections were retrieved. */
function sectionsOf(passages: readonly Passage[]): readonly (readonly Passage[])[] {
  const groups = new Map<string, Passage[]>();
  for (const passage of passages) {
    const key = sectionKey(passage);
    const group = groups.get(key);
    if (group) group.push(passage);
    else groups.set(key, [passage]);
  }
  return [...groups.values()];
}

function sectionOf(id: string | undefined, passages: readonly Passage[]): string | undefined {
  const passage = passages.find((candidate) => candidate.id === id);
  return passage && sectionKey(passage);
}

function sectionKey({ document, section }: Passage): string {
  return `${document}#${section}`;
}
