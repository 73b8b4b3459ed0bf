import type { Generated } from 'kysely';

/**
 * The tables of both databases. Times are milliseconds since 1970, digests SHA-256 in hex, and what has a form of its
 * own is JSON in text, so that the same queries read the same values from SQLite and from PostgreSQL.
 */
export interface Schema {
  readonly nape_conversations: ConversationsTable;
  readonly nape_turns: TurnsTable;
  readonly nape_questions: QuestionsTable;
  readonly nape_feedback: FeedbackTable;
  readonly nape_settings: SettingsTable;
  readonly nape_claims: ClaimsTable;
  readonly nape_marks: MarksTable;
  readonly nape_limits: LimitsTable;
  readonly nape_tokens: TokensTable;
  readonly nape_notices: NoticesTable;
  readonly nape_generations: GenerationsTable;
  readonly nape_generation_files: GenerationFilesTable;
}

/** Without its words, a conversation stays as long as rows refer to it, so that it can still be erased with them. */
export interface ConversationsTable {
  id: string;
  /** Null for a conversation that is found by its key. */
  token_hash: string | null;
  channel: string;
  /** Unique; null once another conversation has taken over the key. */
  key_hash: string | null;
  owner_hash: string | null;
  locale: string | null;
  crisis_open: number;
  used_at: number;
}

export interface TurnsTable {
  turn_id: string;
  conversation_id: string;
  /** 1 for the first turn of the conversation. */
  number: number;
  content: string;
}

export interface QuestionsTable {
  turn_id: string;
  conversation_id: string | null;
  asked_at: number;
  channel: string;
  outcome: string;
  reason: string | null;
  passages: string;
  latency_ms: number;
  mode: string;
  /** Masked; null unless words are kept. */
  words: string | null;
}

export interface FeedbackTable {
  turn_id: string;
  conversation_id: string | null;
  value: string;
  comment: string | null;
  given_at: number;
}

export interface SettingsTable {
  scope: string;
  key: string;
  value: string;
}

export interface ClaimsTable {
  key_hash: string;
  body_hash: string;
  /** Random, so that only who holds the claim can finish it. */
  holder: string;
  /** Sealed with the key; null while the work is under way. */
  result: Uint8Array | null;
  conversation_id: string | null;
  expires_at: number;
}

export interface MarksTable {
  key_hash: string;
  expires_at: number;
}

/** Written by rate-limiter-flexible, which counts on these columns in this order. */
export interface LimitsTable {
  key: string;
  points: number;
  expire: number | null;
}

export interface TokensTable {
  /** `2026-11-25`, UTC. */
  day: string;
  used: number;
}

/** What one process tells the others. */
export interface NoticesTable {
  id: Generated<number>;
  kind: string;
  subject: string;
  sender: string;
  posted_at: number;
}

export interface GenerationsTable {
  name: string;
  /** Higher is newer; the highest is the current one. */
  position: Generated<number>;
}

export interface GenerationFilesTable {
  generation: string;
  name: string;
  /** 0 for the first piece of the file. */
  part: number;
  bytes: Uint8Array;
}
