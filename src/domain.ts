/** The words that every part of Nape shares. Types only: nothing here runs. */

// ---- Knowledge -----------------------------------------------------------------------------------

/** A stretch of a document's source: `source.slice(start, end)`, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One sentence of a passage. `text` is the source between the offsets as a person reads it: a line
 * break inside the sentence is one space, and in Markdown the inline markup is gone.
 */
export interface Sentence extends Span {
  readonly text: string;
}

/** A block of running text in a section: a paragraph, or one item of a list. */
export interface Paragraph extends Span {
  readonly kind: 'paragraph' | 'list-item';
  readonly sentences: readonly Sentence[];
}

/** A heading with the text under it, up to the next heading of any level. */
export interface Section extends Span {
  /** Slug of the heading, unique in the document (`stress-reduction`; a second one is `stress-reduction-2`). */
  readonly id: string;
  /** The heading as written, without its number or `#` marks; null for text before the first heading. */
  readonly heading: string | null;
  /** Headings from the outermost section down to this one, without the document's title. */
  readonly headings: readonly string[];
  /** 1 for an outermost section. */
  readonly level: number;
  readonly parent: string | null;
  /** Ids of the sections directly below, in reading order. */
  readonly children: readonly string[];
  readonly paragraphs: readonly Paragraph[];
}

export interface Document {
  /** Slug of the file name without its extension. */
  readonly id: string;
  readonly title: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** ISO date of the front matter, when it has one. */
  readonly updated: string | null;
  /** File name inside the knowledge folder, for messages to the owner. */
  readonly file: string;
  readonly format: 'markdown' | 'text';
  /** The whole file as text, front matter included: offsets point into this. */
  readonly source: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly hash: string;
  readonly sections: readonly Section[];
}

/** What retrieval finds and an answer cites: consecutive sentences of one section. */
export interface Passage extends Span {
  /** `document#section/n`, n from 1. */
  readonly id: string;
  readonly document: string;
  /** Title of the document. */
  readonly title: string;
  /** Id of the section. */
  readonly section: string;
  readonly headings: readonly string[];
  /** Exactly `source.slice(start, end)`. */
  readonly text: string;
  readonly sentences: readonly Sentence[];
  /** SHA-256 of headings and text, hex: equal hashes embed to equal vectors. */
  readonly hash: string;
}

// ---- Answers -------------------------------------------------------------------------------------

export type Outcome = 'answered' | 'refused' | 'redirected' | 'greeted';

export type RefusalReason = 'not-in-article' | 'off-topic' | 'probing' | 'unintelligible';
export type RedirectReason =
  | 'crisis'
  | 'emergency'
  | 'after-visit'
  | 'complaint'
  | 'symptom'
  | 'suitability'
  | 'instructions'
  | 'efficacy'
  | 'minor'
  | 'sexual'
  | 'business';
export type GreetingReason = 'greeting' | 'thanks';
export type Reason = RefusalReason | RedirectReason | GreetingReason;

/** extractive: the article's own sentences; generated: a model's, verified; curated: from the FAQ; fixed: replies.ts. */
export type AnswerMode = 'extractive' | 'generated' | 'curated' | 'fixed';

export interface CitedSentence {
  readonly text: string;
  /** Passage ids, at least one. */
  readonly citations: readonly string[];
  /** True when the text is the article's own wording. */
  readonly quoted: boolean;
}

/** A passage as a reader of an answer gets it. */
export interface CitedPassage extends Span {
  readonly id: string;
  readonly document: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly text: string;
  /** Retrieval score; comparable within one answer only. */
  readonly score: number;
}

export interface Answer {
  readonly turnId: string;
  readonly conversationId: string;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  /** The whole reply as plain text. */
  readonly text: string;
  readonly sentences: readonly CitedSentence[];
  /** Only the passages that the sentences cite. */
  readonly passages: readonly CitedPassage[];
  /** Up to three questions that the article answers. */
  readonly suggestions: readonly string[];
  readonly mode: AnswerMode;
}

/** Codes of `NapeError`, each with a public sentence in errors.ts. */
export type ErrorCode =
  | 'bad-request'
  | 'question-empty'
  | 'question-too-long'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'unauthorized'
  | 'not-found'
  | 'conflict'
  | 'stopped'
  | 'too-many-requests'
  | 'method-not-allowed'
  | 'config-invalid'
  | 'knowledge-missing'
  | 'index-unavailable'
  | 'model-unavailable'
  | 'deadline-exceeded'
  | 'store-unavailable'
  | 'shutting-down'
  | 'internal';

/** The one language of the core: what `ask` yields and every channel renders. */
export type AnswerEvent =
  | {
      readonly type: 'answer-start';
      readonly turnId: string;
      readonly conversationId: string;
      /** Over HTTP, with the first answer of a new conversation: what its next questions have to bring along. */
      readonly token?: string;
    }
  | { readonly type: 'passages-found'; readonly passages: readonly CitedPassage[] }
  | { readonly type: 'sentence-verified'; readonly sentence: CitedSentence }
  | { readonly type: 'sentence-withheld'; readonly reason: string }
  | { readonly type: 'answer-end'; readonly answer: Answer }
  | { readonly type: 'answer-error'; readonly code: ErrorCode; readonly message: string };

/** Where a question came in. */
export type Channel = 'http' | 'discord' | 'cli';

/** A question as a channel hands it over. */
export interface Question {
  readonly text: string;
  /** Without one nothing is remembered, and the answer's `conversationId` leads nowhere. */
  readonly conversation?: OngoingConversation;
  /** `cli` unless given. */
  readonly channel?: Channel;
  /** BCP 47 tag of the visitor's language, where the channel knows it: for questions whose own words tell none. */
  readonly locale?: string;
  readonly signal?: AbortSignal;
  /** Hears the question that is looked up: the visitor's own, or what it means in this conversation. */
  readonly onStandAlone?: (question: string) => void;
  /** Hears why each sentence of a model was kept or dropped. */
  readonly onExplain?: (explanation: SentenceExplanation) => void;
}

