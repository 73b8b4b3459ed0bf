import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IndexProgress } from '../../src/domain.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import { fileNames } from '../../src/retrieval/manifest.ts';
import { type Corpus, largeCorpus } from './corpus.ts';
import { createHashingEmbedder } from './hashing-embedder.ts';
import { indexFolders, warningLog } from './index-folder.ts';

const { build, open, folder } = indexFolders();
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Large enough for a worker thread. */
const size = 2100;
const corpus = largeCorpus(size);
const queries = Array.from({ length: 40 }, (_, at) =>
  corpus.passages[at * 50 + 1]!.text.split(' ').slice(2, 9).join(' '),
);

/** The corpus with 25 passages gone from its middle and 25 changed. */
function changedCorpus(): { readonly changed: Corpus; readonly gone: ReadonlySet<string> } {
  const isGone = (at: number) => at >= 1000 && at < 1025;
  const passages = corpus.passages
    .map((passage, at) => {
      if (at < 100 || at >= 125) return passage;
      const text = `Renewed number ${at}.`;
      return {
        ...passage,
        text,
        sentences: [{ ...passage.sentences[0]!, text }],
        hash: `renewed${at}`.padEnd(64, '0'),
      };
    })
    .filter((_, at) => !isGone(at));
  const lost = corpus.passages.filter((_, at) => isGone(at) || (at >= 100 && at < 125));
  return { changed: { ...corpus, passages }, gone: new Set(lost.map(({ hash }) => hash)) };
}

