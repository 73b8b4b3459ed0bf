import { reasonOf } from '../answering/verified-sentences.ts';
import type { Verify } from '../answering/verify.ts';
import type { CitedSentence, FaqEntry, FaqStatus, IndexedDocument, KnowledgeProblem, Passage } from '../domain.ts';
import type { ClaimLint } from '../knowledge/claim-lint.ts';
import type { WrittenFaqEntry, WrittenFaqSentence } from '../knowledge/faq-entry.ts';
import { findFaqSource } from '../knowledge/faq-source.ts';
import { faqFile } from '../knowledge/load-faq.ts';
import type { WrittenFaq } from '../knowledge/parse-faq.ts';
import { stemmed } from '../language/tokens.ts';
import { composeText } from './compose-text.ts';

/** A `faq.yaml` held against the articles. */
export interface Faq {
  /** What may be served, in the order in which it is shown. */
  readonly entries: readonly FaqEntry[];
  /** How every entry of the file stands, in the order of the file. */
  readonly statuses: readonly FaqStatus[];
}

export interface FaqGround {
  readonly documents: readonly IndexedDocument[];
  readonly passages: readonly Passage[];
}

/** What a sentence in the owner's own words is held against. */
export interface FaqGates {
  readonly verify: Verify;
  readonly lint: ClaimLint;
  /** What is found in a text that Nape must not say; null when it may be said. */
  readonly triageOutput: (text: string) => unknown;
}

export type CheckFaq = (written: WrittenFaq, ground: FaqGround) => Promise<Faq>;

/** Holds every answer against the articles. `openGates` is called only when a sentence is the owner's own. */
export function createCheckFaq(openGates: (ground: FaqGround) => Promise<FaqGates>): CheckFaq {
  return async ({ entries, problems }, ground) => {
    const hasOwnWords = entries.some(({ answer }) => answer.some(({ quoted }) => !quoted));
    const gates = hasOwnWords ? await openGates(ground) : null;
    const checked = entries.map((entry) => checkEntry(entry, ground, gates));
    const notesAt = (line: number) => problems.filter((problem) => problem.line === line && !problem.isFatal);
    const statuses = [
      ...problems
        .filter(({ isFatal }) => isFatal)
        .map(({ line, question, message }): FaqStatus => ({ state: 'invalid', question, line, notes: [message] })),
      ...checked.map(({ status }) => ({
        ...status,
        notes: [...status.notes, ...notesAt(status.line).map(({ message }) => message)],
      })),
    ].sort((one, other) => one.line - other.line);
    return { entries: checked.flatMap(({ entry }) => entry ?? []), statuses };
  };
}

/** What the owner should be told at indexing: entries that are not served, and slips in the others. */
export function faqProblems({ statuses }: Faq): readonly KnowledgeProblem[] {
  return statuses.flatMap(({ state, question, line, notes }) => {
    const name = `${question === null ? 'An entry' : `“${question}”`} (line ${line})`;
    const served = state === 'fresh' ? '' : ` is ${state} and is not served`;
    return notes.map((note) => ({ file: faqFile, message: `${name}${served}: ${note}` }));
  });
}

interface Checked {
  readonly entry: FaqEntry | null;
  readonly status: FaqStatus;
}

function checkEntry(written: WrittenFaqEntry, ground: FaqGround, gates: FaqGates | null): Checked {
  const { question, line, answer, ...shown } = written;
  const found = answer.map((sentence) => checkSentence(sentence, ground, gates));
  const faults = found.flatMap((sentence) => ('fault' in sentence ? [sentence] : []));
  if (faults.length > 0) {
    const state = faults.some(({ fault }) => fault === 'invalid') ? 'invalid' : 'stale';
    return { entry: null, status: { state, question, line, notes: faults.map(({ note }) => note) } };
  }
  const sentences = found.flatMap((sentence) => ('fault' in sentence ? [] : [sentence]));
  const ids = new Set(sentences.flatMap(({ citations }) => citations));
  const passages = [...ids].flatMap((id) => ground.passages.find((passage) => passage.id === id) ?? []).map(toCited);
  const { id, variants, group, layout } = shown;
  const text = composeText(sentences, layout);
  const entry = { id, question, variants, group, layout, text, sentences, passages };
  return { entry, status: { state: 'fresh', question, line, notes: [] } };
}

