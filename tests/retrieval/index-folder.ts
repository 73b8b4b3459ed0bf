import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import { type BuildIndexParts, type BuiltIndex, buildIndex } from '../../src/retrieval/build-index.ts';
import { type HnswLibrary, loadHnsw } from '../../src/retrieval/hnsw-index.ts';
import type { KnowledgeIndex } from '../../src/retrieval/knowledge-index.ts';
import { openIndex } from '../../src/retrieval/open-index.ts';
import { smallCorpus } from './corpus.ts';
import { createHashingEmbedder } from './hashing-embedder.ts';

/** Temporary folders and the real parts of an index, for the tests of one file. */
export function indexFolders() {
  let root: string;
  let hnsw: HnswLibrary;
  let folders = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'nape-'));
    hnsw = (await loadHnsw(silentLog))!;
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  const embedder = createHashingEmbedder();
  const parts = () => ({ embedder, hnsw, log: silentLog });
  return {
    /** A new name inside the temporary folder; nothing is there yet. */
    folder(): string {
      folders += 1;
      return join(root, `${folders}`, 'index');
    },
    hnsw: () => hnsw,
    /** Builds the small corpus unless told otherwise. */
    build(directory: string | null, other: Partial<BuildIndexParts> = {}): Promise<BuiltIndex> {
      return buildIndex({ ...parts(), directory, ...smallCorpus, now: Date.now, ...other });
    },
    open(directory: string, other: Partial<BuildIndexParts> = {}): Promise<KnowledgeIndex | null> {
      return openIndex({ ...parts(), ...other, directory });
    },
  };
}

/** A log that keeps its warnings. */
export function warningLog(): { readonly log: Log; readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    warnings,
    log: { ...silentLog, warn: (fields, message) => warnings.push(`${message} ${JSON.stringify(fields)}`) },
  };
}
