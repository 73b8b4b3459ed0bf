import { cp, mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generationName } from '../../src/retrieval/generation-name.ts';
import type { KnowledgeIndex } from '../../src/retrieval/knowledge-index.ts';
import { fileNames, type Manifest, sha256 } from '../../src/retrieval/manifest.ts';
import { corpusOf, massageArticle, sequence, smallCorpus } from './corpus.ts';
import { indexFolders, warningLog } from './index-folder.ts';

const { build, open, folder } = indexFolders();
const oldCorpus = corpusOf({ massage: { ...massageArticle, 'After the Visit': ['Rest a little.'] } });
const files = [...fileNames, 'manifest.json'];
const queries = ['shiatsu thumbs', 'neck stiff desk', 'pillow height', 'rest'];

let template: string;
/** Names of the two whole generations in the template, and what each answers. */
let previous: string;
let current: string;
let answers: Record<string, unknown>;

beforeAll(async () => {
  template = folder();
  const first = await build(template, oldCorpus);
  const second = await build(template);
  previous = first.report.generation;
  current = second.report.generation;
  answers = { [previous]: await answersOf(first.index), [current]: await answersOf(second.index) };
});

const answersOf = async (index: KnowledgeIndex) => ({
  documents: index.documents,
  passages: index.passages,
  found: await Promise.all(queries.map((query) => index.search(query))),
});

interface Damage {
  /** A copy of the template. */
  readonly directory: string;
  /** One of the numbers 0 to `below` - 1. */
  pick(below: number): number;
  /** One of the files of a generation. */
  file(): string;
  at: number;
}

/** The name that stands for an index that cannot be loaded at all. */
const none = 'none';

/**
 * Damages `count` copies of the template, and checks that opening one gives a whole generation of those allowed, and
 * that building brings it up to date for good.
 */
function damaged(
  name: string,
  count: number,
  apply: (damage: Damage) => Promise<void>,
  allowed: () => readonly string[],
): void {
  it(`open > ${name}: ${count} folders and no crash and no wrong load`, async () => {
    const one = async (at: number) => {
      const random = sequence(at * 7919);
      const pick = (below: number) => Math.floor(random() * below);
      const directory = folder();
      await cp(template, directory, { recursive: true });
      await apply({ directory, pick, file: () => files[at % files.length]!, at });

      const index = await open(directory);
      expect(allowed(), `case ${at}`).toContain(index?.generation ?? none);
      if (index) expect(await answersOf(index), `case ${at}`).toEqual(answers[index.generation]);

      const built = await build(directory);
      expect(built.unsaved, `case ${at}`).toBeNull();
      expect(await answersOf(built.index), `case ${at}`).toEqual(answers[current]);
      const { log, warnings } = warningLog();
      const reopened = await open(directory, { log });
      expect(warnings, `case ${at}`).toEqual([]);
      expect(reopened?.generation, `case ${at}`).toBe(built.report.generation);
      await rm(directory, { recursive: true });
    };
    const atOnce = 6;
    for (let at = 0; at < count; at += atOnce) {
      await Promise.all(Array.from({ length: Math.min(atOnce, count - at) }, (_, place) => one(at + place)));
    }
  });
}

async function change(path: string, edit: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(path, edit(await readFile(path)));
}

const flip = (pick: Damage['pick']) => (bytes: Buffer) => {
  const at = pick(bytes.length);
  bytes[at] = bytes[at]! ^ (1 << pick(8));
  return bytes;
};

/** Gives the current generation another file content, and makes every digest, the name and the pointer fit. */
async function replaceConsistently(
  directory: string,
  file: string,
  content: string | Buffer,
  edit: (manifest: Manifest) => unknown = (manifest) => manifest,
): Promise<void> {
  const generation = join(directory, current);
  await writeFile(join(generation, file), content);
  if (file !== 'manifest.json') {
    const manifest = JSON.parse(await readFile(join(generation, 'manifest.json'), 'utf8'));
    manifest.files[file] = { sha256: sha256(content), bytes: Buffer.byteLength(content) };
    await writeFile(join(generation, 'manifest.json'), JSON.stringify(edit(manifest)));
  }
  const name = generationName(await readFile(join(generation, 'manifest.json'), 'utf8'), Date.now());
  await rename(generation, join(directory, name));
  await writeFile(join(directory, 'current'), name);
}

