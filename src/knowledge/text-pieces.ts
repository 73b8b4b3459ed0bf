import {
  bulletLength,
  endsSentence,
  isCaptionLike,
  isRule,
  isTitleCase,
  isTitleLike,
  type LineNumbering,
  lineNumbering,
  type TextLine,
  underlineOf,
} from './text-lines.ts';

/** A part of a plain text, before it is decided which of the doubtful ones are headings. */
export type TextPiece =
  /** A heading whatever is around it: underlined, or with `#` marks. */
  | { readonly type: 'heading'; readonly line: TextLine; readonly rank: number; readonly text: string }
  /** A numbered title: a heading, or an item of a list. */
  | { readonly type: 'numbered'; readonly line: TextLine; readonly numbering: LineNumbering }
  /** One line on its own: a heading, a caption or a paragraph. */
  | { readonly type: 'line'; readonly line: TextLine }
  | { readonly type: 'caption'; readonly line: TextLine }
  | { readonly type: 'paragraph'; readonly lines: readonly TextLine[] }
  | { readonly type: 'item'; readonly lines: readonly TextLine[]; readonly markLength: number };

/** Takes lines apart at blank lines, rules, headings and list marks. */
export function textPieces(lines: readonly TextLine[]): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const chunk of chunksOf(lines)) addPieces(chunk, pieces);
  return pieces;
}

// A text that is not wrapped has each paragraph on one line, often without a blank line between.
const unwrappedLength = 160;

/** Lines that belong together: no blank line between them, and none is a whole unwrapped paragraph. */
function chunksOf(lines: readonly TextLine[]): readonly (readonly TextLine[])[] {
  const chunks: TextLine[][] = [];
  let closed = true;
  for (const line of lines) {
    const unwrapped = line.text.length > unwrappedLength && endsSentence(line.text);
    const current = chunks.at(-1);
    if (closed || line.afterBlank || current === undefined || (unwrapped && endsChunk(current.at(-1))))
      chunks.push([line]);
    else current.push(line);
    closed = unwrapped;
  }
  return chunks;
}

/** Whether a line before an unwrapped paragraph is complete in itself. */
function endsChunk(line: TextLine | undefined): boolean {
  return line === undefined || endsSentence(line.text) || isTitleLike(line.text);
}

function addPieces(chunk: readonly TextLine[], pieces: TextPiece[]): void {
  let open: TextLine[] = [];
  let hasItem = false;
  let previous: LineNumbering | undefined;
  const close = () => {
    if (open.length > 0) pieces.push(textPiece(open, chunk.length === 1));
    open = [];
  };
  for (let index = 0; index < chunk.length; index += 1) {
    const line = chunk[index];
    if (line === undefined) break;
    const interrupts = open.length === 0 || endsSentence(open.at(-1)?.text ?? '');
    const fixed = interrupts ? fixedHeading(line, chunk[index + 1]) : undefined;
    if (fixed !== undefined || isRule(line.text)) {
      close();
      if (fixed !== undefined) pieces.push(fixed);
      if (fixed !== undefined && underlineOf(chunk[index + 1]?.text ?? '') !== undefined) index += 1;
      continue;
    }
    const bullet = bulletLength(line.text);
    const numbering = lineNumbering(line.text, previous);
    const marked = numbering !== undefined && (interrupts || numbering.path.at(-1) === 1);
    if (bullet === 0 && !marked) {
      if (index === 0 && isRunInTitle(line, chunk[1])) pieces.push({ type: 'line', line });
      else open.push(line);
      continue;
    }
    const tail = linesUpToMark(chunk, index + 1, numbering);
    if (numbering !== undefined && bullet === 0) {
      const kind = numberedKind(numbering, tail, chunk.length === 1, !hasItem && index === chunk.length - 1);
      if (kind === 'text') {
        open.push(line);
        continue;
      }
      close();
      previous = numbering;
      if (kind === 'numbered') {
        pieces.push({ type: 'numbered', line, numbering });
        continue;
      }
    } else close();
    hasItem = true;
    pieces.push({ type: 'item', lines: [line, ...tail], markLength: bullet || (numbering?.length ?? 0) });
    index += tail.length;
  }
  close();
}

function textPiece(lines: readonly TextLine[], alone: boolean): TextPiece {
  const line = lines[0];
  if (!alone || line === undefined) return { type: 'paragraph', lines };
  return isTitleLike(line.text) || isCaptionLike(line.text) ? { type: 'line', line } : { type: 'paragraph', lines };
}

function fixedHeading(line: TextLine, next: TextLine | undefined): TextPiece | undefined {
  const marks = /^(#{1,6})\s+(?=\S)/.exec(line.text);
  if (marks !== null) {
    const text = line.text.slice(marks[0].length);
    return { type: 'heading', line, rank: marks[1]?.length ?? 1, text };
  }
  const underline = next === undefined || next.afterBlank ? undefined : underlineOf(next.text);
  if (underline === undefined || isRule(line.text) || line.text.length > 120 || bulletLength(line.text) > 0)
    return undefined;
  const text = lineNumbering(line.text)?.rest ?? line.text;
  return { type: 'heading', line, rank: underline === '=' ? 1 : 2, text };
}

/** A title with its paragraph on the very next line: in title case and clearly shorter than a wrapped line. */
function isRunInTitle(line: TextLine, next: TextLine | undefined): boolean {
  if (next === undefined || !isTitleLike(line.text) || !isTitleCase(line.text)) return false;
  const startsText =
    !/^\p{Ll}/u.test(next.text) && bulletLength(next.text) === 0 && lineNumbering(next.text) === undefined;
  return startsText && line.text.length < next.text.length * 0.6;
}

function linesUpToMark(
  chunk: readonly TextLine[],
  from: number,
  numbering: LineNumbering | undefined,
): readonly TextLine[] {
  let end = from;
  for (; end < chunk.length; end += 1) {
    const line = chunk[end];
    if (line === undefined || isRule(line.text) || bulletLength(line.text) > 0 || /^#{1,6}\s/.test(line.text)) break;
    if (underlineOf(chunk[end + 1]?.text ?? '') !== undefined) break;
    // In running text a line may start with a number by accident; after an ended sentence it is the next mark.
    const next = lineNumbering(line.text, numbering);
    if (
      next !== undefined &&
      (end === from || endsSentence(chunk[end - 1]?.text ?? '') || next.style === numbering?.style)
    )
      break;
  }
  return chunk.slice(from, end);
}

/** What a numbered line is, with the lines of its chunk that follow up to the next mark. */
function numberedKind(
  { style, rest }: LineNumbering,
  tail: readonly TextLine[],
  alone: boolean,
  lastInProse: boolean,
): 'numbered' | 'item' | 'text' {
  const title = isTitleLike(rest) || (style === 'digits' && /^\p{Ll}/u.test(rest) && isCaptionLike(rest));
  if (!title) return style === 'digits' ? 'item' : 'text';
  if (alone || (tail.length === 0 && lastInProse)) return 'numbered';
  const first = tail[0]?.text;
  const text = tail.at(-1)?.text;
  if (first !== undefined && text !== undefined && !/^\p{Ll}/u.test(first) && endsSentence(text)) return 'numbered';
  return 'item';
}
