import type { Answer, AnswerMode, Outcome, Reason } from '../domain.ts';

/**
 * What outlives a process: SQLite in the data folder, or PostgreSQL that several replicas share. The same object over
 * both; a database that cannot be written is stood in for by memory, so its methods throw only for mistakes of the caller.
 */
export interface Store {
  readonly conversations: Conversations;
  readonly questions: QuestionLog;
  readonly feedback: FeedbackLog;
  readonly settings: Settings;
  readonly claims: Claims;
  readonly limits: Limits;
  /** Where replicas share the index; null with SQLite, whose generations are folders on the disk. */
  readonly generations: SharedGenerations | null;
  health(): Promise<StoreHealth>;
  /** Removes what is past its time; also runs by itself every few minutes. */
  purge(): Promise<void>;
  /** Writes what still waits, and closes. */
  close(): Promise<void>;
}

export interface StoreHealth {
  readonly kind: 'sqlite' | 'postgres';
  /** `memory`: the database cannot be used at present and nothing is kept beyond this process. */
  readonly state: 'kept' | 'memory';
  /** One line for the owner: where it is kept, or why it is not. */
  readonly detail: string;
}

export type StoreChannel = 'http' | 'discord' | 'cli';

// ---- Conversations -------------------------------------------------------------------------------

/** Idle for so long, a conversation cannot be continued and its words are gone. */
export const conversationIdleMs = 30 * 60_000;
/** Turns kept of one conversation; the oldest go first. */
export const keptTurns = 20;

export interface Conversations {
  /** A new conversation; of the token only its SHA-256 is kept, so this is the one time it can be read. */
  create(of: { readonly channel: StoreChannel; readonly locale?: string }): Promise<NewConversation>;
  /** Null when it is unknown, foreign, idle for too long or erased: the same work for each, so that time tells nothing. */
  open(id: string, token: string): Promise<Conversation | null>;
  /** For channels that know who speaks where: the live conversation of the key, or a new one. */
  findOrCreate(of: KeyedConversation): Promise<Conversation>;
  /** Adds a turn, once for each `turnId`; false when the conversation is erased, unknown or idle for too long. */
  append(id: string, turn: Turn): Promise<boolean>;
  /** A turn of a live conversation, for whoever knows its id. */
  findTurn(turnId: string): Promise<{ readonly conversationId: string; readonly turn: Turn } | null>;
  /** Whether the token is that of the conversation, also when it has been idle for too long: who may erase it. */
  owns(id: string, token: string): Promise<boolean>;
  /** Removes the conversation with its turns, feedback, log rows and kept words; false when there was none. */
  erase(id: string): Promise<boolean>;
  /** `erase` for every conversation of an owner; gives their ids, for caches elsewhere. */
  eraseOwner(channel: StoreChannel, owner: string): Promise<readonly string[]>;
  /** Removes every conversation, feedback, log row and kept word of the installation; gives the number of conversations. */
  eraseAll(): Promise<number>;
  /** Hears of each erased conversation at once, on this replica and on others: empty caches and buffers then. Returns the way to stop. */
  onErased(listener: (id: string) => void): () => void;
}

export interface NewConversation {
  /** 128 random bits, base64url. */
  readonly id: string;
  /** 256 random bits, base64url. */
  readonly token: string;
}

export interface KeyedConversation {
  readonly channel: StoreChannel;
  /** Where it takes place and with whom, such as a thread; kept as a SHA-256 only. */
  readonly key: string;
  /** Who can ask for it to be erased, such as a user's id; kept as a SHA-256 only. */
  readonly owner?: string;
  readonly locale?: string;
}

export interface Conversation {
  readonly id: string;
  readonly channel: StoreChannel;
  /** BCP 47 tag. */
  readonly locale: string | null;
  /** Whether one of its turns was a crisis, also one that is no longer kept. */
  readonly crisisOpen: boolean;
  /** Oldest first. */
  readonly turns: readonly Turn[];
}

/** One question with what the next one is read with. */
export interface Turn {
  readonly turnId: string;
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
  /** Suggestions that were shown, so that they are not repeated. */
  readonly suggestions: readonly string[];
  readonly isCrisis: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What was answered, to be sent again; null when that is not wanted. */
  readonly answer: Answer | null;
}

// ---- The log of questions ------------------------------------------------------------------------

export interface QuestionLog {
  /** Notes a question; returns at once and is written a moment later. */
  record(row: QuestionRow): void;
  /** Resolves when everything noted so far is written. */
  flush(): Promise<void>;
  /** Words that NAPE_KEEP_QUESTIONS keeps, equal ones together, most frequent first; empty when nothing is kept. */
  kept(wanted?: KeptQuestionFilter): Promise<readonly KeptQuestion[]>;
  /** Numbers of questions since a time, by outcome and reason. */
  count(since: number): Promise<readonly QuestionCount[]>;
}

