import { endianness } from 'node:os';
import type { FieldPostings, Postings } from './postings.ts';

/**
 * Layout of `postings.bin`, little-endian: six uint32 (magic, version, passages, terms, postings of headings and of text),
 * then as uint32 the starts and ordinals of headings, then those of text, then as uint8 the frequencies of headings and
 * of text, then the terms in UTF-8 with a line break between two.
 */
const magic = 0x4250_504e;
const version = 1;
const headerWords = 6;

export function writePostings({ size, terms, headings, text }: Postings): Uint8Array<ArrayBuffer> {
  const names = new TextEncoder().encode(terms.join('\n'));
  const counts = [headings.ordinals.length, text.ordinals.length] as const;
  const { words, bytes } = sizes(terms.length, counts);
  const file = new Uint8Array(words * 4 + bytes + names.length);
  const wide = new Uint32Array(file.buffer, 0, words);
  wide.set([magic, version, size, terms.length, ...counts]);
  let at = headerWords;
  for (const part of [headings.starts, headings.ordinals, text.starts, text.ordinals]) {
    wide.set(part, at);
    at += part.length;
  }
  file.set(headings.frequencies, words * 4);
  file.set(text.frequencies, words * 4 + counts[0]);
  file.set(names, words * 4 + bytes);
  if (endianness() === 'BE') Buffer.from(file.buffer, 0, words * 4).swap32();
  return file;
}

/**
 * Reads what `writePostings` wrote; the arrays are views of `file`, which starts its own block. Throws when it is anything
 * else or has other than `size` passages.
 */
export function readPostings(file: Uint8Array<ArrayBuffer>, size: number): Postings {
  const header = new DataView(file.buffer, 0, Math.min(file.length, headerWords * 4));
  check(header.byteLength === headerWords * 4, 'they end in the header');
  const field = (word: number) => header.getUint32(word * 4, true);
  check(field(0) === magic && field(1) === version, 'the header is another');
  check(field(2) === size, `they are not those of ${size} passages`);
  const termCount = field(3);
  const counts = [field(4), field(5)] as const;
  const { words, bytes } = sizes(termCount, counts);
  check(file.length >= words * 4 + bytes, 'they end too early');
  if (endianness() === 'BE') Buffer.from(file.buffer, 0, words * 4).swap32();
  const names = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(words * 4 + bytes));
  const terms = names === '' ? [] : names.split('\n');
  check(terms.length === termCount, 'terms are missing');
  for (let at = 1; at < terms.length; at += 1)
    check((terms[at - 1] ?? '') < (terms[at] ?? ''), 'terms are out of order');

  let word = headerWords;
  const take = (length: number) => {
    word += length;
    return new Uint32Array(file.buffer, (word - length) * 4, length);
  };
  const headings = { starts: take(termCount + 1), ordinals: take(counts[0]) };
  const text = { starts: take(termCount + 1), ordinals: take(counts[1]) };
  const frequencies = file.subarray(words * 4, words * 4 + bytes);
  const postings = {
    size,
    terms,
    headings: { ...headings, frequencies: frequencies.subarray(0, counts[0]) },
    text: { ...text, frequencies: frequencies.subarray(counts[0]) },
  };
  checkField(postings.headings, size);
  checkField(postings.text, size);
  return postings;
}

function sizes(terms: number, counts: readonly [number, number]): { readonly words: number; readonly bytes: number } {
  return { words: headerWords + 2 * (terms + 1) + counts[0] + counts[1], bytes: counts[0] + counts[1] };
}

function checkField({ starts, ordinals, frequencies }: FieldPostings, size: number): void {
  check(starts[0] === 0 && starts[starts.length - 1] === ordinals.length, 'lists are missing');
  for (let term = 0; term + 1 < starts.length; term += 1) {
    const end = starts[term + 1] as number;
    check((starts[term] as number) <= end && end <= ordinals.length, 'a list ends before it starts');
    let previous = -1;
    for (let at = starts[term] as number; at < end; at += 1) {
      const ordinal = ordinals[at] as number;
      check(ordinal > previous && ordinal < size && frequencies[at] !== 0, 'a list is out of order');
      previous = ordinal;
    }
  }
}

function check(right: boolean, problem: string): void {
  if (!right) throw new Error(`the postings are damaged: ${problem}`);
}
