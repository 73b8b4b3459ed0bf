import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFaq, type WrittenFaq } from './parse-faq.ts';

/** Name of the file in a knowledge folder that holds the owner's questions and answers. */
export const faqFile = 'faq.yaml';

/** Larger than any FAQ that people read, and small enough to take apart in a moment. */
export const maximumFaqBytes = 1024 * 1024;

/** Reads the `faq.yaml` of a knowledge folder; a folder without one has no entries. What is wrong is told, never thrown. */
export async function loadFaq(directory: string): Promise<WrittenFaq> {
  const path = join(directory, faqFile);
  try {
    const found = await stat(path);
    if (!found.isFile()) return unreadable('It is not a file. Put the questions themselves there, or remove it.');
    if (found.size > maximumFaqBytes) {
      return unreadable('It is larger than 1 MB. Keep the questions that people do ask.');
    }
    return parseFaq(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)));
  } catch (thrown) {
    if (thrown instanceof TypeError) return unreadable('It is not UTF-8. Save it as UTF-8.');
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
    if (code === 'ENOENT') return { entries: [], problems: [] };
    return unreadable(`It cannot be read (${code}). Check that its permissions allow reading.`);
  }
}

function unreadable(message: string): WrittenFaq {
  return { entries: [], problems: [{ line: 1, question: null, message, isFatal: true }] };
}
