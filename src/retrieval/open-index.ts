import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import { type Generation, readGeneration, readManifest } from './generation.ts';
import { generationsToTry, isReplaced, readPointer } from './generation-folder.ts';
import type { HnswLibrary } from './hnsw-index.ts';
import { createKnowledgeIndex, type KnowledgeIndex } from './knowledge-index.ts';
import type { Manifest } from './manifest.ts';
import type { VectorIndex, VectorTable } from './vector-index.ts';

export interface OpenIndexParts {
  /** The folder of the generations, `index` inside the data folder. */
  readonly directory: string;
  readonly embedder: Embedder;
  /** From `loadHnsw`; null searches exactly. */
  readonly hnsw: HnswLibrary | null;
  readonly log: Log;
  /** Where a database holds the vectors too: the way to search them there. */
  readonly inDatabase?: ((generation: string, table: VectorTable) => Promise<VectorIndex>) | null;
}

/** A generation with what a build needs to know of it. */
export interface OpenedGeneration {
  readonly name: string;
  readonly manifest: Manifest;
  readonly content: Generation;
  /** False when it stands in for a newer one that is damaged or was built for another embedder. */
  readonly isCurrent: boolean;
}

/**
 * Loads the current generation if it is whole and made with this embedder, else the newest other one that is,
 * else gives null. Never throws for what it finds on disk; each damaged generation is one warning.
 */
export async function openIndex(parts: OpenIndexParts): Promise<KnowledgeIndex | null> {
  const opened = await openGeneration(parts);
  if (!opened) return null;
  const { name, content, manifest } = opened;
  return createKnowledgeIndex(
    name,
    content,
    parts.embedder,
    manifest.calibration,
    await searchOf(parts, name, content),
  );
}

/** The database's search over a generation, where there is one. */
export async function searchOf(
  { inDatabase }: Pick<OpenIndexParts, 'inDatabase'>,
  name: string,
  { vectors }: Generation,
): Promise<VectorIndex | null> {
  return inDatabase ? inDatabase(name, vectors) : null;
}

/** `openIndex` for the build. */
export async function openGeneration(parts: OpenIndexParts): Promise<OpenedGeneration | null> {
  const { directory } = parts;
  // Another process may swap the generation and remove the one we are reading: then its pointer says so.
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    const pointer = await readPointer(directory);
    for (const name of await generationsToTry(directory)) {
      const opened = await tryGeneration(parts, name, name === pointer);
      if (opened) return opened;
    }
    if (attempt === attempts || (await readPointer(directory)) === pointer) return null;
  }
}

/** The articles that the current generation lists, whichever embedder it is for; none when it cannot be told. */
export async function listedDocuments(directory: string): Promise<Manifest['documents']> {
  try {
    const name = await readPointer(directory);
    return name === null ? [] : (await readManifest(join(directory, name), name)).documents;
  } catch {
    return [];
  }
}

async function tryGeneration(
  { directory, embedder, hnsw, log }: OpenIndexParts,
  name: string,
  isCurrent: boolean,
): Promise<OpenedGeneration | null> {
  const folder = join(directory, name);
  try {
    const manifest = await readManifest(folder, name);
    const { identity, dimension } = manifest.embedder;
    if (identity !== embedder.identity || dimension !== embedder.dimension) {
      log.info({ generation: name, identity, wanted: embedder.identity }, 'The index was made with another embedder.');
      return null;
    }
    return { name, manifest, content: await readGeneration(folder, manifest, hnsw), isCurrent };
  } catch (error) {
    if (await isReplaced(directory, name)) return null;
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ folder, reason }, 'This generation of the index is damaged and is not used.');
    return null;
  }
}
