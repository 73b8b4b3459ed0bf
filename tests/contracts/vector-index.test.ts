import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createExactIndex } from '../../src/retrieval/exact-index.ts';
import { type HnswLibrary, loadHnsw } from '../../src/retrieval/hnsw-index.ts';
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
  (await hnsw.build(table)).save(file);
  return hnsw.load(file, table);
});
