import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import { silentLog } from '../../src/log.ts';
import { createExactIndex } from '../../src/retrieval/exact-index.ts';
import { gone } from '../../src/retrieval/graph-file.ts';
import { type HnswLibrary, loadHnsw } from '../../src/retrieval/hnsw-index.ts';
import type { VectorTable } from '../../src/retrieval/vector-index.ts';
import { randomTable } from '../contracts/vector-index.contract.ts';
import { sequence } from './corpus.ts';

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
    const { labels, save } = await hnsw.build(table);
    save(file);
    const fewer = { file, table: randomTable(49, 8), labels: labels.subarray(0, 49) };
    await expect(hnsw.load(fewer)).rejects.toThrow('not a graph of 49 vectors');
    await expect(hnsw.load({ file, table: randomTable(50, 4), labels })).rejects.toThrow('not a graph of 50 vectors');
    expect((await hnsw.load({ file, table, labels })).size).toBe(50);
  });

  it('load > labels that leave a vector out, name one twice or name another and the file is refused', async () => {
    const file = join(folder, 'labelled');
    const table = randomTable(50, 8);
    const { labels, save } = await hnsw.build(table);
    save(file);
    for (const [label, ordinal] of [
      [0, gone],
      [0, 1],
      [7, 50],
    ] as const) {
      const wrong = labels.slice();
      wrong[label] = ordinal;
      await expect(hnsw.load({ file, table, labels: wrong })).rejects.toThrow('labels.u32');
    }
    await expect(hnsw.load({ file, table, labels: labels.subarray(1) })).rejects.toThrow('labels.u32');
  });

  it('load > the file is cut short anywhere and is refused', async () => {
    const file = join(folder, 'short');
    const table = randomTable(50, 8);
    const { labels, save } = await hnsw.build(table);
    save(file);
    const bytes = await readFile(file);
    for (const length of [0, 50, 95, 96, 1000, bytes.length - 50, bytes.length - 1]) {
      await writeFile(file, bytes);
      await truncate(file, length);
      await expect(hnsw.load({ file, table, labels })).rejects.toThrow();
    }
  });

  it('load > random bytes and a missing file are refused', async () => {
    const file = join(folder, 'random');
    await writeFile(file, Buffer.alloc(10_000, 0xa7));
    const saved = { table: randomTable(50, 8), labels: Uint32Array.from({ length: 50 }, (_, ordinal) => ordinal) };
    await expect(hnsw.load({ file, ...saved })).rejects.toThrow('not a graph');
    await expect(hnsw.load({ file: join(folder, 'missing'), ...saved })).rejects.toThrow('ENOENT');
  });

  it('update > many rounds of changes and each finds what a new graph finds, and nothing that is gone', async () => {
    const size = 1000;
    const dimension = 24;
    const random = sequence(3);
    const rows = Array.from({ length: size }, () => Float32Array.from({ length: dimension }, () => random() - 0.5));
    const tableOf = (): VectorTable => ({
      dimension,
      size,
      values: Float32Array.from(rows.flatMap((row) => [...row])),
    });
    let table = tableOf();
    let index = await hnsw.build(table);
    let updates = 0;
    for (let round = 0; round < 12; round += 1) {
      const file = join(folder, `round-${round}`);
      index.save(file);
      const saved = { file, table, labels: index.labels };
      for (let changes = 0; changes < 60; changes += 1) {
        rows[Math.floor(random() * size)] = Float32Array.from({ length: dimension }, () => random() - 0.5);
      }
      table = tableOf();
      const updated = await hnsw.update(saved, table);
      if (updated) updates += 1;
      index = updated ?? (await hnsw.build(table));
      const dead = index.labels.filter((ordinal) => ordinal === gone).length;
      expect(dead / index.labels.length).toBeLessThanOrEqual(0.3);
      const exact = createExactIndex(table);
      let hits = 0;
      for (let query = 0; query < 30; query += 1) {
        const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
        const truth = new Set(exact.search(vector, 10).map(({ ordinal }) => ordinal));
        const found = index.search(vector, 10);
        for (const { ordinal, similarity } of found) {
          expect(similarity).toBeCloseTo(cosineOf(vector, rows[ordinal]!), 5);
        }
        hits += found.filter(({ ordinal }) => truth.has(ordinal)).length;
      }
      expect(hits / 300).toBeGreaterThanOrEqual(0.99);
    }
    expect(updates).toBeGreaterThan(5);
    expect(updates).toBeLessThan(12);
  });

  it('update > the same twice and the same bytes, and the earlier file as it was', async () => {
    const [file, one, other] = ['earlier', 'once', 'twice'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const earlier = randomTable(400, 16);
    const { labels, save } = await hnsw.build(earlier);
    save(file);
    const before = await readFile(file);
    const table = { ...earlier, values: earlier.values.slice() };
    table.values.fill(0.3, 0, 16 * 20);
    table.values[5] = 1;
    (await hnsw.update({ file, table: earlier, labels }, table))!.save(one);
    (await hnsw.update({ file, table: earlier, labels }, table))!.save(other);
    expect(await readFile(one)).toEqual(await readFile(other));
    expect(await readFile(file)).toEqual(before);
  });

  it('update > more than a fifth is new and a build is better', async () => {
    const file = join(folder, 'outdated');
    const earlier = randomTable(100, 8);
    const { labels, save } = await hnsw.build(earlier);
    save(file);
    const changed = (count: number) => {
      const values = earlier.values.slice();
      for (let at = 0; at < count * 8; at += 1) values[at] = (values[at] ?? 0) + 0.01;
      return { ...earlier, values };
    };
    expect(await hnsw.update({ file, table: earlier, labels }, changed(21))).toBeNull();
    expect((await hnsw.update({ file, table: earlier, labels }, changed(20)))?.size).toBe(100);
  });
});

function cosineOf(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0) / Math.hypot(...one) / Math.hypot(...other);
}
