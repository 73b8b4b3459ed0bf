import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import { createDatabaseIndex } from '../retrieval/database-index.ts';
import { distinctRows } from '../retrieval/distinct-rows.ts';
import { readManifest, readVectors } from '../retrieval/generation.ts';
import { readGenerationFiles, storeGenerationFiles } from '../retrieval/generation-files.ts';
import type { HnswLibrary } from '../retrieval/hnsw-index.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { type OpenIndexParts, openIndex } from '../retrieval/open-index.ts';
import { vectorAt } from '../retrieval/vector-index.ts';
import type { SharedGenerations } from '../store/store.ts';

export interface SharedKnowledgeParts {
  readonly generations: SharedGenerations;
  /** The folder of the generations on this machine. */
  readonly directory: string;
  readonly embedder: Embedder;
  readonly hnsw: HnswLibrary | null;
  readonly log: Log;
}

/** The index that several replicas share through their database. Nothing here throws for what the database does. */
export interface SharedKnowledge {
  /** How an index is opened here: with pgvector no replica needs a graph. */
  openParts(): Promise<Pick<OpenIndexParts, 'hnsw' | 'inDatabase'>>;
  /** The shared generation, put on this disk too; undefined when it is the `known` one, there is none, or it cannot be had. */
  pull(known: string | undefined): Promise<KnowledgeIndex | undefined>;
  /** Gives a generation of this disk to the others. */
  push(name: string): Promise<void>;
  /** Whether there is a shared generation at all; true when that cannot be told. */
  exists(): Promise<boolean>;
  /** Hears that there is a new one. Returns the way to stop. */
  onNews(listener: () => void): () => void;
}

export function createSharedKnowledge(parts: SharedKnowledgeParts): SharedKnowledge {
  const { generations, directory, embedder, hnsw, log } = parts;
  let search: 'pgvector' | 'own' | undefined;

  async function openParts(): Promise<Pick<OpenIndexParts, 'hnsw' | 'inDatabase'>> {
    if (search === undefined) {
      search = await generations.search();
      if (search === 'pgvector') log.info({}, 'The vectors are searched in PostgreSQL (pgvector).');
      else log.info({}, 'The database has no pgvector; this replica keeps a graph of its own from the shared index.');
    }
    if (search === 'own') return { hnsw };
    return {
      hnsw: null,
      inDatabase: (name, table) =>
        createDatabaseIndex(table, (vector, count) => generations.nearest(name, vector, count), log),
    };
  }

  async function open(folder: string): Promise<KnowledgeIndex | undefined> {
    return (await openIndex({ directory: folder, embedder, log, ...(await openParts()) })) ?? undefined;
  }

  async function pull(known: string | undefined): Promise<KnowledgeIndex | undefined> {
    // Two newer ones may be published between the two looks, and the first of them is gone then.
    const attempts = 3;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const name = await generations.current();
      if (name === null || name === known) return undefined;
      const files = await generations.read(name);
      if (!files) continue;
      const to = { now: Date.now, log };
      try {
        await storeGenerationFiles(directory, name, files, to);
        return await open(directory);
      } catch (thrown) {
        log.warn({ reason: String(thrown) }, 'The shared index cannot be kept on this disk; it answers from memory.');
        const folder = await mkdtemp(join(tmpdir(), 'nape-index-'));
        try {
          await storeGenerationFiles(folder, name, files, to);
          return await open(folder);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }
    }
    return undefined;
  }

  async function push(name: string): Promise<void> {
    const folder = join(directory, name);
    const table = await readVectors(folder, await readManifest(folder, name));
    const { ordinals } = await distinctRows(table);
    const rows = ordinals.map((ordinal) => ({ ordinal, vector: vectorAt(table, ordinal) }));
    await generations.publish(name, await readGenerationFiles(directory, name), {
      dimension: table.dimension,
      rows,
    });
  }

  const without = (what: string) => (thrown: unknown) => {
    log.warn({ reason: String(thrown) }, what);
    return undefined;
  };
  return {
    openParts: async () =>
      (await openParts().catch(without('The database cannot be asked how to search; this replica searches.'))) ?? {
        hnsw,
      },
    pull: (known) => pull(known).catch(without('The shared index cannot be read; the one of this disk answers.')),
    push: (name) => push(name).catch(without('The index cannot be given to the other replicas; index again later.')),
    exists: async () => (await generations.current().catch(() => undefined)) !== null,
    onNews: (listener) => generations.onCurrent(listener),
  };
}
