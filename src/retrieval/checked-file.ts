import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type FileEntry, sha256 } from './manifest.ts';

/** Reads a file whose size and SHA-256 are known. Throws when either differs. */
export async function readChecked(path: string, entry: FileEntry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBytes(path, entry.bytes);
  if (sha256(bytes) !== entry.sha256) throw new Error(`${path} is damaged`);
  return bytes;
}

/** Reads a file of known size into a block of its own, which a Float32Array can be laid over. */
export async function readBytes(path: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  await checkPlainFile(path);
  const handle = await open(path);
  try {
    const actual = (await handle.stat()).size;
    if (actual !== size) throw new Error(`${path} has ${actual} bytes instead of ${size}`);
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) throw new Error(`${path} ends after ${filled} bytes of ${size}`);
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Writes a new file, waits for the disk and reads it back. Throws when something else came back. */
export async function writeChecked(path: string, content: string | Uint8Array): Promise<FileEntry> {
  await writeSynced(path, content);
  const written = await digestOf(path);
  if (written.sha256 !== sha256(content)) throw new Error(`${path} does not hold what was written to it`);
  return written;
}

/** Writes a new file and waits until the disk has it. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Waits until the disk has the file, or the folder's list of names. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Size and SHA-256 of a file, without holding it in memory. */
export async function digestOf(path: string): Promise<FileEntry> {
  await checkPlainFile(path);
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), bytes };
}

/** Opening a pipe would wait for ever. */
async function checkPlainFile(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a plain file`);
}
