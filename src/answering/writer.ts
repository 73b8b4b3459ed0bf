import type { AnswerMode, CitedSentence, Passage } from '../domain.ts';
import type { OutlineList } from './outline-list.ts';
import type { QuestionForm } from './question-form.ts';

/** What a writer is given for one reply. */
export interface Brief {
  readonly question: string;
  readonly form: QuestionForm;
  /** The outline's own list, when the question asks for one. */
  readonly list: OutlineList | undefined;
  /** Best first, with scores that are comparable within one question. */
  readonly passages: readonly { readonly passage: Passage; readonly score: number }[];
  /** Every passage of a section, in reading order. */
  readonly sectionPassages: (document: string, section: string) => readonly Passage[];
  readonly signal?: AbortSignal;
}

/** A reply before it is verified: its sentences, grouped as they are to be read. */
export interface Draft {
  readonly layout: 'prose' | 'list';
  readonly sentences: readonly CitedSentence[];
  readonly mode: AnswerMode;
}

/** Writes a reply from passages; an empty draft means that they do not say. */
export type Writer = (brief: Brief) => Promise<Draft>;
