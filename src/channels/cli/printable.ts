import { stripVTControlCharacters } from 'node:util';

/**
 * A text that cannot steer the terminal that shows it: escape sequences, control characters (a line break stays,
 * a tab becomes a space) and the marks that reverse the direction of reading are taken out.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/\p{Cc}/gu, (character) => (character === '\n' ? '\n' : character === '\t' ? ' ' : ''));
}

/** The same for one line: line breaks become spaces. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, ' ');
}
