import type { DocumentBlock, ParsableText, ParsedBlocks } from './document-block.ts';
import { plainSentences } from './paragraph-sentences.ts';
import { endsSentence, isCaptionLike, isTitleCase, type LineNumbering, textLines } from './text-lines.ts';
import { type TextPiece, textPieces } from './text-pieces.ts';

/**
 * Headings, paragraphs and list items of a plain text, recognised by blank lines, length, capitals, numbers and end
 * punctuation; captions are left out. A short first line is the title unless it heads the numbered sections below it.
 */
export function parseText(input: ParsableText): ParsedBlocks {
  const pieces = decide(textPieces(textLines(input.source, input.start)));
  const rank = createRanks(pieces);
  const blocks = pieces.flatMap((piece): readonly DocumentBlock[] => {
    if (piece.type === 'caption') return [];
    if (piece.type === 'paragraph' || piece.type === 'item') return [paragraphBlock(input, piece)];
    const { start, end } = piece.line;
    return [{ type: 'heading', rank: rank(piece), text: headingText(piece), start, end }];
  });
  return { blocks, startsWithTitle: startsWithTitle(pieces), problems: [] };
}

/** `line` pieces are now unnumbered headings, and `numbered` ones numbered headings. */
function decide(doubtful: readonly TextPiece[]): readonly TextPiece[] {
  const pieces = decideLists(doubtful);
  const decided: TextPiece[] = [];
  // From the end, because a heading is known by what follows it.
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    const kind = piece.type === 'line' ? lineKind(piece.line.text, pieces[index - 1], decided.at(-1)) : undefined;
    if (piece.type !== 'line' || kind === 'line') decided.push(piece);
    else if (kind === 'caption') decided.push({ type: 'caption', line: piece.line });
    else decided.push({ type: 'paragraph', lines: [piece.line] });
  }
  return decided.reverse();
}

