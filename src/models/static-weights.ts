import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NapeError } from '../errors.ts';

/** Names of the files in a folder of static weights. */
export const staticWeightFiles = {
  /** Scales of all rows (float32, little-endian), then the rows (int8), both in the order of the vocabulary. */
  weights: 'weights.bin',
  /** One stem a line, most frequent first. */
  vocabulary: 'vocabulary.txt',
  card: 'card.json',
} as const;

/** One vector for each of many stems: component i of a row is `values[row * dimension + i] * scales[row]`. */
export interface StaticWeights {
  /** Name of the model with the start of its SHA-256. */
  readonly identity: string;
  readonly dimension: number;
  /** Row of each stem; iterates from the most to the least frequent. */
  readonly rows: ReadonlyMap<string, number>;
  readonly scales: Float32Array;
  readonly values: Int8Array;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What the runtime needs of a card; the rest is for people. */
const cardSchema = z.object({
  name: z.string().min(1),
  dimension: z.number().int().positive(),
  stems: z.number().int().positive(),
  sha256: z.object({ [staticWeightFiles.weights]: hash, [staticWeightFiles.vocabulary]: hash }),
});

const nextStep =
  'Restore the folder from the repository (git checkout), or train it anew with `npm run train:embedder`.';

/**
 * Reads a folder of static weights and checks every file against the card.
 * @throws NapeError `config-invalid` naming the file and the next step.
 */
export async function loadStaticWeights(directory: string): Promise<StaticWeights> {
  const [card, bytes, vocabulary] = await Promise.all([
    readCard(join(directory, staticWeightFiles.card)),
    readPart(join(directory, staticWeightFiles.weights)),
    readPart(join(directory, staticWeightFiles.vocabulary)),
  ]);
  check(join(directory, staticWeightFiles.weights), bytes, card.sha256[staticWeightFiles.weights]);
  check(join(directory, staticWeightFiles.vocabulary), vocabulary, card.sha256[staticWeightFiles.vocabulary]);

  const rows = new Map<string, number>();
  for (const stem of vocabulary.toString('utf8').trimEnd().split('\n')) rows.set(stem, rows.size);
  const expected = card.stems * (Float32Array.BYTES_PER_ELEMENT + card.dimension);
  if (rows.size !== card.stems || bytes.length !== expected) {
    throw new NapeError(
      'config-invalid',
      `${join(directory, staticWeightFiles.card)} says ${card.stems} stems of ${card.dimension} components (${expected} bytes), but there are ${rows.size} stems and ${bytes.length} bytes. ${nextStep}`,
    );
  }
  const scales = new Float32Array(card.stems);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let row = 0; row < card.stems; row++) scales[row] = view.getFloat32(row * Float32Array.BYTES_PER_ELEMENT, true);
  return {
    identity: `${card.name}-${card.dimension}@${card.sha256[staticWeightFiles.weights].slice(0, 12)}`,
    dimension: card.dimension,
    rows,
    scales,
    values: new Int8Array(bytes.buffer, bytes.byteOffset + scales.byteLength, card.stems * card.dimension),
  };
}

async function readCard(file: string): Promise<z.infer<typeof cardSchema>> {
  const text = (await readPart(file)).toString('utf8');
  try {
    return cardSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} is not the card of static weights. ${nextStep}`, { cause });
  }
}

async function readPart(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} cannot be read. ${nextStep}`, { cause });
  }
}

function check(file: string, bytes: Buffer, expected: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === expected) return;
  throw new NapeError(
    'config-invalid',
    `${file} is damaged: its SHA-256 is ${found.slice(0, 12)}…, the card says ${expected.slice(0, 12)}…. ${nextStep}`,
  );
}
