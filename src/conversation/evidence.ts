import { statesWhatIsAsked } from '../answering/asked-kind.ts';
import type { QuestionForm } from '../answering/question-form.ts';
import type { QueryTerm, SearchResult } from '../retrieval/hybrid-search.ts';

/** Whether the article answers: `nearest` comes close enough to offer its sections, not to answer from them. */
export interface Verdict {
  readonly band: 'answer' | 'nearest' | 'refuse';
  /** What the question is about and the article never has in any form; null when it has, or when that is unclear. */
  readonly unmentioned: string | null;
}

export const answerable: Verdict = { band: 'answer', unmentioned: null };

/**
 * Shares of generic utterances, 0 to 1, that the question's evidence must exceed. They are error rates on utterances
 * about anything, not scores, so they hold for every article and every embedder.
 */
export const evidenceBands = { answer: 0.93, nearest: 0.8 } as const;

/** A word is foreign to the article when no word of the passages found comes nearer than this cosine, 0 to 1. */
const foreignBelow = 0.45;

/** Decides from the evidence, from the words that the article never has, and from the kind of fact that is asked for. */
export function judge(
  form: QuestionForm,
  question: string,
  result: SearchResult,
  isMentioned: (words: string) => boolean,
): Verdict {
  const unmentioned = foreignSubject(result.terms);
  const stated = statesWhatIsAsked(
    question,
    result.passages.map(({ passage }) => passage),
    isMentioned,
  );
  if (!stated.answerable) return { band: 'refuse', unmentioned };
  const isAboutForeign = form.kind === 'definition' && result.terms.every(isForeign);
  if (isAboutForeign || result.evidence < evidenceBands.nearest) return { band: 'refuse', unmentioned };
  return { band: result.evidence < evidenceBands.answer ? 'nearest' : 'answer', unmentioned };
}

function isForeign({ mentioned, closest }: QueryTerm): boolean {
  return !mentioned && closest < foreignBelow;
}

/** The word that says most, with its neighbours, when the article is far from it. */
function foreignSubject(terms: readonly QueryTerm[]): string | null {
  const heaviest = terms.toSorted((left, right) => right.weight - left.weight)[0];
  return heaviest && isForeign(heaviest) && /^\p{L}{3,20}$/u.test(heaviest.word) ? heaviest.word : null;
}
