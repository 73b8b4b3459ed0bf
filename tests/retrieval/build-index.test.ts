import { truncateSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IndexProgress } from '../../src/domain.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import { embeddedText } from '../../src/retrieval/embed-passages.ts';
import type { HnswIndex, HnswLibrary } from '../../src/retrieval/hnsw-index.ts';
import { fileNames } from '../../src/retrieval/manifest.ts';
import { corpusOf, largeCorpus, massageArticle, sleepArticle, smallCorpus } from './corpus.ts';
import { createHashingEmbedder } from './hashing-embedder.ts';
import { indexFolders, warningLog } from './index-folder.ts';

const { build, open, folder, hnsw } = indexFolders();

/** Counts what reaches the embedder. */
function countingEmbedder(): { readonly embedder: Embedder; readonly texts: string[] } {
  const texts: string[] = [];
  const inner = createHashingEmbedder();
  const embedPassages: Embedder['embedPassages'] = (batch, signal) => {
    texts.push(...batch);
    return inner.embedPassages(batch, signal);
  };
  return { embedder: { ...inner, embedPassages }, texts };
}

/** Generations by age, without the pointer. */
async function generations(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name !== 'current').sort();
}

describe('buildIndex', () => {
  it('build > an empty folder and everything is added', async () => {
    const directory = folder();
    const { index, report, unsaved } = await build(directory);
    expect(unsaved).toBeNull();
    expect(report).toMatchObject({
      generation: index.generation,
      outcome: 'built',
      documents: { added: ['massage', 'sleep'], changed: [], removed: [], unchanged: [] },
      passages: { embedded: 10, reused: 0, removed: 0 },
      problems: [],
    });
    expect((await readdir(directory)).sort()).toEqual([index.generation, 'current'].sort());
    expect((await readdir(join(directory, index.generation))).sort()).toEqual([...fileNames, 'manifest.json'].sort());
    expect(await readFile(join(directory, 'current'), 'utf8')).toBe(`${index.generation}\n`);
  });

  it('build > nothing changed and nothing is embedded or written', async () => {
    const directory = folder();
    const first = await build(directory);
    const { embedder, texts } = countingEmbedder();
    const second = await build(directory, { embedder });
    expect(texts).toEqual([]);
    expect(second.report).toMatchObject({
      generation: first.report.generation,
      outcome: 'unchanged',
      documents: { added: [], changed: [], removed: [], unchanged: ['massage', 'sleep'] },
      passages: { embedded: 0, reused: 10, removed: 0 },
    });
    expect(await generations(directory)).toEqual([first.report.generation]);
  });

  it('build > one passage changed, one article gone, one new and only what is new is embedded', async () => {
    const directory = folder();
    await build(directory);
    const [first, ...others] = massageArticle['About the Neck'];
    const changed = corpusOf({
      massage: { ...massageArticle, 'About the Neck': [`${first} Always.`, ...others] },
      posture: { Sitting: ['Sit upright.'] },
    });
    const { embedder, texts } = countingEmbedder();
    const { report, index } = await build(directory, { ...changed, embedder });
    expect(texts).toEqual([`About the Neck. About the Neck. ${first} Always.`, 'Sitting. Sitting. Sit upright.']);
    expect(report.documents).toEqual({ added: ['posture'], changed: ['massage'], removed: ['sleep'], unchanged: [] });
    expect(report.passages).toEqual({ embedded: 2, reused: 7, removed: 3 });
    const fresh = await build(null, changed);
    for (const query of ['neck carries head', 'shiatsu', 'sit upright', 'pillow']) {
      expect(await index.search(query)).toEqual(await fresh.index.search(query));
    }
  });

  it('build > passages only moved and every vector is used again in its new place', async () => {
    const directory = folder();
    await build(directory);
    const moved = corpusOf({
      sleep: sleepArticle,
      massage: Object.fromEntries(Object.entries(massageArticle).reverse()),
    });
    const { report, index } = await build(directory, moved);
    expect(report).toMatchObject({ outcome: 'built', passages: { embedded: 0, reused: 10, removed: 0 } });
    const [found] = await index.search('shiatsu thumbs');
    expect(found?.passage.text).toContain('Shiatsu');
    expect(found?.similarity).toBeGreaterThan(0.3);
  });

  it('build > another embedder or dimension and everything is embedded again', async () => {
    const directory = folder();
    await build(directory);
    const { embedder, texts } = countingEmbedder();
    const renamed = { ...embedder, identity: 'another-v1' };
    expect(await open(directory, { embedder: renamed })).toBeNull();
    const { report } = await build(directory, { embedder: renamed });
    expect(texts).toHaveLength(10);
    expect(report.passages).toEqual({ embedded: 10, reused: 0, removed: 0 });
    // The articles are the same, whoever embeds them.
    expect(report.documents).toEqual({ added: [], changed: [], removed: [], unchanged: ['massage', 'sleep'] });
    expect((await open(directory, { embedder: renamed }))?.generation).toBe(report.generation);
  });

  it('build > the same input in two folders and the same bytes', async () => {
    const [one, other] = [folder(), folder()];
    const first = await build(one, largeCorpus(300));
    const second = await build(other, { ...largeCorpus(300), now: () => 1_700_000_000_000 });
    expect(second.report.generation.split('-')[1]).toBe(first.report.generation.split('-')[1]);
    expect(second.report.generation).toMatch(/^20231114T221320000Z-/);
    for (const name of [...fileNames, 'manifest.json']) {
      const bytes = await readFile(join(one, first.report.generation, name));
      expect(bytes.equals(await readFile(join(other, second.report.generation, name)))).toBe(true);
    }
  });

  it('build > many changes and two generations are kept, the current and the one before', async () => {
    const directory = folder();
    const built: string[] = [];
    for (const text of ['One.', 'Two.', 'Three.', 'Four.']) {
      built.push((await build(directory, corpusOf({ article: { Heading: [text] } }))).report.generation);
    }
    expect(await generations(directory)).toEqual(built.slice(2).sort());
    expect((await open(directory))?.generation).toBe(built[3]);
  });

  it('build > a clock that stands still and generations do not collide', async () => {
    const directory = folder();
    const now = () => 1_700_000_000_000;
    const texts = ['One.', 'Two.', 'One.', 'Two.', 'One.'];
    for (const text of texts) await build(directory, { ...corpusOf({ article: { Heading: [text] } }), now });
    expect((await open(directory))?.passages[0]?.text).toBe('One.');
    expect(await generations(directory)).toHaveLength(2);
  });

  it('build > progress runs through the phases to the end', async () => {
    const heard: IndexProgress[] = [];
    await build(folder(), { ...largeCorpus(600), onProgress: (progress) => heard.push(progress) });
    expect([...new Set(heard.map(({ phase }) => phase))]).toEqual(['embedding', 'building', 'writing']);
    for (const phase of ['embedding', 'building', 'writing']) {
      const steps = heard.filter((progress) => progress.phase === phase);
      expect(steps.at(-1)?.done).toBe(steps.at(-1)?.total);
      expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).sort((one, other) => one - other));
    }
  });

  it('build > the signal is aborted halfway and the old generation stays', async () => {
    const directory = folder();
    const { report } = await build(directory);
    const controller = new AbortController();
    const stopped = build(directory, {
      ...largeCorpus(2000),
      signal: controller.signal,
      onProgress: ({ phase }) => phase === 'building' && controller.abort(new Error('stopped')),
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect(await generations(directory)).toEqual([report.generation]);
    expect((await open(directory))?.generation).toBe(report.generation);
  });

  it('build > the embedder gives a bad vector and the error names the passage', async () => {
    const inner = createHashingEmbedder();
    const bad = (spoil: (vector: Float32Array) => Float32Array): Embedder => ({
      ...inner,
      embedPassages: async (texts) =>
        (await inner.embedPassages(texts)).map((vector, at) =>
          texts[at]?.includes('Shiatsu') ? spoil(vector) : vector,
        ),
    });
    const name = 'passage massage#kinds-of-massage/2';
    const cases = [
      [(vector: Float32Array) => vector.fill(Number.NaN, 5, 6), `${name} has NaN at component 5`],
      [(vector: Float32Array) => vector.subarray(1), `${name} has 511 components instead of 512`],
    ] as const;
    for (const [spoil, message] of cases) {
      const directory = folder();
      const failed = build(directory, { embedder: bad(spoil) });
      await expect(failed).rejects.toMatchObject({
        code: 'index-unavailable',
        message: expect.stringContaining(message),
      });
      expect(await open(directory)).toBeNull();
    }
    await expect(build(null, { embedder: { ...inner, embedPassages: async () => [] } })).rejects.toThrow(
      'passage massage#about-the-neck/1 has 0 components',
    );
  });

  it('build > no passages at all and an index that finds nothing', async () => {
    const directory = folder();
    const { index, unsaved } = await build(directory, { documents: [], passages: [] });
    expect(unsaved).toBeNull();
    expect(await index.search('neck')).toEqual([]);
    expect(await (await open(directory))?.search('neck')).toEqual([]);
  });

  it('build > without the addon and the index is exact; with it later the graph is added', async () => {
    const directory = folder();
    const without = await build(directory, { hnsw: null });
    expect(without.index.kind).toBe('exact');
    expect(await readdir(join(directory, without.report.generation))).not.toContain('graph.hnsw');
    expect((await open(directory))?.kind).toBe('exact');
    expect((await build(directory, { hnsw: null })).report.outcome).toBe('unchanged');
    const withAddon = await build(directory);
    expect(withAddon.report).toMatchObject({ outcome: 'built', passages: { embedded: 0, reused: 10 } });
    expect(withAddon.index.kind).toBe('hnsw');
    const later = await build(directory, { hnsw: null });
    expect(later.report.outcome).toBe('unchanged');
    expect(later.index.kind).toBe('exact');
  });

  it('build > in memory only and nothing is written', async () => {
    const { index, report, unsaved } = await build(null);
    expect(report).toMatchObject({ generation: 'memory', outcome: 'built' });
    expect(unsaved).toBeNull();
    expect((await index.search('shiatsu'))[0]?.passage.text).toContain('Shiatsu');
  });
});

