import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { syncPath, writeSynced } from './checked-file.ts';
import { generationName, isGenerationName } from './generation-name.ts';
import { sha256 } from './manifest.ts';

/**
 * Layout of the index folder: `current` holds the name of the generation to load, each generation is a folder of that
 * name, and `.building-…` is a build under way.
 */
const pointerName = 'current';
const buildPrefix = '.building-';
/** A generation on its way out, so that a reader finds it whole or not at all. */
const removalPrefix = '.removing-';
/** A build writes for seconds; after an hour its folder belongs to nobody, whoever has its process id by now. */
const staleMs = 60 * 60 * 1000;
/** The current generation and the one before it. */
const keptGenerations = 2;

/** The name in the pointer file, or null when there is none or it is not the name of a generation. */
export async function readPointer(directory: string): Promise<string | null> {
  try {
    const path = join(directory, pointerName);
    if (!(await stat(path)).isFile()) return null;
    const name = (await readFile(path, 'utf8')).trim();
    return isGenerationName(name) ? name : null;
  } catch {
    return null;
  }
}

/** Whether a newer build has taken the generation away since its name was read. */
export async function isReplaced(directory: string, name: string): Promise<boolean> {
  return !(await generationsIn(directory)).includes(name) && (await readPointer(directory)) !== name;
}

/** Names of the generations to try: the current one, then the others from the newest. Empty when there is no folder. */
export async function generationsToTry(directory: string): Promise<string[]> {
  const current = await readPointer(directory);
  const others = (await generationsIn(directory)).filter((name) => name !== current);
  return current ? [current, ...others] : others;
}

export interface PublishParts {
  /** The name of a generation that was built elsewhere; a new one gets its own. */
  readonly name?: string;
  /** A whole generation to keep beside the new one, or null when there is none. */
  readonly previous: string | null;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Makes a generation in a temporary folder of this process with `write`, moves it into place whole and points to it.
 * A process killed at any moment leaves the pointer on a whole generation. Throws what the file system throws.
 */
export async function publishGeneration(
  directory: string,
  write: (folder: string) => Promise<string>,
  { name: given, previous, now, log }: PublishParts,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  await removeStaleBuilds(directory, now());
  let published: string;
  const building = await mkdtemp(join(directory, `${buildPrefix}${process.pid}-${machine()}-`));
  try {
    const folder = join(building, 'generation');
    const manifestJson = await write(folder);
    const name = given
      ? await moveUnder(given, folder, directory)
      : await moveIntoPlace(folder, directory, manifestJson, now());
    const pointer = join(building, pointerName);
    await writeSynced(pointer, `${name}\n`);
    await rename(pointer, join(directory, pointerName)).catch(async (error: unknown) => {
      if (!isCode(error, 'EISDIR')) throw error;
      await rm(join(directory, pointerName), { recursive: true });
      await rename(pointer, join(directory, pointerName));
    });
    await syncPath(directory);
    published = name;
  } finally {
    await rm(building, { recursive: true, force: true }).catch(() => undefined);
  }
  await removeOldGenerations(directory, previous).catch((error: unknown) =>
    log.warn({ error: String(error), directory }, 'Old generations of the index could not be removed.'),
  );
  return published;
}

/** Renames to the first free name from `nowMs` on: two builds of the same content can end in the same millisecond. */
async function moveIntoPlace(folder: string, directory: string, manifestJson: string, nowMs: number): Promise<string> {
  const attempts = 100;
  for (let attempt = 0; ; attempt += 1) {
    const name = generationName(manifestJson, nowMs + attempt);
    try {
      await rename(folder, join(directory, name));
      await syncPath(directory);
      return name;
    } catch (error) {
      const taken = isCode(error, 'ENOTEMPTY') || isCode(error, 'EEXIST') || isCode(error, 'ENOTDIR');
      if (!taken || attempt === attempts) throw error;
    }
  }
}

/** Renames to a name that stands for this very content: whatever has it already is as good. */
async function moveUnder(name: string, folder: string, directory: string): Promise<string> {
  await rename(folder, join(directory, name)).catch((error: unknown) => {
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST')) throw error;
  });
  await syncPath(directory);
  return name;
}

/** Keeps what the pointer names and the whole one before it; the newest where there is no such. */
async function removeOldGenerations(directory: string, previous: string | null): Promise<void> {
  const names = await generationsIn(directory);
  // A build under way may have moved its generation into place and not yet pointed to it: it cleans up afterwards.
  // In this order a generation in `names` either still has its build's folder here or has had its turn as current.
  if ((await readdir(directory)).some((name) => name.startsWith(buildPrefix))) return;
  const current = await readPointer(directory);
  const ranked = [current, previous, ...names].filter((name) => name !== null && names.includes(name));
  const kept = new Set([...new Set(ranked)].slice(0, keptGenerations));
  for (const name of names) {
    if (kept.has(name)) continue;
    const aside = join(directory, `${removalPrefix}${process.pid}-${machine()}-${name}`);
    await rename(join(directory, name), aside).catch((error: unknown) => {
      // Another build was quicker.
      if (!isCode(error, 'ENOENT')) throw error;
    });
    await rm(aside, { recursive: true, force: true });
  }
}

/** Removes what killed builds left behind, and never the folder of a build that may still be running. */
async function removeStaleBuilds(directory: string, nowMs: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const prefix = [buildPrefix, removalPrefix].find((start) => name.startsWith(start));
    if (!prefix) continue;
    const path = join(directory, name);
    const modifiedMs = await stat(path).then(
      (stats) => stats.mtimeMs,
      () => nowMs,
    );
    const [pid, owner] = name.slice(prefix.length).split('-');
    const abandoned = owner === machine() && !isRunning(Number(pid));
    if (abandoned || nowMs - modifiedMs > staleMs)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Newest first. */
async function generationsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter(isGenerationName).sort().reverse();
}

/** Process ids mean something on one machine only, and the folder may be shared between several. */
function machine(): string {
  return sha256(hostname()).slice(0, 8);
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
