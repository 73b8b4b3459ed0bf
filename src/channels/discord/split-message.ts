import { splitSentences } from '../../language/sentences.ts';

/**
 * A text in parts of at most `limit` UTF-16 units, none empty: broken between lines or sentences, and inside a quotation
 * or before a citation only where a quotation alone is longer than a part. A broken quotation is closed and opened again.
 */
export function splitMessage(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const { end, isQuoted } = breakOf(rest, limit);
    const part = rest.slice(0, end).trimEnd();
    parts.push(isQuoted ? `${part}”` : part);
    rest = `${isQuoted ? '“' : ''}${rest.slice(end).trimStart()}`;
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

interface Break {
  readonly end: number;
  /** Whether it is inside a quotation. */
  readonly isQuoted: boolean;
}

function breakOf(text: string, limit: number): Break {
  const head = text.slice(0, limit + 1);
  const depths = quotationDepths(head);
  const sentences = sentenceStarts(text, limit);
  const outside = sentences.findLast((at) => depths[at] === 0);
  if (outside !== undefined) return { end: outside, isQuoted: false };
  // One place is kept for the closing mark.
  const inside =
    sentences.findLast((at) => at < limit) ?? wordStart(head.slice(0, limit)) ?? wholeCharacters(head, limit - 1);
  return { end: inside, isQuoted: (depths[inside] ?? 0) > 0 };
}

/** Places up to `limit` at which a sentence or a line starts; the numbers after a sentence belong to it. */
function sentenceStarts(text: string, limit: number): readonly number[] {
  // What comes later cannot matter, and a long rest would be read again for each part.
  const near = text.slice(0, limit + 200);
  const starts = splitSentences(near).map(({ start }) => start + citationsAt(near, start));
  const lines = [...near.matchAll(/\n+(?=\S)/gu)].map(({ index, 0: { length } }) => index + length);
  return [...starts, ...lines].filter((at) => at > 0 && at <= limit).sort((left, right) => left - right);
}

function citationsAt(text: string, at: number): number {
  return /^(?:\[\d+\])+\s*/u.exec(text.slice(at, at + 200))?.[0].length ?? 0;
}

/** How many quotations are open before each place. */
function quotationDepths(text: string): readonly number[] {
  const depths = [0];
  let depth = 0;
  for (const unit of text.split('')) {
    if (unit === '“') depth += 1;
    if (unit === '”') depth = Math.max(0, depth - 1);
    depths.push(depth);
  }
  return depths;
}

/** After the last white space that is not before a citation. */
function wordStart(text: string): number | undefined {
  const last = [...text.matchAll(/\s+(?=\S)/gu)].findLast(({ index, 0: { length } }) => text[index + length] !== '[');
  return last && last.index > 0 ? last.index + last[0].length : undefined;
}

/** `end`, or a little before it where it would cut a character or an escape in two. */
function wholeCharacters(text: string, end: number): number {
  const cut = /[\uD800-\uDBFF]$/u.test(text.slice(0, end)) ? end - 1 : end;
  const backslashes = /\\*$/u.exec(text.slice(0, cut))?.[0].length ?? 0;
  return cut - (backslashes % 2);
}
