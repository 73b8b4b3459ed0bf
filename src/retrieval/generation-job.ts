import type { IndexedDocument } from '../domain.ts';
import type { Manifest } from './manifest.ts';
import type { VectorTable } from './vector-index.ts';

/** What the worker gets when it starts; the pieces of `passages.jsonl` follow as messages of their own. */
export interface GenerationJob {
  /** Made by the worker. */
  readonly folder: string;
  readonly embedder: { readonly identity: string; readonly dimension: number };
  readonly documents: readonly IndexedDocument[];
  /** In shared memory. */
  readonly vectors: VectorTable;
  readonly withGraph: boolean;
  /** A whole generation to take over from what has not changed. */
  readonly earlier: EarlierGeneration | null;
}

export interface EarlierGeneration {
  readonly folder: string;
  readonly manifest: Manifest;
  /** For each new passage its ordinal in the earlier generation, or -1. */
  readonly ordinals: Int32Array;
}

export type MessageToWorker =
  /** A piece of `passages.jsonl`. */
  | { readonly type: 'passages'; readonly lines: string }
  | { readonly type: 'all-sent' }
  /** The caller has given up: nothing more is wanted. */
  | { readonly type: 'stop' };

export type MessageFromWorker =
  /** Vectors that the graph has. */
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'writing' }
  /** Everything is on disk. */
  | { readonly type: 'written'; readonly manifestJson: string };
