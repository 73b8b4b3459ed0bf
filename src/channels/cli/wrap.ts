import { stripVTControlCharacters } from 'node:util';

/** Stands for a space where no line may break; `wrap` turns it into one. No printable text contains it. */
export const glue = '\0';

const wide =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])|\ufe0f/u;
const alwaysNarrow = /^[ -~\0\u00a1-\u00ff\u2010-\u203a]*$/;

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return /^[\p{M}\p{Cf}]+$/u.test(grapheme) ? 0 : 1;
}

/** Terminal columns that a line takes; colours take none, East Asian characters and emoji two. */
export function displayWidth(line: string): number {
  const plain = stripVTControlCharacters(line);
  if (alwaysNarrow.test(plain)) return plain.length;
  return graphemes(plain).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/**
 * Breaks lines at spaces so that none is wider than `width` columns, and inside a word only where the word alone
 * is too wide. Lines after the first of a paragraph start with `indent`. Appending words to `text` only appends
 * to the result, so that a growing text can be printed as it grows.
 */
export function wrap(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, indent))
    .join('\n')
    .replaceAll(glue, ' ');
}

function wrapLine(line: string, width: number, indent: string): string {
  if (displayWidth(line) <= width) return line;
  const lines: string[] = [];
  let current = '';
  const place = (word: string, space: string): void => {
    if (displayWidth(current + space + word) <= width) {
      current += space + word;
      return;
    }
    if (displayWidth(indent + word) <= width && current.trim() !== '') {
      lines.push(current);
      current = indent + word;
      return;
    }
    const [head = '', ...glued] = word.split(glue);
    current += space;
    for (const grapheme of graphemes(head)) {
      if (displayWidth(current + grapheme) > width && current.trim() !== '') {
        lines.push(current.trimEnd());
        current = indent;
      }
      current += grapheme;
    }
    for (const part of glued) place(part, glue);
  };
  // The spaces before a word are its own, so that aligned text stays aligned.
  for (const [, space = '', word = ''] of line.matchAll(/( *)([^ ]+)/g)) place(word, space);
  lines.push(current);
  return lines.join('\n');
}
