import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, KnowledgeProblem } from '../domain.ts';
import { NapeError } from '../errors.ts';
import { parseDocument } from './parse-document.ts';

export interface Knowledge {
  /** By file name. */
  readonly documents: readonly Document[];
  readonly problems: readonly KnowledgeProblem[];
}

/** Larger than any article, and small enough to take apart in seconds. */
export const maximumArticleBytes = 5 * 1024 * 1024;

/**
 * Reads the `.md` and `.txt` articles directly in a folder, by name; README files and dot files are not articles.
 * A file that cannot be used is a problem, and the others load. Throws `knowledge-missing` when none does.
 */
export async function loadKnowledge(directory: string): Promise<Knowledge> {
  const documents: Document[] = [];
  const problems: KnowledgeProblem[] = [];
  for (const entry of await articleEntries(directory)) {
    const file = entry.name;
    if (unsupported.test(file)) {
      if (!entry.isDirectory()) problems.push({ file, message: unsupportedMessage });
      continue;
    }
    const bytes = await readArticle(join(directory, file));
    if (typeof bytes === 'string') {
      problems.push({ file, message: bytes });
      continue;
    }
    const { document, problems: found } = parseDocument({ file, bytes });
    const earlier = documents.find(({ id }) => id === document?.id);
    if (document !== null && earlier !== undefined) {
      const message = `Its id ${document.id} is already that of ${earlier.file}, which was kept; this file was left out. Rename or remove one of the two.`;
      problems.push({ file, message });
      continue;
    }
    problems.push(...found);
    if (document !== null) documents.push(document);
  }
  if (documents.length === 0) throw missing(directory, 'holds no article that can be read', problems);
  return { documents, problems };
}

const unsupported = /\.(?:pdf|docx?|odt|rtf|html?|markdown|mdx|epub|pages)$/i;
const unsupportedMessage = 'This format cannot be read yet. Save the article as Markdown (.md) or plain text (.txt).';

async function articleEntries(directory: string): Promise<readonly Dirent[]> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(directory, { withFileTypes: true });
  } catch (cause) {
    const reasons: Readonly<Record<string, string>> = { ENOENT: 'does not exist', ENOTDIR: 'is not a folder' };
    throw missing(directory, reasons[systemCode(cause)] ?? `cannot be opened (${systemCode(cause)})`, [], cause);
  }
  return entries
    .filter(({ name }) => /\.(?:md|txt)$/i.test(name) || unsupported.test(name))
    .filter(({ name }) => !/^(?:\.|~\$|readme\.)/i.test(name))
    .sort((first, second) => (first.name < second.name ? -1 : 1));
}

/** The bytes of a file, or what is wrong with it. */
async function readArticle(path: string): Promise<Uint8Array | string> {
  try {
    // Links are followed. Size and kind come first: a pipe would never end, and a huge file would fill the memory.
    const found = await stat(path);
    if (!found.isFile()) return 'It is not a file. Put the article itself into the knowledge folder.';
    if (found.size > maximumArticleBytes) {
      const megabytes = (found.size / 1024 / 1024).toFixed(1);
      return `It has ${megabytes} MB; an article may have 5 MB. Split it into several files.`;
    }
    return await readFile(path);
  } catch (cause) {
    return `It cannot be read (${systemCode(cause)}). Check that it exists and that its permissions allow reading.`;
  }
}

function missing(directory: string, reason: string, problems: readonly KnowledgeProblem[], cause?: unknown): NapeError {
  const list = problems.map(({ file, message }) => `\n  ${file}: ${message}`).join('');
  const next = 'Put an article (.md or .txt, UTF-8) there, or set NAPE_KNOWLEDGE_DIR to the folder that has one.';
  return new NapeError('knowledge-missing', `The knowledge folder ${directory} ${reason}.${list}\n${next}`, { cause });
}

function systemCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
}
