import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { distinctRows } from '../../src/retrieval/distinct-rows.ts';
import { createExactIndex } from '../../src/retrieval/exact-index.ts';
import { type HnswLibrary, loadHnsw } from '../../src/retrieval/hnsw-index.ts';
import type { VectorTable } from '../../src/retrieval/vector-index.ts';
import { sequence } from '../retrieval/corpus.ts';
import { vectorIndexContract } from './vector-index.contract.ts';

let hnsw: HnswLibrary;
let folder: string;
let files = 0;

beforeAll(async () => {
  hnsw = (await loadHnsw(silentLog))!;
  folder = await mkdtemp(join(tmpdir(), 'nape-'));
});
afterAll(() => rm(folder, { recursive: true }));

vectorIndexContract('exact', async (table) => createExactIndex(table));
vectorIndexContract('hnsw, as built', (table) => hnsw.build(table));
vectorIndexContract('hnsw, saved and loaded', async (table) => {
  files += 1;
  const file = join(folder, `${files}.hnsw`);
  const { labels, save } = await hnsw.build(table);
  save(file);
  return hnsw.load({ file, table, labels });
});
vectorIndexContract('hnsw, updated from other vectors', async (table) => {
  files += 1;
  const file = join(folder, `${files}.hnsw`);
  const earlier = earlierTable(table);
  const { labels, save } = await hnsw.build(earlier);
  save(file);
  const updated = await hnsw.update({ file, table: earlier, labels }, table);
  // Of a handful of different vectors too many have changed for an update.
  if ((await distinctRows(table)).ordinals.length >= 100) expect(updated).not.toBeNull();
  return updated ?? hnsw.build(table);
});

/** The rows of the table in another order, one in ten lost and as many foreign ones added. */
function earlierTable({ dimension, size, values }: VectorTable): VectorTable {
  const rows = Array.from({ length: size }, (_, ordinal) =>
    values.slice(ordinal * dimension, (ordinal + 1) * dimension),
  );
  const kept = rows.filter((_, ordinal) => ordinal % 10 !== 3).reverse();
  const random = sequence(size);
  const foreign = rows.slice(kept.length).map((row) => row.map(() => random() + 0.5));
  const all = [...kept, ...foreign];
  return { dimension, size: all.length, values: Float32Array.from(all.flatMap((row) => [...row])) };
}
