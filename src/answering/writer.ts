import type { AnswerMode, CitedSentence, Passage, SentenceExplanation } from '../domain.ts';
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
  /** Milliseconds of the answer's time that are gone already, 0 unless given. */
  readonly usedMs?: number;
}

/** A whole reply: its sentences, as they are to be read. No sentence means that the passages do not say. */
export interface Draft {
  readonly layout: 'prose' | 'list';
  readonly sentences: readonly CitedSentence[];
  readonly mode: AnswerMode;
}

/** What a writer gives as it goes; `end` comes once, last, and its draft is the reply. */
export type WriterEvent =
  | { readonly type: 'sentence'; readonly sentence: CitedSentence; readonly explanation?: SentenceExplanation }
  | { readonly type: 'withheld'; readonly reason: string; readonly explanation: SentenceExplanation }
  | { readonly type: 'end'; readonly draft: Draft };

/** Writes a reply from passages. Every sentence it gives may be shown: it is quoted, or it has been verified. */
export type Writer = (brief: Brief) => AsyncIterable<WriterEvent>;
