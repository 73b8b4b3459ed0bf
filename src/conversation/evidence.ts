import { type FactKind, statesWhatIsAsked } from '../answering/asked-kind.ts';
import type { QuestionForm } from '../answering/question-form.ts';
import type { QueryTerm, SearchResult } from '../retrieval/hybrid-search.ts';

/** Whether the article answers: `nearest` comes close enough to offer its sections, not to answer from them. */
export interface Verdict {
  readonly band: 'answer' | 'nearest' | 'refuse';
  /** What keeps the article from answering, when that can be named. */
  readonly missing: Missing | null;
}

/** A kind of fact that is not stated, or a name that the article never has in any form. */
export type Missing = { readonly fact: FactKind } | { readonly name: string };

export const answerable: Verdict = { band: 'answer', missing: null };

/**
 * Shares of generic utterances, 0 to 1, that the question's evidence must exceed. They are error rates on utterances
 * about anything, not scores, so they hold for every article and every embedder.
 */
export const evidenceBands = { answer: 0.87, nearest: 0.7 } as const;

/** What the evidence must exceed when the question names something that neither the article nor the dictionary knows. */
const withUnknownName = 0.97;
const shortestName = 5;

/** A word is foreign to the article when no word of the passages found comes nearer than this cosine, 0 to 1. */
const foreignBelow = 0.45;

/** Decides from the evidence, from the words that the article never has, and from the kind of fact that is asked for. */
export function judge(
  form: QuestionForm,
  question: string,
  result: SearchResult,
  isMentioned: (words: string) => boolean,
): Verdict {
  const missing = foreignSubject(question, result.terms);
  const stated = statesWhatIsAsked(
    question,
    result.passages.map(({ passage }) => passage),
    isMentioned,
  );
  if (!stated.answerable) return { band: 'refuse', missing: speakable(stated.missing) };
  const unheardOf = helpedThing(question, result.terms);
  if (unheardOf) return { band: 'refuse', missing: unheardOf };
  const isUnknownThing = form.kind === 'definition' && result.terms.some(isUnknownName);
  const isForeignThing = form.kind === 'definition' && result.terms.every(isForeign);
  if (isUnknownThing || isForeignThing || result.evidence < evidenceBands.nearest) {
    return { band: 'refuse', missing };
  }
  const needed = result.terms.some(isUnknownName) ? withUnknownName : evidenceBands.answer;
  return { band: result.evidence < needed ? 'nearest' : 'answer', missing };
}

function isForeign({ mentioned, closest }: QueryTerm): boolean {
  return !mentioned && closest < foreignBelow;
}

/** "Does it help with sleep?", "is it good for digestion": what comes after is what the article has to speak of. */
const helps =
  /\b(?:helps?|good|works?) (?:(?:me|you|us|him|her|them|people|someone) )?(?:to |with |for |against |on )?(?:my |your |the |a |an )?(.+)$/iu;

/** The thing that is to be helped, when the article has no word of it and none that comes near. */
function helpedThing(question: string, terms: readonly QueryTerm[]): Missing | null {
  const thing = question.match(helps)?.[1]?.toLowerCase();
  if (thing === undefined) return null;
  const asked = terms.filter(({ word }) => thing.split(/\W+/u).includes(word));
  const isAbsent = asked.length > 0 && asked.every(isForeign);
  return isAbsent ? speakable({ name: asked.map(({ word }) => word).join(' ') }) : null;
}

/** A word without a vector: a brand, a method, a person. */
function isUnknownName({ word, mentioned, closest }: QueryTerm): boolean {
  return !mentioned && closest === 0 && word.length >= shortestName;
}

/** The unknown name, else the word that says most, when the article is far from it; with its neighbours if they are foreign too. */
function foreignSubject(question: string, terms: readonly QueryTerm[]): Missing | null {
  const heaviest = terms.toSorted((left, right) => right.weight - left.weight)[0];
  const subject = terms.find(isUnknownName) ?? heaviest;
  if (!subject || !isForeign(subject)) return null;
  const at = terms.indexOf(subject);
  const neighbours = [
    [terms[at - 1], subject],
    [subject, terms[at + 1]],
  ].map((pair) => pair.map((term) => term?.word ?? ''));
  const isForeignPhrase = (pair: readonly string[]) =>
    question.toLowerCase().includes(pair.join(' ')) &&
    terms.some(({ word, mentioned }) => pair.includes(word) && word !== subject.word && !mentioned);
  const phrase = neighbours.find(isForeignPhrase)?.join(' ') ?? subject.word;
  return speakable({ name: phrase });
}

/** A visitor's words are repeated only when they are a short run of plain words. */
function speakable(missing: Missing): Missing | null {
  return 'fact' in missing || /^\p{L}{2,20}(?: \p{L}{2,20}){0,2}$/u.test(missing.name) ? missing : null;
}
