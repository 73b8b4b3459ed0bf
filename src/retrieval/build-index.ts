import type { Document, IndexedDocument, IndexProgress, IndexReport, KnowledgeProblem, Passage } from '../domain.ts';
import { NapeError } from '../errors.ts';
import type { Calibration } from './calibration.ts';
import { embedPassages } from './embed-passages.ts';
import { type Generation, writeCalibration, writeGeneration } from './generation.ts';
import { publishGeneration } from './generation-folder.ts';
import { createKnowledgeIndex, type KnowledgeIndex } from './knowledge-index.ts';
import { buildInMemory, buildInWorker, type NewGeneration } from './make-generation.ts';
import { indexedDocuments, sameParameters, sha256 } from './manifest.ts';
import { listedDocuments, type OpenedGeneration, type OpenIndexParts, openGeneration, searchOf } from './open-index.ts';
import { digestPassages, indexedPassages, passageLines } from './passages-file.ts';

export interface BuildIndexParts extends Omit<OpenIndexParts, 'directory'> {
  /** The folder of the generations, `index` inside the data folder; null builds in memory only. */
  readonly directory: string | null;
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  /** Handed on in the report. */
  readonly problems?: readonly KnowledgeProblem[];
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly signal?: AbortSignal;
  /** Measures how high generic utterances score on the new index; kept with it. */
  readonly calibrate?: Calibrator;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Calibrator {
  /** Name of what measures: a generation that another one measured is built anew. */
  readonly by: string;
  calibration(index: KnowledgeIndex, signal?: AbortSignal): Promise<Calibration>;
}

export interface BuiltIndex {
  readonly index: KnowledgeIndex;
  readonly report: IndexReport;
  /** Why the index could not be written and serves from memory only, for the caller to throw or to log; null when it is on disk. */
  readonly unsaved: NapeError | null;
}

/** Above so many passages a worker thread builds; up to that, this one is done before a worker has started. */
const inlineUpTo = 2000;

/**
 * Brings the index up to date with the passages: nothing is written when it is, else one new generation that takes over
 * what has not changed: vectors, and in a large index postings and graph. Whatever served before can go on serving
 * meanwhile. Throws an `index-unavailable` NapeError when the embedder gives a bad vector, and what the signal aborts with.
 */
export async function buildIndex(parts: BuildIndexParts): Promise<BuiltIndex> {
  const { directory, embedder, hnsw, log, signal, now } = parts;
  const startedMs = now();
  signal?.throwIfAborted();
  const documents = indexedDocuments(parts.documents);
  const passages = await indexedPassages(parts.passages, signal);
  const opened = directory === null ? null : await openGeneration({ directory, embedder, hnsw, log });
  const before = opened?.content.documents ?? (directory === null ? [] : await listedDocuments(directory));

  let calibration: Calibration | null = opened?.manifest.calibration ?? null;
  const measure = async (content: Generation): Promise<Calibration | null> =>
    (await parts.calibrate?.calibration(createKnowledgeIndex('new', content, embedder), signal)) ?? null;

  const finish = async (
    name: string,
    content: Generation,
    embedded: number,
    unsaved: NapeError | null,
  ): Promise<BuiltIndex> => ({
    index: createKnowledgeIndex(name, content, embedder, calibration, await searchOf(parts, name, content)),
    report: {
      generation: name,
      outcome: opened?.name === name ? 'unchanged' : 'built',
      documents: compare(before, documents),
      passages: {
        embedded,
        reused: passages.length - embedded,
        removed: removedPassages(opened?.content.passages ?? [], passages),
      },
      problems: parts.problems ?? [],
      durationMs: now() - startedMs,
    },
    unsaved,
  });

  if (
    opened &&
    opened.manifest.calibration?.by === parts.calibrate?.by &&
    (await isUpToDate(opened, documents, passages, hnsw !== null, signal))
  ) {
    return finish(opened.name, opened.content, 0, null);
  }

  const known = earlierOrdinals(opened?.content.passages ?? [], passages);
  const embedded = known.filter((ordinal) => ordinal < 0).length;
  const vectors = await embedPassages(parts, passages, known, opened?.content.vectors ?? null);
  const made: NewGeneration = { documents, passages, vectors, known, opened };
  parts.onProgress?.({ phase: 'building', done: 0, total: passages.length });
  if (directory === null) {
    const content = await buildInMemory(parts, made);
    calibration = await measure(content);
    return finish('memory', content, embedded, null);
  }

  let content = passages.length > inlineUpTo ? null : await buildInMemory(parts, made);
  signal?.throwIfAborted();
  const write = async (folder: string): Promise<string> => {
    let manifestJson: string;
    if (content) {
      parts.onProgress?.({ phase: 'writing', done: 0, total: 1 });
      const files = { ...content, passageLines: passageLines(passages) };
      manifestJson = await writeGeneration(folder, files, embedder, hnsw);
    } else {
      ({ manifestJson, content } = await buildInWorker(parts, made, directory, folder));
    }
    calibration = await measure(content);
    return calibration ? writeCalibration(folder, manifestJson, calibration) : manifestJson;
  };
  const published = await publishGeneration(directory, write, { previous: opened?.name ?? null, now, log }).catch(
    (cause: unknown) => {
      signal?.throwIfAborted();
      return cannotWrite(directory, cause);
    },
  );
  content ??= await buildInMemory(parts, made);
  calibration ??= await measure(content);
  if (published instanceof NapeError) return finish('memory', content, embedded, published);
  parts.onProgress?.({ phase: 'writing', done: 1, total: 1 });
  return finish(published, content, embedded, null);
}

/** For each passage the ordinal of an earlier one with the same hash, or -1. */
function earlierOrdinals(earlier: readonly Passage[], passages: readonly Passage[]): Int32Array {
  const known = new Map(earlier.map(({ hash }, ordinal) => [hash, ordinal]));
  return Int32Array.from(passages, ({ hash }) => known.get(hash) ?? -1);
}

/** Whether a build would write the same files again. */
async function isUpToDate(
  { isCurrent, manifest }: OpenedGeneration,
  documents: readonly IndexedDocument[],
  passages: readonly Passage[],
  withGraph: boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  const { files } = manifest;
  return (
    isCurrent &&
    sameParameters(manifest) &&
    (!withGraph || files['graph.hnsw'] !== undefined) &&
    files['documents.json'].sha256 === sha256(JSON.stringify(documents)) &&
    files['passages.jsonl'].sha256 === (await digestPassages(passages, signal))
  );
}

type Listed = Pick<IndexedDocument, 'id' | 'hash'>;

function compare(before: readonly Listed[], after: readonly Listed[]): IndexReport['documents'] {
  const hashes = new Map(before.map(({ id, hash }) => [id, hash]));
  const ids = new Set(after.map(({ id }) => id));
  const idsWhere = (test: (document: Listed) => boolean) => after.filter(test).map(({ id }) => id);
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
