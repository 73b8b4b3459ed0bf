import { createHash } from 'node:crypto';
import type { Passage } from '../domain.ts';
import { createGiveWay } from './give-way.ts';
import { indexedPassage } from './manifest.ts';

/** Passages handled between two looks at the clock. */
const sliceSize = 100;
const lineBreak = 10;

/** The content of `passages.jsonl` in pieces: one passage a line, so that a large file can be read and written in steps. */
export function* passageLines(passages: readonly Passage[]): Generator<string> {
  for (let start = 0; start < passages.length; start += sliceSize) {
    yield passages
      .slice(start, start + sliceSize)
      .map((passage) => `${JSON.stringify(passage)}\n`)
      .join('');
  }
}

/** The passages of some pieces of `passages.jsonl`, unchecked. */
export function* parseLines(pieces: Iterable<string>): Generator<Passage> {
  for (const piece of pieces) for (const line of piece.split('\n')) if (line !== '') yield JSON.parse(line) as Passage;
}

/** SHA-256 that `passages.jsonl` would have. */
export async function digestPassages(passages: readonly Passage[], signal?: AbortSignal): Promise<string> {
  const giveWay = createGiveWay(signal);
  const hash = createHash('sha256');
  for (const piece of passageLines(passages)) {
    hash.update(piece);
    await giveWay();
  }
  return hash.digest('hex');
}

/** The same passages with the known keys only, in one order, so that equal passages serialise to equal bytes. */
export async function indexedPassages(passages: readonly Passage[], signal?: AbortSignal): Promise<readonly Passage[]> {
  const giveWay = createGiveWay(signal);
  const indexed: Passage[] = [];
  for (const passage of passages) {
    indexed.push(indexedPassage(passage));
    if (indexed.length % sliceSize === 0) await giveWay();
  }
  return indexed;
}

/** Reads the content of `passages.jsonl`. Throws when it is anything else. */
export async function parsePassages(bytes: Uint8Array): Promise<readonly Passage[]> {
  const giveWay = createGiveWay();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const passages: Passage[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineBreak, start);
    if (end < 0) throw new Error('passages.jsonl ends within a line');
    passages.push(indexedPassage(JSON.parse(decoder.decode(bytes.subarray(start, end)))));
    start = end + 1;
    if (passages.length % sliceSize === 0) await giveWay();
  }
  return passages;
}
