import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Document, IndexedDocument, Passage } from '../domain.ts';
import type { Embedder } from '../models/embedder.ts';
import { calibrationSchema } from './calibration.ts';
import { hnswParameters } from './hnsw-parameters.ts';
import { bm25Parameters } from './keyword-index.ts';

/** Raised whenever a file of a generation changes its form, or the same text gives other stems, so that old ones are rebuilt. */
export const schemaVersion = 2;

/** What shapes the files beside the texts and the embedder; another value rebuilds. */
const indexParameters = {
  bm25: bm25Parameters,
  hnsw: { m: hnswParameters.m, efConstruction: hnswParameters.efConstruction, seed: hnswParameters.seed },
} as const;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.number().int().nonnegative();
const fileEntry = z.strictObject({ sha256: digest, bytes: place });
export type FileEntry = z.infer<typeof fileEntry>;

export const fileNames = [
  'documents.json',
  'passages.jsonl',
  'postings.bin',
  'vectors.f32',
  'graph.hnsw',
  'labels.u32',
] as const;
export type FileName = (typeof fileNames)[number];

const manifestSchema = z.strictObject({
  schema: z.literal(schemaVersion),
  embedder: z.strictObject({ identity: z.string(), dimension: place.min(1) }),
  documents: z.array(z.strictObject({ id: z.string(), hash: z.string() })),
  passages: place,
  parameters: z.json(),
  /** How high generic utterances score on this corpus. */
  calibration: calibrationSchema.optional(),
  files: z.strictObject({
    'documents.json': fileEntry,
    'passages.jsonl': fileEntry,
    'postings.bin': fileEntry,
    'vectors.f32': fileEntry,
    /** Missing when the generation was built on a machine without the native addon. */
    'graph.hnsw': fileEntry.optional(),
    /** The ordinals that the graph's points stand for; there with the graph only. */
    'labels.u32': fileEntry.optional(),
  }),
});

/** What a generation holds and how to know that it is whole. It has no time in it: equal content, equal manifest. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Whether a build today would shape the files in the same way. */
export function sameParameters({ parameters }: Manifest): boolean {
  return JSON.stringify(parameters) === JSON.stringify(indexParameters);
}

/** Throws on anything but a manifest of this schema version. */
export function parseManifest(json: string): Manifest {
  return manifestSchema.parse(JSON.parse(json));
}

/** The manifest of one build; `files` says what is on disk. */
export function createManifest(
  embedder: Pick<Embedder, 'identity' | 'dimension'>,
  documents: readonly IndexedDocument[],
  passages: number,
  files: Manifest['files'],
): Manifest {
  return {
    schema: schemaVersion,
    embedder: { identity: embedder.identity, dimension: embedder.dimension },
    documents: documents.map(({ id, hash }) => ({ id, hash })),
    passages,
    parameters: indexParameters,
    files,
  };
}

const span = { start: place, end: place };

const documentsSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    language: z.string(),
    updated: z.string().nullable(),
    file: z.string(),
    hash: z.string(),
    sections: z.array(
      z.object({
        ...span,
        id: z.string(),
        heading: z.string().nullable(),
        headings: z.array(z.string()),
        level: place,
        parent: z.string().nullable(),
        children: z.array(z.string()),
      }),
    ),
  }),
);

const passageSchema = z.object({
  ...span,
  id: z.string(),
  document: z.string(),
  title: z.string(),
  section: z.string(),
  headings: z.array(z.string()),
  text: z.string(),
  sentences: z.array(z.object({ ...span, text: z.string() })),
  hash: z.string(),
});

/** The outlines as the index keeps them: no source, no paragraphs, keys in one order. */
export function indexedDocuments(documents: readonly Document[]): readonly IndexedDocument[] {
  return documentsSchema.parse(documents);
}

/** A passage with the known keys only, in one order. Throws when it is none. */
export function indexedPassage(passage: unknown): Passage {
  return passageSchema.parse(passage);
}

export function parseDocuments(json: string): readonly IndexedDocument[] {
  return documentsSchema.parse(JSON.parse(json));
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