describe('a damaged index folder', () => {
  damaged(
    'a bit is flipped in a file of the current generation',
    42,
    ({ directory, file, pick }) => change(join(directory, current, file()), flip(pick)),
    () => [previous],
  );

  damaged(
    'a bit is flipped in the head of the graph',
    16,
    ({ directory, pick }) =>
      change(join(directory, current, 'graph.hnsw'), (bytes) => {
        flip(pick)(bytes.subarray(0, 96));
        return bytes;
      }),
    () => [previous],
  );

  damaged(
    'a file of the current generation is cut short',
    21,
    async ({ directory, file, pick }) => {
      const path = join(directory, current, file());
      await truncate(path, pick((await readFile(path)).length));
    },
    () => [previous],
  );

  damaged(
    'a file of the current generation has bytes too many',
    files.length,
    ({ directory, file }) =>
      change(join(directory, current, file()), (bytes) => Buffer.concat([bytes, Buffer.from(' ')])),
    () => [previous],
  );

  damaged(
    'a file of the current generation is missing',
    files.length,
    ({ directory, file }) => rm(join(directory, current, file())),
    () => [previous],
  );

  damaged(
    'a file of the current generation is a folder, or a link to itself',
    2 * files.length,
    async ({ directory, file, at }) => {
      const path = join(directory, current, file());
      await rm(path);
      await (at < files.length ? mkdir(path) : symlink(path, path));
    },
    () => [previous],
  );

  damaged(
    'a file of the current generation has foreign content',
    12,
    ({ directory, file, pick }) =>
      change(join(directory, current, file()), (bytes) => Buffer.from(Uint8Array.from(bytes, () => pick(256)))),
    () => [previous],
  );

  damaged(
    'a file comes from the other generation',
    fileNames.length,
    ({ directory, at }) => cp(join(directory, previous, fileNames[at]!), join(directory, current, fileNames[at]!)),
    () => [previous],
  );

  damaged(
    'the manifest comes from the other generation, or the two folders have changed names',
    2,
    async ({ directory, at }) => {
      if (at === 0) return cp(join(directory, previous, 'manifest.json'), join(directory, current, 'manifest.json'));
      await rename(join(directory, previous), join(directory, 'aside'));
      await rename(join(directory, current), join(directory, previous));
      await rename(join(directory, 'aside'), join(directory, current));
    },
    () => [previous, none],
  );

  damaged(
    'two files of the current generation are swapped',
    21,
    async ({ directory, at }) => {
      const pairs = files.flatMap((one, place) => files.slice(place + 1).map((other) => [one, other] as const));
      const [one, other] = pairs[at]!.map((name) => join(directory, current, name)) as [string, string];
      await rename(one, join(directory, 'aside'));
      await rename(other, one);
      await rename(join(directory, 'aside'), other);
    },
    () => [previous],
  );

  const pointers = [
    '',
    '\n',
    'current',
    '.',
    '..',
    '../..',
    '/etc',
    'x'.repeat(5000),
    '\u0000',
    '20260101T000000000Z-',
  ];
  damaged(
    'the pointer file names nothing that is there',
    14,
    async ({ directory, at }) => {
      const pointer = join(directory, 'current');
      await rm(pointer);
      if (at === 10) return;
      if (at === 11) return void (await mkdir(join(pointer, 'inside'), { recursive: true }));
      if (at === 12) return writeFile(pointer, Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
      await writeFile(pointer, at === 13 ? '20990101T000000000Z-0123456789abcdef' : pointers[at]!);
    },
    () => [current],
  );

  damaged(
    'the pointer file names the older generation',
    1,
    ({ directory }) => writeFile(join(directory, 'current'), `${previous}\n`),
    () => [previous],
  );

  damaged(
    'foreign files and folders lie around',
    4,
    async ({ directory, at }) => {
      const newest = '20990101T000000000Z-0123456789abcdef';
      const places = ['notes.txt', join(current, 'notes.txt'), newest, join(newest, 'manifest.json')];
      const path = join(directory, places[at]!);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, 'foreign');
    },
    () => [current],
  );

  damaged(
    'both generations are damaged',
    12,
    async ({ directory, file, pick }) => {
      for (const name of [previous, current]) await change(join(directory, name, file()), flip(pick));
    },
    () => [none],
  );

  damaged(
    'everything is gone, or only the pointer is left',
    2,
    async ({ directory, at }) => {
      for (const name of [previous, current]) await rm(join(directory, name), { recursive: true });
      if (at === 0) await rm(join(directory, 'current'));
    },
    () => [none],
  );

  const garbage = [
    '',
    'null',
    '{}',
    '[]',
    '[null]',
    '"text"',
    '{"a":1',
    '[{"id":1}]',
    '[[]]',
    '1e999',
    '\u0000',
    '[{}]',
  ];
  for (const file of ['documents.json', 'passages.jsonl', 'postings.bin', 'manifest.json', 'labels.u32']) {
    damaged(
      `${file} is garbage with the right digest`,
      garbage.length,
      ({ directory, at }) => replaceConsistently(directory, file, garbage[at]!),
      () => [previous],
    );
  }

  damaged(
    'vectors.f32 or graph.hnsw is garbage with the right digest',
    10,
    async ({ directory, at }) => {
      const vectors = await readFile(join(directory, current, 'vectors.f32'));
      const graph = await readFile(join(directory, current, 'graph.hnsw'));
      vectors.writeFloatLE(at === 0 ? Number.NaN : Number.POSITIVE_INFINITY, 4 * 1000);
      const otherField = [0, 8, 16, 24, 32, 40, 56][at - 3] ?? 0;
      graph.writeBigUInt64LE(graph.readBigUInt64LE(otherField) + 1n, otherField);
      if (at < 2) return replaceConsistently(directory, 'vectors.f32', vectors);
      if (at === 2) return replaceConsistently(directory, 'vectors.f32', vectors.subarray(4));
      return replaceConsistently(directory, 'graph.hnsw', graph);
    },
    () => [previous],
  );

  damaged(
    'the manifest claims what the files do not hold, with every digest right',
    8,
    async ({ directory, at }) => {
      const edits: ((manifest: Manifest) => unknown)[] = [
        (manifest) => ({ ...manifest, passages: 9 }),
        (manifest) => ({ ...manifest, passages: 11 }),
        (manifest) => ({ ...manifest, embedder: { ...manifest.embedder, dimension: 256 } }),
        (manifest) => ({ ...manifest, embedder: { ...manifest.embedder, identity: 'another-v1' } }),
        (manifest) => ({ ...manifest, documents: manifest.documents.slice(1) }),
        (manifest) => ({ ...manifest, schema: 1 }),
        (manifest) => ({ ...manifest, files: { ...manifest.files, '../../secret': { sha256: 'a', bytes: 1 } } }),
        (manifest) => ({
          ...manifest,
          files: { ...manifest.files, 'vectors.f32': { sha256: 'a'.repeat(64), bytes: 1e15 } },
        }),
      ];
      const passages = smallCorpus.passages.map((passage) => `${JSON.stringify(passage)}\n`).join('');
      await replaceConsistently(directory, 'passages.jsonl', passages, edits[at]);
    },
    () => [previous],
  );

  it('open > a file is replaced by its equal with the right digest and it is loaded', async () => {
    const directory = folder();
    await cp(template, directory, { recursive: true });
    const spaced = smallCorpus.passages.map((passage) => ` ${JSON.stringify(passage)} \n`).join('');
    await replaceConsistently(directory, 'passages.jsonl', spaced);
    const index = await open(directory);
    expect([previous, current]).not.toContain(index?.generation);
    expect(await answersOf(index!)).toEqual(answers[current]);
  });

  it('open > a damaged current generation and one warning that names the folder and the file', async () => {
    const directory = folder();
    await cp(template, directory, { recursive: true });
    await rm(join(directory, current, 'postings.bin'));
    const { log, warnings } = warningLog();
    expect((await open(directory, { log }))?.generation).toBe(previous);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(join(directory, current));
    expect(warnings[0]).toContain('postings.bin');
  });

  it('open > no folder at all, or a file in its place, and null without a word', async () => {
    const { log, warnings } = warningLog();
    const directory = folder();
    expect(await open(directory, { log })).toBeNull();
    await mkdir(join(directory, '..'), { recursive: true });
    await writeFile(directory, 'a file');
    expect(await open(directory, { log })).toBeNull();
    expect(warnings).toEqual([]);
  });

  it('build > the current generation is damaged and the vectors of the one before are used again', async () => {
    const directory = folder();
    await cp(template, directory, { recursive: true });
    await truncate(join(directory, current, 'graph.hnsw'), 500);
    const { report } = await build(directory);
    expect(report.passages).toEqual({ embedded: 2, reused: 8, removed: 1 });
    // What is kept beside the new generation is the one that was whole.
    expect((await readdir(directory)).sort()).toEqual([previous, report.generation, 'current'].sort());
  });
});
