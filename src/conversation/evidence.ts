import { type FactKind, statesWhatIsAsked } from '../answering/asked-kind.ts';
import type { QuestionForm } from '../answering/question-form.ts';
import type { IndexedDocument } from '../domain.ts';
import { contentWords } from '../language/stop-words.ts';
import type { HybridSearch, QueryTerm, SearchResult } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { likeness } from '../retrieval/thesaurus.ts';
import { absentEffect } from './absent-effect.ts';
import {
  absentAim,
  absentKind,
  absentObject,
  absentSubject,
  foreignSubject,
  isForeign,
  isUnknownName,
} from './absent-things.ts';

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
export const evidenceBands = { answer: 0.9, nearest: 0.7 } as const;

/** What the evidence must exceed when the question names something that neither the article nor the dictionary knows. */
const withUnknownName = 0.97;

/** What a question is held against besides the passages found. */
export interface Article {
  readonly documents: readonly IndexedDocument[];
  /** Whether it has every content word of a phrase, in any form. */
  readonly isMentioned: (words: string) => boolean;
}

export function articleOf({ mentions }: Pick<HybridSearch, 'mentions'>, index: KnowledgeIndex): Article {
  return { documents: index.documents, isMentioned: (phrase) => mentions(index, phrase) };
}

/** Decides from the evidence, from the words that the article never has, and from the kind of fact that is asked for. */
export function judge(
  form: QuestionForm,
  question: string,
  result: SearchResult,
  { documents, isMentioned }: Article,
): Verdict {
  const { terms, passages, evidence } = result;
  const kind = absentKind(form, question, terms, documents);
  const kindOrEffect = kind ?? absentEffect(question, terms);
  if (kindOrEffect !== null) {
    return { band: evidence < evidenceBands.nearest ? 'refuse' : 'nearest', missing: named(kindOrEffect) };
  }
  const stated = statesWhatIsAsked(
    question,
    passages.map(({ passage }) => passage),
    isMentioned,
    (words) => isMentioned(words) || contentWords(words).every((word) => isSpokenOf(word, terms)),
  );
  if (!stated.answerable) return { band: 'refuse', missing: speakable(stated.missing) };
  const absent = absentObject(question, terms) ?? absentSubject(question, terms) ?? absentAim(question, terms);
  if (absent !== null) return { band: 'refuse', missing: named(absent) };
  const missing = named(foreignSubject(question, terms));
  const isUnknownThing = form.kind === 'definition' && terms.some(isUnknownName);
  const isForeignThing = form.kind === 'definition' && terms.every(isForeign);
  if (isUnknownThing || isForeignThing || evidence < evidenceBands.nearest) return { band: 'refuse', missing };
  const needed = terms.some(isUnknownName) ? withUnknownName : evidenceBands.answer;
  return { band: evidence < needed ? 'nearest' : 'answer', missing };
}

/** The passages found have the word or another one for the same thing. */
function isSpokenOf(word: string, terms: readonly QueryTerm[]): boolean {
  return terms.some((term) => term.word === word && term.closest >= likeness);
}

function named(name: string | null): Missing | null {
  return name === null ? null : speakable({ name });
}

/** A visitor's words are repeated only when they are a short run of plain words. */
function speakable(missing: Missing): Missing | null {
  return 'fact' in missing || /^\p{L}{2,20}(?: \p{L}{2,20}){0,2}$/u.test(missing.name) ? missing : null;
}
