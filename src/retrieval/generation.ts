import { mkdir, rm, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { IndexedDocument, Passage } from '../domain.ts';
import type { Embedder } from '../models/embedder.ts';
import type { Calibration } from './calibration.ts';
import { digestOf, readBytes, readChecked, syncPath, writeChecked } from './checked-file.ts';
import { isNamedAfter } from './generation-name.ts';
import { createGiveWay } from './give-way.ts';
import { readLabels, writeLabels } from './graph-file.ts';
import type { HnswIndex, HnswLibrary, SavedGraph } from './hnsw-index.ts';
import { type KeywordIndex, parseKeywordIndex } from './keyword-index.ts';
import { createManifest, type Manifest, parseDocuments, parseManifest } from './manifest.ts';
import { parsePassages } from './passages-file.ts';
import type { VectorTable } from './vector-index.ts';

/** The content of one generation folder, in memory. */
export interface Generation {
  readonly documents: readonly IndexedDocument[];
  readonly passages: readonly Passage[];
  /** One row per passage, in the order of `passages`. */
  readonly vectors: VectorTable;
  readonly keywords: KeywordIndex;
  /** Null without the native addon, or when the generation was built without it. */
  readonly graph: HnswIndex | null;
}

/** Largest manifest that is read at all; a real one takes some hundred bytes and a hundred more per article. */
const maximumManifestBytes = 64 * 1024 * 1024;

/** Adds what was measured on a new generation to its manifest; returns the manifest's JSON. */
export async function writeCalibration(
  folder: string,
  manifestJson: string,
  calibration: Calibration,
): Promise<string> {
  const json = JSON.stringify({ ...parseManifest(manifestJson), calibration } satisfies Manifest, null, 2);
  const path = join(folder, 'manifest.json');
  // The folder is not published yet, so nobody can miss the manifest in between.
  await rm(path);
  await writeChecked(path, [json]);
  await syncPath(folder);
  return json;
}

/** What `writeGeneration` needs of a generation. */
export interface GenerationParts extends Omit<Generation, 'passages'> {
  /** The content of `passages.jsonl`, in pieces. */
  readonly passageLines: Iterable<string>;
}

/**
 * Writes the files into the new folder `folder`, synced to the disk, and reads each back.
 * Returns the manifest's JSON, which is the last file written. Throws what the file system throws.
 */
export async function writeGeneration(
  folder: string,
  { documents, passageLines, vectors, keywords, graph }: GenerationParts,
  embedder: Pick<Embedder, 'identity' | 'dimension'>,
  hnsw: HnswLibrary | null,
): Promise<string> {
  await mkdir(folder);
  const files: Manifest['files'] = {
    'documents.json': await writeChecked(join(folder, 'documents.json'), [JSON.stringify(documents)]),
    'passages.jsonl': await writeChecked(join(folder, 'passages.jsonl'), passageLines),
    'postings.bin': await writeChecked(join(folder, 'postings.bin'), keywords.serialise()),
    'vectors.f32': await writeChecked(join(folder, 'vectors.f32'), littleEndian(vectors.values)),
  };
  if (graph && hnsw) {
    const path = join(folder, 'graph.hnsw');
    graph.save(path);
    await syncPath(path);
    files['graph.hnsw'] = await digestOf(path);
    files['labels.u32'] = await writeChecked(join(folder, 'labels.u32'), writeLabels(graph.labels));
    // The addon writes a short file on a full disk without a word; loading it is what shows that.
    await hnsw.load({ file: path, table: vectors, labels: graph.labels });
  }
  const json = JSON.stringify(createManifest(embedder, documents, vectors.size, files), null, 2);
  await writeChecked(join(folder, 'manifest.json'), [json]);
  await syncPath(folder);
  return json;
}

/** Reads the manifest of the folder `folder` of the generation `name`. Throws when it is damaged or of another schema version. */
export async function readManifest(folder: string, name: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json');
  const { size } = await stat(path);
  if (size > maximumManifestBytes) throw new Error(`manifest.json has ${size} bytes`);
  const json = decode(await readBytes(path, size));
  if (!isNamedAfter(name, json)) throw new Error('manifest.json is not the one that the folder is named after');
  return parseManifest(json);
}

/**
 * Reads everything the manifest lists, checking each SHA-256 before anything looks inside the file.
 * Throws when a file is missing, damaged, or does not fit the others.
 */
export async function readGeneration(
  folder: string,
  manifest: Manifest,
  hnsw: HnswLibrary | null,
): Promise<Generation> {
  const { files } = manifest;
  const read = (name: RequiredFileName) => readChecked(join(folder, name), files[name]);
  const documents = parseDocuments(decode(await read('documents.json')));
  const passages = await parsePassages(await read('passages.jsonl'));
  checkTogether(manifest, documents, passages);
  const vectors = await readVectors(folder, manifest);
  const keywords = parseKeywordIndex(await read('postings.bin'), passages.length);
  const graph = await readGraph(folder, manifest, vectors, hnsw);
  return { documents, passages, vectors, keywords, graph };
}

type RequiredFileName = 'documents.json' | 'passages.jsonl' | 'postings.bin' | 'vectors.f32';

function checkTogether(manifest: Manifest, documents: readonly IndexedDocument[], passages: readonly Passage[]): void {
  const known = new Set(documents.map(({ id }) => id));
  const listed = JSON.stringify(manifest.documents);
  if (JSON.stringify(documents.map(({ id, hash }) => ({ id, hash }))) !== listed) {
    throw new Error('documents.json does not hold the articles of the manifest');
  }
  if (passages.length !== manifest.passages || passages.some((passage) => !known.has(passage.document))) {
    throw new Error('passages.jsonl does not hold the passages of the manifest');
  }
}

/** Reads the vectors alone. Throws like `readGeneration`. */
export async function readVectors(folder: string, manifest: Manifest): Promise<VectorTable> {
  const size = manifest.passages;
  const { dimension } = manifest.embedder;
  const entry = manifest.files['vectors.f32'];
  if (entry.bytes !== size * dimension * 4) throw new Error(`vectors.f32 has not ${size} rows of ${dimension}`);
  const bytes = await readChecked(join(folder, 'vectors.f32'), entry);
  if (endianness() === 'BE') Buffer.from(bytes.buffer).swap32();
  const values = new Float32Array(bytes.buffer);
  await checkFinite(values);
  return { dimension, size, values };
}

async function checkFinite(values: Float32Array): Promise<void> {
  const giveWay = createGiveWay();
  const block = 1_000_000;
  for (let start = 0; start < values.length; start += block) {
    // Zero times a finite number is zero; one test at the end instead of one a component.
    let sum = 0;
    for (const value of values.subarray(start, start + block)) sum += value * 0;
    if (sum !== 0) throw new Error('vectors.f32 has a component that is not a finite number');
    await giveWay();
  }
}

async function readGraph(
  folder: string,
  manifest: Manifest,
  vectors: VectorTable,
  hnsw: HnswLibrary | null,
): Promise<HnswIndex | null> {
  if (!hnsw) return null;
  const saved = await checkGraph(folder, manifest, vectors);
  return saved && hnsw.load(saved);
}

/** The graph on disk with its digest checked, or null when the generation has none. Throws when it is damaged. */
export async function checkGraph(folder: string, { files }: Manifest, table: VectorTable): Promise<SavedGraph | null> {
  const { 'graph.hnsw': graph, 'labels.u32': labels } = files;
  if (!graph || !labels) return null;
  const file = join(folder, 'graph.hnsw');
  const found = await digestOf(file);
  if (found.sha256 !== graph.sha256 || found.bytes !== graph.bytes) throw new Error('graph.hnsw is damaged');
  return { file, table, labels: readLabels(await readChecked(join(folder, 'labels.u32'), labels)) };
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
