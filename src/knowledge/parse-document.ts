import { createHash } from 'node:crypto';
import type { Document, KnowledgeProblem } from '../domain.ts';
import type { ParsedBlocks } from './document-block.ts';
import { readFrontMatter } from './front-matter.ts';
import { buildOutline } from './outline.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { parseText } from './parse-text.ts';
import { slug } from './slug.ts';

/** A file of the knowledge folder. */
export interface ArticleFile {
  /** Name inside the folder, ending in `.md` or `.txt`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface ParsedDocument {
  /** Null when the file holds no readable article; the problems say why. */
  readonly document: Document | null;
  readonly problems: readonly KnowledgeProblem[];
}

/** Takes an article apart into sections, paragraphs and sentences with their offsets. Reads nothing and never throws. */
export function parseDocument({ file, bytes }: ArticleFile): ParsedDocument {
  const problems: KnowledgeProblem[] = [];
  const tell = (message: string) => problems.push({ file, message });
  const decoded = decode(bytes);
  if ('problem' in decoded) {
    tell(decoded.problem);
    return { document: null, problems };
  }
  const { source } = decoded;
  const frontMatter = readFrontMatter(source, source.startsWith('\uFEFF') ? 1 : 0);
  frontMatter.problems.forEach(tell);
  const format = /\.md$/i.test(file) ? 'markdown' : 'text';
  const language = frontMatter.language ?? 'en';
  const parsed = (format === 'markdown' ? parseMarkdown : parseText)({ source, start: frontMatter.end, language });
  parsed.problems.forEach(tell);
  const { title, blocks } = titleOf(parsed, frontMatter.title, file);
  const sections = buildOutline(blocks);
  if (!sections.some((section) => section.paragraphs.length > 0)) {
    tell('There is no text in it to answer from. Write paragraphs under the headings, or remove the file.');
    return { document: null, problems };
  }
  const invisible = source.match(invisibleCharacters)?.length ?? 0;
  if (invisible > 0) {
    tell(
      `It contains ${invisible} invisible character${invisible === 1 ? '' : 's'} (zero-width, text direction or tag characters), which can hide text from you. They were kept; delete them if they are not meant.`,
    );
  }
  const document: Document = {
    id: documentId(file),
    title,
    language,
    updated: frontMatter.updated,
    file,
    format,
    source,
    hash: createHash('sha256').update(bytes).digest('hex'),
    sections,
  };
  return { document, problems };
}

/** Id of the document that a file holds: the slug of its name without the extension. */
export function documentId(file: string): string {
  return slug(baseName(file), 'document');
}

function baseName(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}

function decode(bytes: Uint8Array): { readonly source: string } | { readonly problem: string } {
  if (bytes.length === 0) return { problem: 'It is empty. Write the article into it, or remove the file.' };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: 'It is saved as UTF-16. Save it as UTF-8.' };
  }
  if (isBinary(bytes))
    return { problem: 'It is not text but binary data. Save the article as plain text or Markdown in UTF-8.' };
  try {
    // A byte order mark stays, as it does for readFile: offsets count it.
    const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return source.trim() === ''
      ? { problem: 'It holds only blank lines. Write the article into it, or remove the file.' }
      : { source };
  } catch {
    return {
      problem: 'It is not UTF-8 (an older encoding such as Windows-1252, or a damaged file). Save it as UTF-8.',
    };
  }
}

/** A NUL byte, or one control character in fifty, in a text means that it is none. */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const beginning = bytes.subarray(0, 65_536);
  const controls = beginning.reduce(
    (count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) || byte === 127 ? 1 : 0),
    0,
  );
  return controls > beginning.length / 50;
}

// Joiners count only after Latin letters, spaces and punctuation: other scripts and emoji need them.
const invisibleCharacters =
  /[\u00AD\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069]|[\u{E0000}-\u{E007F}]|[\u{E0100}-\u{E01EF}]|(?<!^)\uFEFF|(?<=[\p{Script=Latin}\s\p{P}])(?:\u200C|\u200D)/gu;

/** The title, and the blocks without the heading that was it. */
function titleOf(
  { blocks, startsWithTitle }: ParsedBlocks,
  given: string | null,
  file: string,
): Pick<ParsedBlocks, 'blocks'> & { readonly title: string } {
  const first = blocks[0];
  const heading = startsWithTitle && first?.type === 'heading' ? first.text : null;
  // Under another title a lone first heading is a section like any other.
  const isTitle = heading !== null && (given === null || slug(given, '') === slug(heading, ''));
  return { title: given ?? heading ?? nameInWords(file), blocks: isTitle ? blocks.slice(1) : blocks };
}

function nameInWords(file: string): string {
  const words =
    baseName(file)
      .replace(/[-_\s]+/g, ' ')
      .trim() || 'Article';
  return words.charAt(0).toUpperCase() + words.slice(1);
}
