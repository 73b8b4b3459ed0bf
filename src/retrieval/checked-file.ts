import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGiveWay } from './give-way.ts';
import type { FileEntry } from './manifest.ts';

/** Reads a file whose size and SHA-256 are known. Throws when either differs. */
export async function readChecked(path: string, entry: FileEntry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBytes(path, entry.bytes);
  if ((await digestBytes(bytes)) !== entry.sha256) throw new Error(`${path} is damaged`);
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

/** Writes a new file, in pieces if need be, waits for the disk and reads it back. Throws when something else came back. */
export async function writeChecked(path: string, content: Uint8Array | Iterable<string>): Promise<FileEntry> {
  const giveWay = createGiveWay();
  const hash = createHash('sha256');
  const handle = await open(path, 'wx');
  try {
    for (const piece of content instanceof Uint8Array ? blocksOf(content) : content) {
      hash.update(piece);
      await handle.appendFile(piece);
      await giveWay();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  const written = await digestOf(path);
  if (written.sha256 !== hash.digest('hex')) throw new Error(`${path} does not hold what was written to it`);
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

async function digestBytes(bytes: Uint8Array): Promise<string> {
  const giveWay = createGiveWay();
  const hash = createHash('sha256');
  for (const block of blocksOf(bytes)) {
    hash.update(block);
    await giveWay();
  }
  return hash.digest('hex');
}

const blockBytes = 1024 * 1024;

function* blocksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
}

/** Opening a pipe would wait for ever. */
async function checkPlainFile(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a plain file`);
}
