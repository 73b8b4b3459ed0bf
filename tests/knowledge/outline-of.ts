import type { Document } from '../../src/domain.ts';
import { parseDocument } from '../../src/knowledge/parse-document.ts';

/** The document of a source that must parse. */
export function documentOf(file: string, source: string): Document {
  const { document } = parseDocument({ file, bytes: Buffer.from(source, 'utf8') });
  if (document === null) throw new Error(`${file} did not parse`);
  return document;
}

/** Headings with two spaces of indentation for each level, and below them, after a dash, their paragraphs. */
export function outlineOf(document: Document): string[] {
  return document.sections.flatMap((section) => [
    `${'  '.repeat(section.level - 1)}${section.heading ?? '(introduction)'}`,
    ...section.paragraphs.map(
      ({ kind, sentences }) => `${kind === 'list-item' ? '* ' : '- '}${sentences.map(({ text }) => text).join(' | ')}`,
    ),
  ]);
}

export function headingsOf(document: Document): string[] {
  return outlineOf(document).filter((line) => !/^[-*] /.test(line));
}
