import type { Span } from '../domain.ts';
import { countWords } from './count-words.ts';

/** A line of plain text that is not blank, without white space at its ends. */
export interface TextLine extends Span {
  readonly text: string;
  /** Whether a blank line, or the start of the text, comes before it. */
  readonly afterBlank: boolean;
}

/** Lines of `source` from `start` on; no-break spaces and tabs are white space too. */
export function textLines(source: string, start: number): readonly TextLine[] {
  const lines: TextLine[] = [];
  let afterBlank = true;
  for (const match of source.slice(start).matchAll(/([^\r\n\u2028\u2029]*)(?:\r\n|[\r\n\u2028\u2029]|$)/g)) {
    const line = match[1] ?? '';
    const text = line.trim();
    const lineStart = start + match.index + line.length - line.trimStart().length;
    if (text !== '') lines.push({ start: lineStart, end: lineStart + text.length, text, afterBlank });
    afterBlank = text === '';
  }
  return lines;
}

/** The number or letter that a line starts with. */
export interface LineNumbering {
  readonly style: 'digits' | 'roman' | 'letter';
  /** `1.2` is [1, 2]; roman numerals and letters count from 1. */
  readonly path: readonly number[];
  /** The line without it. */
  readonly rest: string;
  /** Length of what was taken off. */
  readonly length: number;
}

/** `1. Neck`, `2) Spine`, `(3) Back`, `1.2 Discs`, `IV. Sleep`, `B. Sitting`; undefined for any other line. */
export function lineNumbering(text: string, previous?: LineNumbering): LineNumbering | undefined {
  const digits =
    /^\(?(\d{1,3}(?:\.\d{1,3}){0,5})(?:\.|\.?\))(?=\s|\p{L})\s*/u.exec(text) ??
    /^(\d{1,2}(?:\.\d{1,2}){1,5})\s+(?=\p{Lu}|\p{Lo})/u.exec(text);
  if (digits !== null) return numbering('digits', (digits[1] ?? '').split('.').map(Number), text, digits[0]);
  const letters = /^\(?([IVXLC]{1,7}|[A-Z])[.)]\s+(?=\S)/.exec(text);
  const written = letters?.[1];
  if (letters === null || written === undefined) return undefined;
  const place = written.length === 1 ? written.charCodeAt(0) - 64 : 0;
  const followsLetter = previous?.style === 'letter' && previous.path.at(-1) === place - 1;
  const isRoman = written.length > 1 || (/[IVX]/.test(written) && !followsLetter);
  return isRoman
    ? numbering('roman', [romanValue(written)], text, letters[0])
    : numbering('letter', [place], text, letters[0]);
}

function numbering(style: LineNumbering['style'], path: readonly number[], text: string, taken: string): LineNumbering {
  return { style, path, rest: text.slice(taken.length), length: taken.length };
}

function romanValue(numeral: string): number {
  const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
  const digits = [...numeral].map((letter) => values[letter] ?? 0);
  return digits.reduce((sum, value, index) => sum + (value < (digits[index + 1] ?? 0) ? -value : value), 0);
}

/** Length of a bullet and the space after it; 0 when the line has none. */
export function bulletLength(text: string): number {
  return /^(?:[-*+•–—·‣◦▪●○■]|o(?=\s\s|\t)|\(?[a-z]\))\s+(?=\S)/u.exec(text)?.[0].length ?? 0;
}

/** Whether a line is only dashes, stars or the like: a rule, or what underlines a heading. */
export function isRule(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

/** `=` or `-` when the line underlines the one above. */
export function underlineOf(text: string): '=' | '-' | undefined {
  const mark = /^([=\-~_*])\1{2,}$/.exec(text)?.[1];
  return mark === undefined ? undefined : mark === '=' ? '=' : '-';
}

export function endsSentence(text: string): boolean {
  return /[.!?…。！？:][\p{Pe}\p{Pf}\p{Po}"']*$/u.test(text) && !/[,;]$/.test(text);
}

/** Short, one phrase, and not ended like a sentence; a question mark, a colon or a stray comma may end it. */
export function isTitleLike(text: string): boolean {
  if (text.length > 90 || countWords(text) > 12) return false;
  if (!/\p{L}/u.test(text) || (/^\p{Ll}/u.test(text) && !/^\p{Ll}+\p{Lu}/u.test(text))) return false;
  return !/[.!…。！][\p{Pe}\p{Pf}"']*$/u.test(text) && !/[.!?。！？]["'”’)]*\s+\p{Lu}/u.test(text);
}

/** Whether most longer words start with a capital, as in "Improved Range of Motion". */
export function isTitleCase(text: string): boolean {
  const words = (text.match(/[\p{L}\p{M}'’]+/gu) ?? []).filter((word) => word.length > 3);
  if (words.length === 0) return text.toUpperCase() === text;
  return words.filter((word) => !/^\p{Ll}/u.test(word)).length >= words.length * 0.6;
}

/** A line that names a picture: all lower case, or "Figure 2: …", "Photo by …". */
export function isCaptionLike(text: string): boolean {
  if (
    /^(?:(?:fig(?:ure|\.)?|image|photo|picture|illustration)\s*\d*\s*[:.–—-]|(?:photo|image)s?\s+(?:by|credit|courtesy)\b)/i.test(
      text,
    )
  ) {
    return text.length <= 160;
  }
  return (
    countWords(text) <= 12 && text.length <= 90 && /^\p{Ll}/u.test(text) && !/[.!?…:;,][\p{Pe}\p{Pf}"']*$/u.test(text)
  );
}
