import type { Kysely, Transaction } from 'kysely';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Schema } from './schema.ts';

/** What SQLite and PostgreSQL do differently; everything else is one set of queries over `db`. */
export interface StoreDatabase {
  readonly kind: 'sqlite' | 'postgres';
  /** Where it is, for the owner; never with a password. */
  readonly place: string;
  readonly db: Kysely<Schema>;
  /** A transaction whose result survives a power cut once it resolves. */
  durably<T>(work: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Its `consume` rejects with a `RateLimiterRes` when nothing is left. */
  createLimiter(options: LimiterOptions): Limiter;
  /** For work of minutes, on a connection that waits for it. */
  patiently<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** Overwrites what removed rows leave behind in the files, as far as the database can. */
  scrub(): Promise<void>;
  /** In a transaction: wakes the other processes when it commits. */
  announce(transaction: Transaction<Schema>): Promise<void>;
  /** Calls back when another process may have posted a notice, and after a lost connection. Returns the way to stop. */
  onAnnounced(wake: () => void): () => void;
  close(): Promise<void>;
}

export type Limiter = Pick<RateLimiterAbstract, 'consume'>;

export interface LimiterOptions {
  readonly keyPrefix: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}