describe('buildIndex on a bad disk', () => {
  it('build > the folder cannot be made and the index serves from memory with the reason', async () => {
    const directory = folder();
    await mkdir(dirname(dirname(directory)), { recursive: true });
    await writeFile(dirname(directory), 'a file where the data folder should be');
    const { index, report, unsaved } = await build(directory);
    expect(unsaved).toMatchObject({ name: 'NapeError', code: 'index-unavailable' });
    expect(unsaved?.message).toContain(directory);
    expect(unsaved?.message).toContain('NAPE_DATA_DIR');
    expect(report).toMatchObject({ generation: 'memory', outcome: 'built' });
    expect((await index.search('shiatsu'))[0]?.passage.text).toContain('Shiatsu');
  });

  it('build > the folder has a file where the new generation should be made and the old generation stays', async () => {
    const directory = folder();
    const { report } = await build(directory);
    // A folder that takes no new file, for whoever runs this: read-only would not stop a superuser.
    const blocked = join(directory, report.generation, 'manifest.json', 'index');
    const { index, unsaved } = await build(blocked, corpusOf({ new: { Heading: ['New words.'] } }));
    expect(unsaved?.code).toBe('index-unavailable');
    expect(unsaved?.message).toContain(`${blocked}: ENOTDIR`);
    expect(index.passages[0]?.text).toBe('New words.');
    expect(await generations(directory)).toEqual([report.generation]);
    expect((await open(directory))?.generation).toBe(report.generation);
  });

  it('build > the addon writes a short file without a word, as on a full disk, and the old generation stays', async () => {
    const directory = folder();
    const { report } = await build(directory);
    const real = hnsw();
    const faulty = (save: (index: HnswIndex, file: string) => void): HnswLibrary => ({
      ...real,
      build: async (table) => {
        const index = await real.build(table);
        return { ...index, save: (file) => save(index, file) };
      },
    });
    const nothing = faulty(() => undefined);
    const short = faulty((index, file) => {
      index.save(file);
      truncateSync(file, 200);
    });
    for (const library of [nothing, short]) {
      const { unsaved } = await build(directory, { ...corpusOf({ new: { Heading: ['New words.'] } }), hnsw: library });
      expect(unsaved?.code).toBe('index-unavailable');
      expect(await generations(directory)).toEqual([report.generation]);
      expect((await open(directory))?.generation).toBe(report.generation);
    }
  });
});

