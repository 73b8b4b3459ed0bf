import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, readProjectFile, typescriptFiles } from './source-files.ts';

/** From the bottom up: a part may import any part of an earlier row. */
const layers: readonly (readonly string[])[] = [
  ['domain', 'errors'],
  ['config', 'log', 'metrics', 'prompts', 'language'],
  ['knowledge', 'models'],
  ['retrieval', 'answering', 'store'],
  ['conversation'],
  ['channels/http', 'channels/cli', 'channels/discord', 'evaluation'],
  ['app'],
  ['main'],
];

/** Packages with one door: the only files or folders that may import them. */
const doors: Readonly<Record<string, readonly string[]>> = {
  'hnswlib-node': ['src/retrieval/hnsw-index.ts'],
  langchain: ['src/models/'],
  '@langchain/': ['src/models/'],
  openai: ['src/models/'],
  kysely: ['src/store/'],
  'better-sqlite3': ['src/store/'],
  pg: ['src/store/'],
  'rate-limiter-flexible': ['src/store/'],
  fastify: ['src/channels/http/'],
  'discord.js': ['src/channels/discord/'],
};

function partOf(path: string): string {
  const inside = path.replace(/^src\//u, '').replace(/\.ts$/u, '');
  const [first = '', second = ''] = inside.split('/');
  return first === 'channels' ? `${first}/${second}` : first;
}

function rank(part: string): number {
  return layers.findIndex((layer) => layer.includes(part));
}

/** What is wrong with the imports of one file, in words. */
function violations(path: string, source: string): readonly string[] {
  return importsOf(source).flatMap(({ specifier, typeOnly }) => {
    if (!specifier.startsWith('.')) {
      const door = Object.keys(doors).find(
        (name) => specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`),
      );
      return !door || doors[door]?.some((allowed) => path.startsWith(allowed))
        ? []
        : [`${path} imports ${specifier}, whose door is ${doors[door]}`];
    }
    const target = posix.join(posix.dirname(path), specifier);
    const [from, to] = [partOf(path), partOf(target)];
    if (from === to) return [];
    if (rank(to) === -1) return [`${path} imports ${target}, which is in no layer`];
    if (rank(to) < rank(from)) return [];
    // A port may be named by a neighbour, as a type.
    return rank(to) === rank(from) && typeOnly ? [] : [`${path} imports ${target} against the direction`];
  });
}

describe('import directions', () => {
  const files = typescriptFiles('src').filter((path) => !path.startsWith('src/widget/'));

  it('every source file > belongs to a layer', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((path) => rank(partOf(path)) === -1)).toEqual([]);
  });

  it('every import > points down, or names a neighbour as a type', () => {
    expect(files.flatMap((path) => violations(path, readProjectFile(path)))).toEqual([]);
  });

  it('process.env > is read in main.ts only', () => {
    expect(files.filter((path) => path !== 'src/main.ts' && readProjectFile(path).includes('process.env'))).toEqual([]);
  });

  it('the widget > takes nothing but types from the rest, and nothing of its code is used there', () => {
    const isOutside = (path: string, specifier: string) =>
      !specifier.startsWith('.') || !posix.join(posix.dirname(path), specifier).startsWith('src/widget/');
    const taken = typescriptFiles('src/widget').flatMap((path) =>
      importsOf(readProjectFile(path)).filter(({ specifier, typeOnly }) => !typeOnly && isOutside(path, specifier)),
    );
    expect(taken).toEqual([]);
    expect(
      files.filter((path) => importsOf(readProjectFile(path)).some(({ specifier }) => specifier.includes('/widget/'))),
    ).toEqual([]);
  });

  it('an import upwards, sideways or past a door > is found', () => {
    const sources = {
      'src/retrieval/a.ts': "import { createAsk } from '../conversation/ask.ts';",
      'src/retrieval/b.ts': "import { createExtractiveWriter } from '../answering/extractive-writer.ts';",
      'src/conversation/c.ts': "import { HierarchicalNSW } from 'hnswlib-node';",
      'src/domain.ts': "export { log } from './log.ts';",
      'src/channels/cli/d.ts': "const http = await import('../http/server.ts');",
      'src/answering/e.ts': "import {\n  ChatOpenAI,\n} from '@langchain/openai';",
    };
    expect(Object.entries(sources).flatMap(([path, source]) => violations(path, source))).toHaveLength(6);
  });

  it('a neighbour named as a type > is allowed', () => {
    expect(
      violations('src/answering/a.ts', "import type { ScoredPassage } from '../retrieval/knowledge-index.ts';"),
    ).toEqual([]);
    expect(
      violations('src/answering/a.ts', "import { type ScoredPassage } from '../retrieval/knowledge-index.ts';"),
    ).toEqual([]);
  });
});