describe('a large index', () => {
  let template: string;
  /** The generation in it. */
  let first: string;

  beforeAll(async () => {
    template = folder();
    const { report, unsaved } = await build(template, corpus);
    expect(unsaved).toBeNull();
    first = report.generation;
  });

  it('build > in a worker thread and the same answers as built here', async () => {
    const here = (await build(null, corpus)).index;
    const { log, warnings } = warningLog();
    const there = (await open(template, { log }))!;
    expect(warnings).toEqual([]);
    expect([here.kind, there.kind]).toEqual(['hnsw', 'hnsw']);
    for (const query of queries) expect(await there.search(query)).toEqual(await here.search(query));
  });

  it('build > the same input again: the same bytes, and progress through the phases while the event loop turns', async () => {
    const directory = folder();
    const heard: IndexProgress[] = [];
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const { index } = await build(directory, { ...corpus, onProgress: (progress) => heard.push(progress) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
    expect([...new Set(heard.map(({ phase }) => phase))]).toEqual(['embedding', 'building', 'writing']);
    const building = heard.filter(({ phase }) => phase === 'building').map(({ done }) => done);
    expect(building.length).toBeGreaterThan(4);
    expect(building).toEqual(building.toSorted((one, other) => one - other));
    expect(building.at(-1)).toBe(size);
    for (const name of [...fileNames, 'manifest.json']) {
      const bytes = await readFile(join(directory, index.generation, name));
      expect(bytes.equals(await readFile(join(template, first, name))), name).toBe(true);
    }
  });

  it('build > the signal is aborted while the worker builds and nothing is left of it', async () => {
    const directory = folder();
    const { report } = await build(directory);
    const controller = new AbortController();
    const stopped = build(directory, {
      ...corpus,
      signal: controller.signal,
      onProgress: ({ phase, done }) => phase === 'building' && done > 0 && controller.abort(new Error('stopped')),
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect((await readdir(directory)).sort()).toEqual([report.generation, 'current'].sort());
    expect((await open(directory))?.generation).toBe(report.generation);
  });

  it('build > some passages changed and the graph is updated: a fresh index answers the same, nothing gone is found', async () => {
    const directory = folder();
    await cp(template, directory, { recursive: true });
    const old = (await open(directory))!;
    const { changed, gone } = changedCorpus();
    const updated = await build(directory, changed);
    expect(updated.report.passages).toEqual({ embedded: 25, reused: size - 50, removed: 50 });
    const bytesOf = (generation: string, name: string) => readFile(join(directory, generation, name));
    const labels = await bytesOf(updated.report.generation, 'labels.u32');
    // One point for each passage there ever was: the graph has grown and was not built again.
    expect(labels.length / 4).toBe(size + 25);
    const freshFolder = folder();
    const { report, index: fresh } = await build(freshFolder, changed);
    expect(await bytesOf(updated.report.generation, 'postings.bin')).toEqual(
      await readFile(join(freshFolder, report.generation, 'postings.bin')),
    );
    const reopened = (await open(directory))!;
    let same = 0;
    for (const query of [...queries, 'renewed number 110']) {
      const found = await updated.index.search(query);
      expect(found.filter(({ passage }) => gone.has(passage.hash))).toEqual([]);
      expect(await reopened.search(query)).toEqual(found);
      const expected = new Set((await fresh.search(query)).map(({ passage }) => passage.id));
      same += found.filter(({ passage }) => expected.has(passage.id)).length / expected.size;
    }
    expect(same / (queries.length + 1)).toBeGreaterThan(0.99);
    expect((await updated.index.search('renewed number 110'))[0]?.passage.text).toBe('Renewed number 110.');
    // What served before still does, from memory and from the disk.
    expect((await old.search(queries[0]!)).length).toBeGreaterThan(0);
    expect(await readdir(directory)).toContain(first);
  });

  it('build > the earlier generation goes away while the new one is made and everything is built anew', async () => {
    const directory = folder();
    await cp(template, directory, { recursive: true });
    const inner = createHashingEmbedder();
    const embedder: Embedder = {
      ...inner,
      async embedPassages(texts, signal) {
        await rm(join(directory, first), { recursive: true });
        return inner.embedPassages(texts, signal);
      },
    };
    const { changed } = changedCorpus();
    const { index, unsaved } = await build(directory, { ...changed, embedder });
    expect(unsaved).toBeNull();
    expect((await readFile(join(directory, index.generation, 'labels.u32'))).length / 4).toBe(size - 25);
    expect((await index.search('renewed number 110'))[0]?.passage.text).toBe('Renewed number 110.');
  });

  it('build > the folder cannot be written and the index serves from memory', async () => {
    const directory = join(folder(), 'file', 'index');
    await mkdir(join(directory, '..', '..'), { recursive: true });
    await writeFile(join(directory, '..'), 'a file where the data folder should be');
    const { index, unsaved } = await build(directory, corpus);
    expect(unsaved?.code).toBe('index-unavailable');
    expect(index).toMatchObject({ generation: 'memory', kind: 'hnsw' });
    expect(await index.search(queries[0]!)).toHaveLength(8);
  });

  it('build > the compiled files and a worker starts just as well', async () => {
    const out = await mkdtemp(join(root, 'node_modules', '.nape-dist-'));
    try {
      const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', out], {
        cwd: root,
      });
      expect(compiled.stdout.toString()).toBe('');
      const script = `
        import { buildIndex } from ${JSON.stringify(pathToFileURL(join(out, 'retrieval/build-index.js')).href)};
        import { loadHnsw } from ${JSON.stringify(pathToFileURL(join(out, 'retrieval/hnsw-index.js')).href)};
        import { createStaticEmbedder } from ${JSON.stringify(pathToFileURL(join(out, 'models/static-embedder.js')).href)};
        import { loadStaticWeights } from ${JSON.stringify(pathToFileURL(join(out, 'models/static-weights.js')).href)};
        import { silentLog } from ${JSON.stringify(pathToFileURL(join(out, 'log.js')).href)};
        const sentences = (at) => [{ start: 0, end: 9, text: 'Number ' + at }];
        const passages = Array.from({ length: 2001 }, (_, at) => ({
          id: 'a#s/' + at, document: 'a', title: 'A', section: 's', headings: ['S'], text: 'Number ' + at,
          sentences: sentences(at), hash: String(at), start: 0, end: 9,
        }));
        const weights = await loadStaticWeights(${JSON.stringify(join(root, 'models', 'static-stems'))});
        const documents = [{ id: 'a', title: 'A', language: 'en', updated: null, file: 'a.md', hash: 'h', sections: [] }];
        const { unsaved, index } = await buildIndex({
          directory: process.argv[1], documents, passages, embedder: createStaticEmbedder({ weights }),
          hnsw: await loadHnsw(silentLog), log: silentLog, now: Date.now,
        });
        if (unsaved) throw unsaved;
        console.log(index.kind, (await index.search('number 1234'))[0].passage.id);
      `;
      const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder()], { cwd: root });
      expect(ran.stderr.toString()).toBe('');
      expect(ran.stdout.toString()).toBe('hnsw a#s/1234\n');
    } finally {
      await rm(out, { recursive: true });
    }
  });
});
