import { loadLexicons } from '../../src/answering/lexicons/load-lexicons.ts';
import { createVerify, type Verification, type Verify } from '../../src/answering/verify.ts';
import type { IndexedDocument, Passage } from '../../src/domain.ts';
import { parseDocument } from '../../src/knowledge/parse-document.ts';
import { splitPassages } from '../../src/knowledge/split-passages.ts';

export interface VerifyOver {
  readonly verify: Verify;
  readonly passages: readonly Passage[];
  readonly documents: readonly IndexedDocument[];
  /** Passages of the sections with this id. */
  readonly section: (id: string) => readonly Passage[];
  /** Verdict on a sentence that cites a section. */
  readonly hold: (section: string, sentence: string) => Verification;
}

const lexicons = await loadLexicons();

/** Verification over some articles, file name to text. */
export function verifyOver(articles: Readonly<Record<string, string>>): VerifyOver {
  const documents = Object.entries(articles).map(([file, text]) => {
    const { document } = parseDocument({ file, bytes: new TextEncoder().encode(text) });
    if (document === null) throw new Error(`${file} did not parse`);
    return document;
  });
  const passages = documents.flatMap(splitPassages);
  const verify = createVerify({ passages, documents, lexicons });
  const section = (id: string) => {
    const found = passages.filter((passage) => passage.section === id);
    if (found.length === 0) throw new Error(`no section ${id}`);
    return found;
  };
  return { verify, passages, documents, section, hold: (id, sentence) => verify(sentence, section(id)) };
}
