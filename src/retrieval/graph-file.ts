import { open } from 'node:fs/promises';
import { endianness } from 'node:os';
import { hnswParameters } from './hnsw-parameters.ts';

/** What stands in `labels.u32` for a point of the graph whose vector is gone. */
export const gone = 0xffff_ffff;

/** The little-endian bytes of `labels.u32`. */
export function writeLabels(labels: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(labels.slice().buffer);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes.buffer).swap32();
}

/** Reads what `writeLabels` wrote, and keeps it. Throws when it cannot be that. */
export function readLabels(bytes: Uint8Array<ArrayBuffer>): Uint32Array {
  if (bytes.length % 4 !== 0) throw new Error(`labels.u32 has ${bytes.length} bytes`);
  if (endianness() === 'BE') Buffer.from(bytes.buffer).swap32();
  return new Uint32Array(bytes.buffer);
}

/** Throws unless each of the ordinals stands in the labels exactly once, and nothing else but `gone`. */
export function checkLabels(labels: Uint32Array, ordinals: readonly number[]): void {
  const live = labels.filter((ordinal) => ordinal !== gone).sort();
  if (live.length !== ordinals.length || !ordinals.every((ordinal, at) => ordinal === live[at])) {
    throw new Error('labels.u32 is not that of these vectors');
  }
}

const headerBytes = 96;

/** Compares the sizes in the file's header with ours; hnswlib takes them on trust and allocates by them. */
export async function checkGraphHeader(file: string, points: number, dimension: number): Promise<void> {
  const handle = await open(file);
  try {
    const header = Buffer.alloc(headerBytes);
    const { bytesRead } = await handle.read(header, 0, headerBytes, 0);
    const { size: fileBytes } = await handle.stat();
    const field = (at: number) => Number(header.readBigUInt64LE(at));
    const links = 4 + 2 * hnswParameters.m * 4;
    const bytesPerVector = links + dimension * 4 + 8;
    const right =
      bytesRead === headerBytes &&
      field(0) === 0 &&
      field(8) === Math.max(1, points) &&
      field(16) === points &&
      field(24) === bytesPerVector &&
      field(32) === bytesPerVector - 8 &&
      field(40) === links &&
      (points === 0 || header.readUInt32LE(52) < points) &&
      field(56) === hnswParameters.m &&
      field(64) === 2 * hnswParameters.m &&
      field(72) === hnswParameters.m &&
      fileBytes >= headerBytes + points * (bytesPerVector + 4);
    if (!right) throw new Error(`${file} is not a graph of ${points} vectors of ${dimension} components`);
  } finally {
    await handle.close();
  }
}