/** A conversation that the visitor has a right to: the channel has checked it. */
export interface OngoingConversation {
  readonly id: string;
  /** What was said so far, read anew; null once the conversation is erased or has been idle for too long. */
  history(): Promise<ConversationHistory | null>;
}

/** What the next question of a conversation is read with. */
export interface ConversationHistory {
  /** Whether one of its turns was a crisis, also one that is no longer kept. */
  readonly crisisOpen: boolean;
  /** Oldest first. */
  readonly turns: readonly EarlierTurn[];
}

export interface EarlierTurn {
  /** The visitor's own words. */
  readonly asked: string;
  /** The stand-alone question that was looked up. */
  readonly question: string;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  /** Ids of the cited passages, in order. */
  readonly passages: readonly string[];
  /** Items of the list that was shown, for "the second one"; empty when there was none. */
  readonly listed: readonly string[];
  /** Questions that were suggested. */
  readonly suggestions: readonly string[];
  /** What was answered, where it is kept. */
  readonly answer?: Pick<Answer, 'sentences'> | null;
}

/** Why a sentence was kept or dropped, for `--explain` and the log. */
export interface SentenceExplanation {
  readonly text: string;
  readonly verdict: 'keep' | 'drop-hard' | 'drop-soft';
  /** Gates with their words and causes, in one line; empty when it was kept. */
  readonly reason: string;
  /** The article's nearest sentence, with its passage; null when there is none. */
  readonly nearest: { readonly passage: string; readonly sentence: string } | null;
}

/** Answers a question as events; never throws, and ends with exactly one `answer-end` or `answer-error`. */
export type Ask = (question: Question) => AsyncIterable<AnswerEvent>;

// ---- The FAQ -------------------------------------------------------------------------------------

/** A question of the owner's with an answer that holds against the articles; what visitors may read. */
export interface FaqEntry {
  /** Slug of the question, unique: its anchor on the page. */
  readonly id: string;
  readonly question: string;
  /** Other ways in which people ask it. */
  readonly variants: readonly string[];
  /** Heading that it stands under; null for none. Entries of one group follow one another. */
  readonly group: string | null;
  /** The whole answer as plain text, as in `Answer`. */
  readonly text: string;
  readonly sentences: readonly CitedSentence[];
  readonly passages: readonly CitedPassage[];
  readonly layout: 'prose' | 'list';
}

/** How one entry of a `faq.yaml` stands. */
export interface FaqStatus {
  /** `stale`: the article does not say, or no longer says, what the answer says. Only a fresh one is served. */
  readonly state: 'fresh' | 'stale' | 'invalid';
  /** As far as it can be read. */
  readonly question: string | null;
  /** Line of the file on which it starts, from 1. */
  readonly line: number;
  /** What is wrong and what to do about it; for a fresh one, what its owner should know. */
  readonly notes: readonly string[];
}

// ---- Indexing ------------------------------------------------------------------------------------

/** Something about one file that its owner should know; the other files load all the same. */
export interface KnowledgeProblem {
  readonly file: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

export interface IndexProgress {
  readonly phase: 'embedding' | 'building' | 'writing';
  readonly done: number;
  readonly total: number;
}

/** What an indexing run did. */
export interface IndexReport {
  readonly generation: string;
  /** `unchanged` when the generation on disk was already right and nothing was written. */
  readonly outcome: 'built' | 'unchanged';
  readonly documents: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
    readonly unchanged: readonly string[];
  };
  readonly passages: { readonly embedded: number; readonly reused: number; readonly removed: number };
  readonly problems: readonly KnowledgeProblem[];
  readonly durationMs: number;
}

/** A document as the index keeps it: its outline without the text, which the passages hold. */
export interface IndexedDocument {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly updated: string | null;
  readonly file: string;
  readonly hash: string;
  readonly sections: readonly Omit<Section, 'paragraphs'>[];
}

// ---- Widget --------------------------------------------------------------------------------------

/** The labels of the widget's interface, in one language. */
export interface WidgetWords {
  /** Heading of the panel, unless the page sets `title`. */
  readonly title: string;
  readonly close: string;
  readonly conversation: string;
  readonly question: string;
  readonly send: string;
  readonly stop: string;
  readonly retry: string;
  readonly copy: string;
  readonly copied: string;
  readonly startOver: string;
  readonly erased: string;
  readonly notErased: string;
  readonly helpful: string;
  readonly unhelpful: string;
  readonly comment: string;
  readonly sendComment: string;
  readonly notSent: string;
  readonly thanks: string;
  readonly looking: string;
  readonly answered: string;
  readonly refused: string;
  readonly redirected: string;
  readonly source: string;
  readonly suggestions: string;
  readonly offline: string;
  readonly failed: string;
  readonly stopped: string;
  readonly contact: string;
}

/** A configured number or address as it stands in replies, and where its link leads. */
export interface ContactLink {
  readonly text: string;
  /** `tel:`, `mailto:`, `https:` or `http:`. */
  readonly href: string;
}

/** What `GET /api/widget` tells the widget; all of it is public. */
export interface WidgetSettings {
  readonly language: string;
  /** Language of the articles, of which quoted sentences are. */
  readonly articleLanguage: string;
  readonly words: WidgetWords;
  readonly disclosure: string;
  readonly greeting: string;
  readonly suggestions: readonly string[];
  readonly contacts: readonly ContactLink[];
}
