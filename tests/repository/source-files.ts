import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Paths of the TypeScript files below a folder, relative to the project, with forward slashes. */
export function typescriptFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\s+from\s+)?['"]([^'"]+)['"]/gmu;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu;

/** The imports and re-exports of a source text, dynamic ones included. */
export function importsOf(source: string): readonly Import[] {
  const declared = [...source.matchAll(statement)].map((match) => {
    const named = match[0].match(/\{([^}]*)\}/u)?.[1];
    const allTypes =
      named !== undefined &&
      !/^\s*import\s+\w+\s*,/u.test(match[0]) &&
      named.split(',').every((name) => name.trim() === '' || /^type\s/u.test(name.trim()));
    return { specifier: match[2] ?? '', typeOnly: match[1] !== undefined || allTypes };
  });
  const called = [...source.matchAll(dynamic)].map((match) => ({ specifier: match[1] ?? '', typeOnly: false }));
  return [...declared, ...called];
}
