import type { PhrasingContent } from 'mdast';
import type { ReadableText } from './paragraph-sentences.ts';

/**
 * Inline Markdown as a person reads it: emphasis, code and link marks gone, images, HTML tags and comments left out,
 * escapes and entities resolved. `base` is what to add to the parser's offsets to get those of `source`.
 */
export function readableMarkdown(source: string, nodes: readonly PhrasingContent[], base: number): ReadableText {
  const readable: Readable = { text: '', starts: [], ends: [] };
  append(source, nodes, base, readable);
  return readable;
}

interface Readable {
  text: string;
  readonly starts: number[];
  readonly ends: number[];
}

function append(source: string, nodes: readonly PhrasingContent[], base: number, readable: Readable): void {
  for (const node of nodes) {
    const start = base + (node.position?.start.offset ?? 0);
    const end = base + (node.position?.end.offset ?? 0);
    if (node.type === 'text' || node.type === 'inlineCode') {
      align(source, start, end, node.value, readable);
    } else if (node.type === 'break') {
      readable.text += '\n';
      readable.starts.push(start);
      readable.ends.push(end);
    } else if ('children' in node) {
      append(source, node.children, base, readable);
    }
  }
}

/**
 * Adds `value` with the places it came from. The source between `start` and `end` holds the same characters in the same
 * order, and besides them only backslashes, entities, code marks and what starts a line of a quote or a list.
 */
function align(source: string, start: number, end: number, value: string, readable: Readable): void {
  let at = start;
  for (let index = 0; index < value.length; ) {
    const wanted = value.charAt(index);
    // The indentation of a line is in the source only, and an entity may follow it.
    while (at < end && /[ \t]/.test(source.charAt(at)) && !/\s/.test(wanted)) at += 1;
    const entity = source[at] === '&' ? /&(?:#\w{1,8}|[A-Za-z]\w{1,31});/y : undefined;
    if (entity !== undefined) entity.lastIndex = at;
    const reference = entity?.exec(source)?.[0];
    if (reference !== undefined && !value.startsWith(reference, index)) {
      // A character beyond U+FFFF is two code units and still one entity.
      const length = value.codePointAt(index) === value.charCodeAt(index) ? 1 : 2;
      for (let unit = 0; unit < length; unit += 1) {
        readable.starts.push(at);
        readable.ends.push(at + reference.length);
      }
      readable.text += value.slice(index, index + length);
      index += length;
      at += reference.length;
      continue;
    }
    let from = at;
    if (source[at] === '\\' && source[at + 1] === wanted && (wanted !== '\\' || !value.startsWith('\\\\', index))) {
      at += 1;
    } else {
      while (at < end && !sameCharacter(source.charAt(at), wanted)) at += 1;
      from = Math.min(at, end - 1);
    }
    readable.starts.push(from);
    readable.ends.push(Math.min(at + 1, end));
    readable.text += wanted;
    index += 1;
    at = Math.min(at + 1, end);
  }
}

/** A lone carriage return is read as a line feed, and a line break inside code as a space. */
function sameCharacter(written: string, read: string): boolean {
  return written === read || ((read === ' ' || read === '\n') && /[\r\n]/.test(written));
}
