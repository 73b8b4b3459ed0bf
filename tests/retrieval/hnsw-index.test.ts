import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import { silentLog } from '../../src/log.ts';
import { type HnswLibrary, loadHnsw } from '../../src/retrieval/hnsw-index.ts';
import { randomTable } from '../contracts/vector-index.contract.ts';

let hnsw: HnswLibrary;
let folder: string;

beforeAll(async () => {
  hnsw = (await loadHnsw(silentLog))!;
  folder = await mkdtemp(join(tmpdir(), 'nape-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('loadHnsw', () => {
  it('loadHnsw > the addon cannot be loaded and there is null with one warning', async () => {
    const warnings: [object, string][] = [];
    const log: Log = { ...silentLog, warn: (fields, message) => warnings.push([fields, message]) };
    const broken = () => Promise.reject(new Error('Could not locate the bindings file. Tried:\n → here\n → there'));
    expect(await loadHnsw(log, broken)).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.[0]).toEqual({ reason: 'Could not locate the bindings file. Tried:' });
    expect(warnings[0]?.[1]).toContain('search is exact');
  });

  it('loadHnsw > the addon is there and nothing is warned of', async () => {
    const log: Log = {
      ...silentLog,
      warn: () => {
        throw new Error('warned');
      },
    };
    expect(await loadHnsw(log)).not.toBeNull();
  });
});

describe('hnsw index', () => {
  it('build > the same vectors twice and the same bytes', async () => {
    const table = randomTable(400, 16);
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    (await hnsw.build(table)).save(one);
    (await hnsw.build(table)).save(other);
    expect(await readFile(one)).toEqual(await readFile(other));
  });

  it('build > a vector is not finite and is refused with its place', async () => {
    const table = randomTable(10, 4);
    table.values[4 * 6 + 2] = Number.NaN;
    await expect(hnsw.build(table)).rejects.toThrow('passage 6 has NaN at component 2');
  });

  it('build > a long build and other work gets its turn and the signal is heard', async () => {
    const controller = new AbortController();
    const heard: number[] = [];
    const timer = setTimeout(() => controller.abort(new Error('stopped')), 30);
    const build = hnsw.build(randomTable(20_000, 64), (done) => heard.push(done), controller.signal);
    await expect(build).rejects.toThrow('stopped');
    clearTimeout(timer);
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.at(-1)).toBeLessThan(20_000);
  });

  it('load > another size or dimension is expected and the file is refused', async () => {
    const file = join(folder, 'sized');
    const table = randomTable(50, 8);
    (await hnsw.build(table)).save(file);
    await expect(hnsw.load(file, randomTable(49, 8))).rejects.toThrow('not a graph of 49 vectors');
    await expect(hnsw.load(file, randomTable(50, 4))).rejects.toThrow('not a graph of 50 vectors');
    expect((await hnsw.load(file, table)).size).toBe(50);
  });

  it('load > the file is cut short anywhere and is refused', async () => {
    const file = join(folder, 'short');
    const table = randomTable(50, 8);
    (await hnsw.build(table)).save(file);
    const bytes = await readFile(file);
    for (const length of [0, 50, 95, 96, 1000, bytes.length - 50, bytes.length - 1]) {
      await writeFile(file, bytes);
      await truncate(file, length);
      await expect(hnsw.load(file, table)).rejects.toThrow();
    }
  });

  it('load > random bytes and a missing file are refused', async () => {
    const file = join(folder, 'random');
    await writeFile(file, Buffer.alloc(10_000, 0xa7));
    await expect(hnsw.load(file, randomTable(50, 8))).rejects.toThrow('not a graph');
    await expect(hnsw.load(join(folder, 'missing'), randomTable(50, 8))).rejects.toThrow('ENOENT');
  });
});
