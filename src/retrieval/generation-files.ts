import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readChecked, syncPath, writeChecked } from './checked-file.ts';
import { readManifest } from './generation.ts';
import { type PublishParts, publishGeneration, readPointer } from './generation-folder.ts';
import { isNamedAfter } from './generation-name.ts';
import { fileNames, parseManifest } from './manifest.ts';

/** The files of a generation on the disk, checked, to carry them elsewhere. Throws when one is damaged. */
export async function readGenerationFiles(directory: string, name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = join(directory, name);
  const { files } = await readManifest(folder, name);
  const read = new Map<string, Uint8Array>();
  for (const file of fileNames) {
    const entry = files[file];
    if (entry) read.set(file, await readChecked(join(folder, file), entry));
  }
  return read.set('manifest.json', await readFile(join(folder, 'manifest.json')));
}

/**
 * Writes the files of a generation that was built elsewhere and makes it the current one here. Throws when the manifest
 * is not the one that the name stands for, and what the file system throws; the files are checked when they are opened.
 */
export async function storeGenerationFiles(
  directory: string,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  parts: Pick<PublishParts, 'now' | 'log'>,
): Promise<void> {
  const manifestJson = new TextDecoder('utf-8', { fatal: true }).decode(files.get('manifest.json'));
  if (!isNamedAfter(name, manifestJson)) throw new Error(`The manifest of ${name} is not its own.`);
  parseManifest(manifestJson);
  const write = async (folder: string): Promise<string> => {
    await mkdir(folder);
    for (const file of [...fileNames, 'manifest.json']) {
      const bytes = files.get(file);
      if (bytes) await writeChecked(join(folder, file), bytes);
    }
    await syncPath(folder);
    return manifestJson;
  };
  await publishGeneration(directory, write, { ...parts, name, previous: await readPointer(directory) });
}