export interface QuestionRow {
  readonly turnId: string;
  /** Null for a question outside any conversation. */
  readonly conversationId: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly channel: StoreChannel;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly passages: readonly string[];
  readonly latencyMs: number;
  readonly mode: AnswerMode;
  /** The stand-alone question. Dropped unless NAPE_KEEP_QUESTIONS is set; then masked and kept for so many days. */
  readonly question: string;
}

export interface KeptQuestionFilter {
  readonly outcome?: Outcome;
  /** Asked at least so often, 1 unless given. */
  readonly atLeast?: number;
  /** 200 unless given. */
  readonly limit?: number;
}

export interface KeptQuestion {
  /** With e-mail addresses, telephone numbers and other numbers masked. */
  readonly question: string;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly times: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

export interface QuestionCount {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly times: number;
}

// ---- Feedback ------------------------------------------------------------------------------------

export interface FeedbackLog {
  /** Saved for good when this resolves to true; a second one for the same turn replaces the first. False for an unknown turn. */
  save(feedback: Feedback): Promise<boolean>;
  count(): Promise<{ readonly up: number; readonly down: number }>;
}

export interface Feedback {
  readonly turnId: string;
  readonly value: 'up' | 'down';
  /** Kept masked, like the words of a question, and for at most 30 days. */
  readonly comment?: string;
}

// ---- Settings, claims, limits --------------------------------------------------------------------

/** Small JSON values such as a Discord server's settings; whoever reads one checks its form. */
export interface Settings {
  get(scope: string, key: string): Promise<unknown>;
  /** Replaces the value; undefined removes it. */
  set(scope: string, key: string, value: unknown): Promise<void>;
  /** Removes every value of the scope. */
  clear(scope: string): Promise<void>;
}

/** Who does a piece of work, when several may be asked for it. */
export interface Claims {
  /**
   * Claims the work of an idempotency key. The caller makes the key specific to its client or conversation; it is kept as
   * a SHA-256, and the result sealed with it. A claim that nobody finishes is free again after a minute.
   */
  claim(key: string, body: string): Promise<Claim>;
  /** Keeps the result of a claim that is `mine` for ten minutes; erased with the conversation. */
  finish(key: string, result: string, conversationId: string | null): Promise<void>;
  /** Gives up a claim that is `mine`: the next one may try. */
  release(key: string): Promise<void>;
  /** True for the first caller with this key in so many milliseconds, on whichever replica: answer an event once, say a thing once. */
  first(key: string, forMs: number): Promise<boolean>;
}

export type Claim =
  /** Do the work, then `finish` or `release`. */
  | { readonly state: 'mine' }
  /** The same body is being answered elsewhere; resolves to its result, or to null when it was released: then claim again. */
  | { readonly state: 'running'; wait(signal?: AbortSignal): Promise<string | null> }
  | { readonly state: 'done'; readonly result: string }
  /** The key was used with another body. */
  | { readonly state: 'different' };

/**
 * address: an IP address (IPv6 counts by /64); conversation: its id; user: a Discord user; everyone: all questions of the
 * installation (the key is ''). Each has a limit per minute and one per day.
 */
export type LimitKind = 'address' | 'conversation' | 'user' | 'everyone';

export interface Limits {
  /** Counts a question against both limits of the kind; when one is reached, nothing is allowed until `retryAfterMs` has passed. */
  consume(kind: LimitKind, key: string): Promise<LimitState>;
  /** Sets tokens aside from the budget of this UTC day; false when it does not hold them. Negative gives back. */
  takeTokens(tokens: number, budget: number): Promise<boolean>;
  usedTokens(): Promise<number>;
}

export interface LimitState {
  readonly allowed: boolean;
  /** 0 when allowed. */
  readonly retryAfterMs: number;
}

/** Questions allowed in a minute and in a day (UTC); 0 is no limit. */
export interface LimitConfig {
  readonly perMinute: number;
  readonly perDay: number;
}

// ---- The index of several replicas ---------------------------------------------------------------

export interface SharedGenerations {
  /** Whether vectors are searched in the database (pgvector), or each replica keeps a graph of its own. */
  search(): Promise<'pgvector' | 'own'>;
  /** Name of the generation that every replica should answer from; null before the first one. */
  current(): Promise<string | null>;
  /** The files of a generation by name; null when it is gone. */
  read(name: string): Promise<ReadonlyMap<string, Uint8Array> | null>;
  /** Stores a generation and makes it the current one, in one transaction; the one before it is kept too. */
  publish(name: string, files: ReadonlyMap<string, Uint8Array>, vectors: StoredVectors): Promise<void>;
  /** The rows of a generation that are most similar to a vector; null when the database cannot tell. */
  nearest(name: string, vector: Float32Array, count: number): Promise<readonly StoredNeighbour[] | null>;
  /** Hears the name of each new current generation, also after a lost connection came back. Returns the way to stop. */
  onCurrent(listener: (name: string) => void): () => void;
}

export interface StoredVectors {
  readonly dimension: number;
  /** None of them all zeros. */
  readonly rows: readonly { readonly ordinal: number; readonly vector: Float32Array }[];
}

export interface StoredNeighbour {
  readonly ordinal: number;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}