function lineKind(
  text: string,
  before: TextPiece | undefined,
  after: TextPiece | undefined,
): 'line' | 'caption' | 'paragraph' {
  // A blank line in the middle of a sentence is a slip, and what follows is no caption.
  const unfinished = before?.type === 'paragraph' && !endsSentence(before.lines.at(-1)?.text ?? '.');
  if (isCaptionLike(text)) return unfinished ? 'paragraph' : 'caption';
  if (after === undefined || /^["'“‘«]/.test(text)) return 'paragraph';
  if (/:$/.test(text) && after.type === 'item') return 'paragraph';
  if (isTitleCase(text)) return 'line';
  if (unfinished || /[,;:?]$/.test(text)) return 'paragraph';
  // "Neck massage" right above another heading names a picture; as the first line it is the title.
  if (after.type === 'line' || after.type === 'heading') return before === undefined ? 'line' : 'caption';
  return 'line';
}

/** Numbered titles that follow each other without text are the items of a list, unless the numbers go on as headings. */
function decideLists(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const decided: TextPiece[] = [];
  let lastHeading: LineNumbering | undefined;
  for (let index = 0; index < pieces.length; ) {
    const piece = pieces[index];
    if (piece?.type !== 'numbered') {
      if (piece !== undefined) decided.push(piece);
      index += 1;
      continue;
    }
    let end = index + 1;
    for (; end < pieces.length; end += 1) {
      const next = pieces[end];
      const last = pieces[end - 1];
      if (next?.type !== 'numbered' || last?.type !== 'numbered' || !sameSeries(last.numbering, next.numbering)) break;
    }
    const run = pieces.slice(index, end).flatMap((each) => (each.type === 'numbered' ? [each] : []));
    const goesOn = (): boolean => {
      const last = run.at(-1)?.numbering;
      const next = pieces.slice(end, end + 200).find((each) => each.type === 'numbered');
      return last !== undefined && next?.type === 'numbered' && follows(last, next.numbering);
    };
    const isList = run.length > 1 && !(lastHeading !== undefined && follows(lastHeading, piece.numbering)) && !goesOn();
    for (const { line, numbering } of run) {
      decided.push(
        isList ? { type: 'item', lines: [line], markLength: numbering.length } : { type: 'numbered', line, numbering },
      );
    }
    if (!isList) lastHeading = run.at(-1)?.numbering;
    index = end;
  }
  return decided;
}

function follows(first: LineNumbering, second: LineNumbering): boolean {
  return (
    first.style === second.style &&
    first.path.length === second.path.length &&
    second.path.at(-1) === (first.path.at(-1) ?? 0) + 1
  );
}

function sameSeries(first: LineNumbering, second: LineNumbering): boolean {
  return follows(first, second) || (first.style === second.style && first.path.join('.') === second.path.join('.'));
}

/**
 * Ranks of headings: marked ones, then unnumbered ones (all capitals first), then numbered ones by style and depth.
 * Where the numbers run on across unnumbered headings, these are the inner ones.
 */
function createRanks(pieces: readonly TextPiece[]): (piece: TextPiece) => number {
  const unnumbered = pieces.flatMap((piece) => (piece.type === 'line' ? [piece.line.text] : []));
  const mixedCase = unnumbered.some((text) => !isAllCapitals(text));
  const inner = numbersRunAcross(pieces);
  const styles = { roman: 20, letter: 30, digits: 40 };
  return (piece) => {
    if (piece.type === 'heading') return piece.rank;
    if (piece.type === 'numbered') return styles[piece.numbering.style] + piece.numbering.path.length;
    const capitals = piece.type === 'line' && mixedCase && isAllCapitals(piece.line.text);
    return (inner ? 60 : 10) - (capitals ? 1 : 0);
  };
}

function numbersRunAcross(pieces: readonly TextPiece[]): boolean {
  let runsOn = 0;
  let startsAnew = 0;
  let last: LineNumbering | undefined;
  let between = false;
  for (const piece of pieces) {
    if (piece.type === 'line') between = true;
    if (piece.type !== 'numbered' || piece.numbering.path.length > 1) continue;
    if (last !== undefined && between && last.style === piece.numbering.style) {
      if (follows(last, piece.numbering)) runsOn += 1;
      else startsAnew += 1;
    }
    last = piece.numbering;
    between = false;
  }
  return runsOn > startsAnew;
}

function isAllCapitals(text: string): boolean {
  return text === text.toUpperCase() && text !== text.toLowerCase();
}

function startsWithTitle(pieces: readonly TextPiece[]): boolean {
  const [first, second] = pieces;
  const headings = pieces.filter(
    (piece) => piece.type !== 'paragraph' && piece.type !== 'item' && piece.type !== 'caption',
  );
  if (first === undefined || first !== headings[0]) return false;
  if (first.type === 'heading') {
    return (
      first.rank === 1 && !headings.some((piece, index) => index > 0 && piece.type === 'heading' && piece.rank === 1)
    );
  }
  if (first.type !== 'line' || second === undefined) return false;
  if (second === headings[1]) return second.type === 'line';
  // A section like the others would have numbered sections under it, and others beside it.
  return headings[1]?.type !== 'numbered' || !headings.some((piece, index) => index > 0 && piece.type === 'line');
}

function headingText(piece: TextPiece): string {
  const written =
    piece.type === 'numbered'
      ? piece.numbering.rest
      : piece.type === 'heading'
        ? piece.text
        : piece.type === 'line'
          ? piece.line.text
          : '';
  return written
    .replace(/\s+/g, ' ')
    .replace(/\s*[,;:]+$/, '')
    .trim();
}

function paragraphBlock(
  { source, language }: ParsableText,
  piece: Extract<TextPiece, { type: 'paragraph' | 'item' }>,
): DocumentBlock {
  const start = piece.lines[0]?.start ?? 0;
  const end = piece.lines.at(-1)?.end ?? start;
  const content = { start: start + (piece.type === 'item' ? piece.markLength : 0), end };
  const sentences = plainSentences(source, content, language);
  return {
    type: 'paragraph',
    paragraph: { kind: piece.type === 'item' ? 'list-item' : 'paragraph', start, end, sentences },
  };
}