describe('left-over build folders', () => {
  it('build > killed builds and old ones are cleared away, a running build is left alone', async () => {
    const directory = folder();
    await build(directory);
    const { log, warnings } = warningLog();
    const machine = await machineName(directory);
    // Process ids end at 2^22 on Linux, so the first belongs to nobody; ours is alive.
    const dead = `.building-4194305-${machine}-abcdef`;
    const alive = `.building-${process.pid}-${machine}-abcdef`;
    const aliveAndOld = `.building-${process.pid}-${machine}-ghijkl`;
    const elsewhere = '.building-4194305-00000000-abcdef';
    const elsewhereAndOld = '.building-4194305-00000000-ghijkl';
    const halfRemoved = `.removing-4194305-${machine}-20260101T000000000Z-0123456789abcdef`;
    for (const name of [dead, halfRemoved, alive, aliveAndOld, elsewhere, elsewhereAndOld]) {
      await mkdir(join(directory, name, 'generation'), { recursive: true });
      await writeFile(join(directory, name, 'generation', 'passages.json'), '[');
    }
    const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of [aliveAndOld, elsewhereAndOld]) await utimes(join(directory, name), twoHoursAgo, twoHoursAgo);
    await build(directory, { ...corpusOf({ new: { Heading: ['New words.'] } }), log });
    const left = (await readdir(directory)).filter((name) => name.startsWith('.'));
    expect(left.sort()).toEqual([alive, elsewhere].sort());
    expect(warnings).toEqual([]);
  });

  /** The middle of the name that a build on this machine gives its folder. */
  async function machineName(directory: string): Promise<string> {
    let name = '';
    const library = hnsw();
    const watching: typeof library = {
      ...library,
      load: async (saved) => {
        name = saved.file.split('/.building-')[1]!.split('-')[1]!;
        return library.load(saved);
      },
    };
    await build(directory, { ...corpusOf({ other: { Heading: ['Other words.'] } }), hnsw: watching });
    return name;
  }
});

