import { setImmediate } from 'node:timers/promises';
import type { Document, IndexedDocument, IndexProgress, IndexReport, KnowledgeProblem, Passage } from '../domain.ts';
import { NapeError } from '../errors.ts';
import { type Generation, writeGeneration } from './generation.ts';
import { publishGeneration } from './generation-folder.ts';
import { buildKeywordIndex } from './keyword-index.ts';
import { createKnowledgeIndex, type KnowledgeIndex } from './knowledge-index.ts';
import { indexedDocuments, indexedPassages, indexParameters, sha256 } from './manifest.ts';
import { type OpenedGeneration, type OpenIndexParts, openGeneration } from './open-index.ts';
import { checkVector, type VectorTable, vectorAt } from './vector-index.ts';

export interface BuildIndexParts extends Omit<OpenIndexParts, 'directory'> {
  /** The folder of the generations, `index` inside the data folder; null builds in memory only. */
  readonly directory: string | null;
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  /** Handed on in the report. */
  readonly problems?: readonly KnowledgeProblem[];
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface BuiltIndex {
  readonly index: KnowledgeIndex;
  readonly report: IndexReport;
  /** Why the index could not be written and serves from memory only, for the caller to throw or to log; null when it is on disk. */
  readonly unsaved: NapeError | null;
}

/**
 * Brings the index up to date with the passages: nothing is written when it is, else one new generation with the
 * vectors of unchanged passages used again. Throws an `index-unavailable` NapeError when the embedder gives a bad
 * vector, and what the signal aborts with.
 */
export async function buildIndex(parts: BuildIndexParts): Promise<BuiltIndex> {
  const { directory, embedder, hnsw, log, signal, now } = parts;
  const startedMs = now();
  signal?.throwIfAborted();
  const documents = indexedDocuments(parts.documents);
  const passages = indexedPassages(parts.passages);
  const opened = directory === null ? null : await openGeneration({ directory, embedder, hnsw, log });

  const finish = (name: string, content: Generation, counts: Embedded, unsaved: NapeError | null): BuiltIndex => ({
    index: createKnowledgeIndex(name, content, embedder),
    report: {
      generation: name,
      outcome: opened?.name === name ? 'unchanged' : 'built',
      documents: compare(opened?.content.documents ?? [], documents),
      passages: {
        embedded: counts.embedded,
        reused: passages.length - counts.embedded,
        removed: removedPassages(opened?.content.passages ?? [], passages),
      },
      problems: parts.problems ?? [],
      durationMs: now() - startedMs,
    },
    unsaved,
  });

  if (opened && isUpToDate(opened, documents, passages, hnsw !== null)) {
    return finish(opened.name, opened.content, { embedded: 0 }, null);
  }

  const total = passages.length;
  const { vectors, ...counts } = await embedPassages(parts, passages, opened);
  const onBuilt = (done: number) => parts.onProgress?.({ phase: 'building', done, total });
  onBuilt(0);
  const keywords = buildKeywordIndex(passages);
  await setImmediate();
  const graph = hnsw ? await hnsw.build(vectors, onBuilt, signal) : null;
  onBuilt(total);
  const content: Generation = { documents, passages, vectors, keywords, graph };
  if (directory === null) return finish('memory', content, counts, null);

  signal?.throwIfAborted();
  parts.onProgress?.({ phase: 'writing', done: 0, total: 1 });
  const write = (folder: string) => writeGeneration(folder, content, embedder, hnsw);
  const published = await publishGeneration(directory, write, { previous: opened?.name ?? null, now, log }).catch(
    (cause: unknown) => cannotWrite(directory, cause),
  );
  if (published instanceof NapeError) return finish('memory', content, counts, published);
  parts.onProgress?.({ phase: 'writing', done: 1, total: 1 });
  return finish(published, content, counts, null);
}

interface Embedded {
  readonly embedded: number;
}

/** Texts given to the embedder at once: one request for a remote one, one step of progress for a local one. */
const batchSize = 256;

/** One row per passage: from the opened generation where a passage of that hash is in it, else from the embedder. */
async function embedPassages(
  { embedder, onProgress, signal }: BuildIndexParts,
  passages: readonly Passage[],
  opened: OpenedGeneration | null,
): Promise<Embedded & { readonly vectors: VectorTable }> {
  const { dimension } = embedder;
  const values = new Float32Array(passages.length * dimension);
  const known = new Map(opened?.content.passages.map(({ hash }, row) => [hash, row]));
  const missing: number[] = [];
  passages.forEach((passage, ordinal) => {
    const row = known.get(passage.hash);
    if (opened && row !== undefined) values.set(vectorAt(opened.content.vectors, row), ordinal * dimension);
    else missing.push(ordinal);
  });
  for (let done = 0; done < missing.length; done += batchSize) {
    onProgress?.({ phase: 'embedding', done, total: missing.length });
    const batch = missing.slice(done, done + batchSize).flatMap((ordinal) => {
      const passage = passages[ordinal];
      return passage ? [{ ordinal, passage }] : [];
    });
    const vectors = await embedder.embedPassages(
      batch.map(({ passage }) => embeddedText(passage)),
      signal,
    );
    for (const [at, { ordinal, passage }] of batch.entries()) {
      const vector = vectors[at] ?? new Float32Array(0);
      checkVector(vector, dimension, `passage ${passage.id}`);
      values.set(vector, ordinal * dimension);
    }
    // A local embedder never waits for anything; others get their turn here.
    await setImmediate();
    signal?.throwIfAborted();
  }
  onProgress?.({ phase: 'embedding', done: missing.length, total: missing.length });
  return { vectors: { dimension, size: passages.length, values }, embedded: missing.length };
}

/**
 * What stands for a passage in vector space: its own heading twice, because it names what the passage is about, and its
 * sentences as a person reads them. Outer headings are left to the keywords: they would draw siblings together.
 */
export function embeddedText({ headings, sentences }: Passage): string {
  const own = headings.slice(-1);
  return [...own, ...own, sentences.map(({ text }) => text).join(' ')].join('. ');
}

/** Whether a build would write the same files again. */
function isUpToDate(
  { isCurrent, manifest }: OpenedGeneration,
  documents: readonly IndexedDocument[],
  passages: readonly Passage[],
  withGraph: boolean,
): boolean {
  return (
    isCurrent &&
    JSON.stringify(manifest.parameters) === JSON.stringify(indexParameters) &&
    (!withGraph || manifest.files['graph.hnsw'] !== undefined) &&
    manifest.files['documents.json'].sha256 === sha256(JSON.stringify(documents)) &&
    manifest.files['passages.json'].sha256 === sha256(JSON.stringify(passages))
  );
}

function compare(before: readonly IndexedDocument[], after: readonly IndexedDocument[]): IndexReport['documents'] {
  const hashes = new Map(before.map(({ id, hash }) => [id, hash]));
  const ids = new Set(after.map(({ id }) => id));
  const idsWhere = (test: (document: IndexedDocument) => boolean) => after.filter(test).map(({ id }) => id);
  return {
    added: idsWhere(({ id }) => !hashes.has(id)),
    changed: idsWhere(({ id, hash }) => hashes.has(id) && hashes.get(id) !== hash),
    removed: before.map(({ id }) => id).filter((id) => !ids.has(id)),
    unchanged: idsWhere(({ id, hash }) => hashes.get(id) === hash),
  };
}

/** Passages before whose text is nowhere after. */
function removedPassages(before: readonly Passage[], after: readonly Passage[]): number {
  const hashes = new Set(after.map(({ hash }) => hash));
  return before.filter(({ hash }) => !hashes.has(hash)).length;
}

function cannotWrite(directory: string, cause: unknown): NapeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new NapeError(
    'index-unavailable',
    `The index cannot be written to ${directory}: ${reason}. Make the folder writable with some space left, or set NAPE_DATA_DIR to another one.`,
    { cause },
  );
}
