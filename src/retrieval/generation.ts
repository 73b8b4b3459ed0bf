import { mkdir, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { IndexedDocument, Passage } from '../domain.ts';
import type { Embedder } from '../models/embedder.ts';
import { digestOf, readBytes, readChecked, syncPath, writeChecked } from './checked-file.ts';
import { isNamedAfter } from './generation-name.ts';
import type { HnswIndex, HnswLibrary } from './hnsw-index.ts';
import { type KeywordIndex, parseKeywordIndex } from './keyword-index.ts';
import {
  createManifest,
  type FileName,
  type Manifest,
  parseDocuments,
  parseManifest,
  parsePassages,
} from './manifest.ts';
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

/**
 * Writes the files into the new folder `folder`, synced to the disk, and reads each back.
 * Returns the manifest's JSON, which is the last file written. Throws what the file system throws.
 */
export async function writeGeneration(
  folder: string,
  content: Generation,
  embedder: Embedder,
  hnsw: HnswLibrary | null,
): Promise<string> {
  await mkdir(folder);
  const { documents, passages, vectors, keywords, graph } = content;
  const files: Manifest['files'] = {
    'documents.json': await writeChecked(join(folder, 'documents.json'), JSON.stringify(documents)),
    'passages.json': await writeChecked(join(folder, 'passages.json'), JSON.stringify(passages)),
    'postings.json': await writeChecked(join(folder, 'postings.json'), keywords.serialise()),
    'vectors.f32': await writeChecked(join(folder, 'vectors.f32'), littleEndian(vectors.values)),
  };
  if (graph && hnsw) {
    const path = join(folder, 'graph.hnsw');
    graph.save(path);
    await syncPath(path);
    files['graph.hnsw'] = await digestOf(path);
    // The addon writes a short file on a full disk without a word; loading it is what shows that.
    await hnsw.load(path, vectors);
  }
  const json = JSON.stringify(createManifest(embedder, documents, passages.length, files), null, 2);
  await writeChecked(join(folder, 'manifest.json'), json);
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
  const text = async (name: Exclude<FileName, 'graph.hnsw'>) =>
    decode(await readChecked(join(folder, name), files[name]));
  const documents = parseDocuments(await text('documents.json'));
  const passages = parsePassages(await text('passages.json'));
  checkTogether(manifest, documents, passages);
  const vectors = await readVectors(folder, manifest);
  const keywords = parseKeywordIndex(await text('postings.json'), passages.length);
  const graph = await readGraph(folder, manifest, vectors, hnsw);
  return { documents, passages, vectors, keywords, graph };
}

function checkTogether(manifest: Manifest, documents: readonly IndexedDocument[], passages: readonly Passage[]): void {
  const known = new Set(documents.map(({ id }) => id));
  const listed = JSON.stringify(manifest.documents);
  if (JSON.stringify(documents.map(({ id, hash }) => ({ id, hash }))) !== listed) {
    throw new Error('documents.json does not hold the articles of the manifest');
  }
  if (passages.length !== manifest.passages || passages.some((passage) => !known.has(passage.document))) {
    throw new Error('passages.json does not hold the passages of the manifest');
  }
}

async function readVectors(folder: string, manifest: Manifest): Promise<VectorTable> {
  const size = manifest.passages;
  const { dimension } = manifest.embedder;
  const entry = manifest.files['vectors.f32'];
  if (entry.bytes !== size * dimension * 4) throw new Error(`vectors.f32 has not ${size} rows of ${dimension}`);
  const bytes = await readChecked(join(folder, 'vectors.f32'), entry);
  if (endianness() === 'BE') Buffer.from(bytes.buffer).swap32();
  const values = new Float32Array(bytes.buffer);
  checkFinite(values);
  return { dimension, size, values };
}

function checkFinite(values: Float32Array): void {
  // Zero times a finite number is zero; one test at the end instead of one a component.
  let sum = 0;
  for (const value of values) sum += value * 0;
  if (sum !== 0) throw new Error('vectors.f32 has a component that is not a finite number');
}

async function readGraph(
  folder: string,
  manifest: Manifest,
  vectors: VectorTable,
  hnsw: HnswLibrary | null,
): Promise<HnswIndex | null> {
  const entry = manifest.files['graph.hnsw'];
  if (!entry || !hnsw) return null;
  const path = join(folder, 'graph.hnsw');
  const found = await digestOf(path);
  if (found.sha256 !== entry.sha256 || found.bytes !== entry.bytes) throw new Error('graph.hnsw is damaged');
  return hnsw.load(path, vectors);
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