interface Fault {
  readonly fault: 'stale' | 'invalid';
  readonly note: string;
}

function checkSentence(
  { text, quoted, from }: WrittenFaqSentence,
  ground: FaqGround,
  gates: FaqGates | null,
): CitedSentence | Fault {
  const sources = from.map((name) => findFaqSource(name, ground.passages));
  const lost = sources.find((source) => 'problem' in source);
  const passages = sources.flatMap((source) => ('problem' in source ? [] : source.passages));
  if (quoted) {
    const citations = passages.filter((passage) => has(passage, text)).map(({ id }) => id);
    return citations.length > 0 ? { text, citations, quoted } : lostQuote(text, lost, passages, ground);
  }
  if (lost && 'problem' in lost) return { fault: 'invalid', note: `${sentenceCase(lost.problem)}.` };
  return checkOwnWords(text, passages, gates);
}

function lostQuote(
  text: string,
  lost: ReturnType<typeof findFaqSource> | undefined,
  passages: readonly Passage[],
  ground: FaqGround,
): Fault {
  const elsewhere = ground.passages.find((passage) => has(passage, text));
  if (elsewhere) {
    const section = `${elsewhere.document}#${elsewhere.section}`;
    return { fault: 'stale', note: `“${text}” now stands elsewhere. Write from: ${section}` };
  }
  if (lost && 'problem' in lost) return { fault: 'invalid', note: `${sentenceCase(lost.problem)}.` };
  const near = nearestSentence(text, passages);
  const next = near
    ? `The nearest it has is: “${near}” Quote that if it answers the question, or take the entry out.`
    : 'Quote what it says, or take the entry out.';
  return { fault: 'stale', note: `The section does not say, word for word, “${text}” ${next}` };
}

/** The gates of a model's sentences hold for the owner's too, and so does the claim lint. */
function checkOwnWords(text: string, passages: readonly Passage[], gates: FaqGates | null): CitedSentence | Fault {
  if (!gates) throw new Error('a sentence in own words needs the gates');
  // A benefit is held against the article below; other claims are not Nape's to make.
  const claims = gates.lint.own(faqFile, text).filter(({ kind }) => kind !== 'benefit');
  const pairs = gates.lint.article({ file: faqFile, source: text, language: 'en' }).filter(({ reason }) => !reason);
  const words = [...claims.map(({ word }) => word), ...pairs.map(({ condition, verb }) => `${verb} … ${condition}`)];
  if (words.length > 0) {
    const note = `“${text}” claims something (${words.join(', ')}). Quote the article instead, or leave it out.`;
    return { fault: 'invalid', note };
  }
  if (gates.triageOutput(text) !== null) {
    return { fault: 'invalid', note: `“${text}” reads like advice to a person. Quote the article instead.` };
  }
  const verification = gates.verify(text, passages);
  const citations = verification.evidence?.passages ?? [];
  if (verification.verdict === 'keep' && citations.length > 0) return { text, citations, quoted: false };
  const why = reasonOf(verification) || 'no passage supports it';
  const near = verification.evidence?.nearest.sentence;
  const next = near ? ` The nearest the article has is: “${near}”` : '';
  return { fault: 'stale', note: `“${text}” does not hold against the article (${why}).${next}` };
}

function has({ sentences }: Passage, text: string): boolean {
  return sentences.some((sentence) => sentence.text === text);
}

/** The sentence that shares most words with the text, when it shares any. */
function nearestSentence(text: string, passages: readonly Passage[]): string | undefined {
  const wanted = new Set(stemmed(text));
  const rated = passages
    .flatMap(({ sentences }) => sentences.map((sentence) => sentence.text))
    .map((sentence) => ({ sentence, shared: new Set(stemmed(sentence).filter((token) => wanted.has(token))).size }));
  const best = rated.sort((one, other) => other.shared - one.shared)[0];
  return best && best.shared > 0 ? best.sentence : undefined;
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function toCited({ id, document, title, headings, text, start, end }: Passage): FaqEntry['passages'][number] {
  return { id, document, title, headings, text, start, end, score: 0 };
}