describe('calibration', () => {
  const calibrator = (by: string, measured: string[] = []) => ({
    by,
    async calibration({ passages }: { readonly passages: readonly unknown[] }) {
      measured.push(by);
      return { by, quantiles: [0, passages.length] };
    },
  });

  it('build > measured once, kept in the manifest, and there when the index is opened again', async () => {
    const directory = folder();
    const measured: string[] = [];
    const { index } = await build(directory, { calibrate: calibrator('one', measured) });
    expect(index.calibration).toEqual({ by: 'one', quantiles: [0, 10] });
    expect((await build(directory, { calibrate: calibrator('one', measured) })).report.outcome).toBe('unchanged');
    expect((await open(directory))?.calibration).toEqual({ by: 'one', quantiles: [0, 10] });
    expect(measured).toEqual(['one']);
  });

  it('build > another calibrator measures anew', async () => {
    const directory = folder();
    await build(directory, { calibrate: calibrator('one') });
    const { index, report } = await build(directory, { calibrate: calibrator('two') });
    expect(index.calibration?.by).toBe('two');
    expect(report.passages).toMatchObject({ embedded: 0, reused: 10 });
  });
});

describe('embeddedText', () => {
  it('embeddedText > its own heading twice, then the sentences as read', () => {
    expect(embeddedText(smallCorpus.passages[0]!)).toBe(
      'About the Neck. About the Neck. The neck carries the head all day long.',
    );
    const passage = { ...smallCorpus.passages[0]!, headings: [] };
    expect(embeddedText(passage)).toBe('The neck carries the head all day long.');
  });
});
