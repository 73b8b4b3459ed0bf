import type { Sentence, Span } from '../domain.ts';
import { splitSentences } from '../language/sentences.ts';
import { countWords } from './count-words.ts';

/** The words of a block as a person reads them, each code unit with the place in the source that it stands for. */
export interface ReadableText {
  readonly text: string;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

const maximumSentenceWords = 300;
const pieceWords = 120;
const leastPieceWords = 40;

/**
 * Sentences of a block of the source. `content` is the block without its list mark. Markup at the edge of a sentence is
 * inside its offsets. A sentence of more than 300 words comes in pieces, cut after a comma or at least between words.
 */
export function paragraphSentences(
  source: string,
  content: Span,
  readable: ReadableText,
  language: string,
): readonly Sentence[] {
  const { text, starts, ends } = readable;
  const spans = splitSentences(text, language).flatMap((span) => bounded(text, span));
  const last = spans.length - 1;
  let previousEnd = content.start;
  return spans.map((span, index) => {
    const nextStart = starts[spans[index + 1]?.start ?? -1] ?? content.end;
    const start = index === 0 ? content.start : openingMarkup(source, previousEnd, starts[span.start] ?? previousEnd);
    const end = index === last ? content.end : closingMarkup(source, ends[span.end - 1] ?? nextStart, nextStart);
    previousEnd = end;
    return { start, end, text: text.slice(span.start, span.end).replace(/\s+/g, lineBreakToSpace) };
  });
}

/** Sentences of a block without markup. */
export function plainSentences(source: string, content: Span, language: string): readonly Sentence[] {
  return splitSentences(source.slice(content.start, content.end), language).flatMap((span) =>
    bounded(source, { start: content.start + span.start, end: content.start + span.end }).map(({ start, end }) => ({
      start,
      end,
      text: source.slice(start, end).replace(/\s+/g, lineBreakToSpace),
    })),
  );
}

function lineBreakToSpace(space: string): string {
  return /[\n\r\v\f\u2028\u2029]/.test(space) ? ' ' : space;
}

/** The end of a sentence with what closes after it: `**`, `](address "title")`. */
function closingMarkup(source: string, end: number, limit: number): number {
  let at = end;
  while (at < limit && !/\s/.test(source.charAt(at))) {
    const address = source.startsWith('](', at) ? source.slice(at, limit).indexOf(')') : -1;
    at += Math.max(address, 0) + 1;
  }
  return at;
}

function openingMarkup(source: string, limit: number, start: number): number {
  let at = start;
  while (at > limit && !/\s/.test(source.charAt(at - 1))) at -= 1;
  return at;
}

function bounded(text: string, span: Span): readonly Span[] {
  const whole = text.slice(span.start, span.end);
  if (countWords(whole) <= maximumSentenceWords) return [span];
  const pieces: { start: number; end: number; words: number }[] = [];
  let open: { start: number; end: number; words: number } | undefined;
  for (const match of whole.matchAll(/\S{1,200}/gu)) {
    const start = span.start + match.index;
    const end = start + match[0].length;
    const words: number = (open?.words ?? 0) + countWords(match[0]);
    open = { start: open?.start ?? start, end, words };
    if (words >= pieceWords || (words >= pieceWords / 2 && /[,;:，、；)–—]$/.test(match[0]))) {
      pieces.push(open);
      open = undefined;
    }
  }
  const previous = pieces.at(-1);
  if (open !== undefined && previous !== undefined && open.words < leastPieceWords) previous.end = open.end;
  else if (open !== undefined) pieces.push(open);
  return pieces.map(({ start, end }) => ({ start, end }));
}
