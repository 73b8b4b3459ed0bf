import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { IndexedDocument, IndexProgress, Passage } from '../domain.ts';
import type { Embedder } from '../models/embedder.ts';
import { readChecked } from './checked-file.ts';
import { checkGraph, type Generation } from './generation.ts';
import type { HnswLibrary } from './hnsw-index.ts';
import { buildKeywordIndex, parseKeywordIndex } from './keyword-index.ts';
import { parseManifest, sameParameters } from './manifest.ts';
import type { OpenedGeneration } from './open-index.ts';
import type { VectorTable } from './vector-index.ts';
import { writeInWorker } from './write-in-worker.ts';

export interface MakeGenerationParts {
  readonly embedder: Embedder;
  readonly hnsw: HnswLibrary | null;
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly signal?: AbortSignal;
}

/** What a build knows before it makes postings and graph. */
export interface NewGeneration {
  readonly documents: readonly IndexedDocument[];
  readonly passages: readonly Passage[];
  readonly vectors: VectorTable;
  /** For each passage its ordinal in the opened generation, or -1. */
  readonly known: Int32Array;
  readonly opened: OpenedGeneration | null;
}

/** Builds here, in slices between which others get their turn. */
export async function buildInMemory(
  { hnsw, onProgress, signal }: MakeGenerationParts,
  { documents, passages, vectors }: NewGeneration,
): Promise<Generation> {
  const keywords = buildKeywordIndex(passages);
  await setImmediate();
  const onBuilt = (done: number) => onProgress?.({ phase: 'building', done, total: passages.length });
  const graph = hnsw ? await hnsw.build(vectors, onBuilt, signal) : null;
  onBuilt(passages.length);
  return { documents, passages, vectors, keywords, graph };
}

/**
 * Builds in a worker thread, which writes the generation into `folder`, then loads postings and graph from there.
 * `directory` is the folder of the generations.
 */
export async function buildInWorker(
  { embedder, hnsw, onProgress, signal }: MakeGenerationParts,
  { documents, passages, vectors, known, opened }: NewGeneration,
  directory: string,
  folder: string,
): Promise<{ readonly manifestJson: string; readonly content: Generation }> {
  const total = passages.length;
  const earlier =
    opened && sameParameters(opened.manifest)
      ? { folder: join(directory, opened.name), manifest: opened.manifest, ordinals: known }
      : null;
  const { identity, dimension } = embedder;
  const manifestJson = await writeInWorker({
    job: { folder, embedder: { identity, dimension }, documents, vectors, withGraph: hnsw !== null, earlier },
    passages,
    onBuilt: (done) => onProgress?.({ phase: 'building', done, total }),
    onWriting: () => {
      onProgress?.({ phase: 'building', done: total, total });
      onProgress?.({ phase: 'writing', done: 0, total: 1 });
    },
    ...(signal && { signal }),
  });
  const manifest = parseManifest(manifestJson);
  const postings = await readChecked(join(folder, 'postings.bin'), manifest.files['postings.bin']);
  const keywords = parseKeywordIndex(postings, total);
  await setImmediate();
  const saved = hnsw && (await checkGraph(folder, manifest, vectors));
  const graph = hnsw && saved ? await hnsw.load(saved) : null;
  await setImmediate();
  return { manifestJson, content: { documents, passages, vectors, keywords, graph } };
}
