import type { IndexedDocument, Passage } from '../domain.ts';
import { adviceGate } from './gates/advice-gate.ts';
import { bareSentence, createAnalyse, type Token } from './gates/analyse.ts';
import { antonymGate } from './gates/antonym-gate.ts';
import { bindingGate } from './gates/binding-gate.ts';
import type { ArticleWords, Finding, Gate, GateName } from './gates/claim.ts';
import { cohesionGate } from './gates/cohesion-gate.ts';
import { companyGate, strayWordGate } from './gates/company-gate.ts';
import { directionGate } from './gates/direction-gate.ts';
import { effectGate } from './gates/effect-gate.ts';
import { evidenceAppealGate } from './gates/evidence-appeal-gate.ts';
import { markupGate, noStatementGate, speakerGate } from './gates/form-gates.ts';
import { frequencyGate } from './gates/frequency-gate.ts';
import { hedgeDroppedGate } from './gates/hedge-dropped-gate.ts';
import { medicalTermGate } from './gates/medical-term-gate.ts';
import { negationGate } from './gates/negation-gate.ts';
import { createNotInArticle } from './gates/not-in-article.ts';
import { numberGate } from './gates/number-gate.ts';
import { oneSentenceGate } from './gates/one-sentence-gate.ts';
import { roleGate } from './gates/role-gate.ts';
import { sectionNames } from './gates/section-names.ts';
import { coverageGate, otherSectionGate, unknownWordGate } from './gates/soft-gates.ts';
import { createReadSections, createReadSource } from './gates/source-text.ts';
import { strengthGate } from './gates/strength-gate.ts';
import { weakeningGate } from './gates/weakening-gate.ts';
import { bestWindow } from './gates/window.ts';
import type { Lexicons } from './lexicons/load-lexicons.ts';

/** drop-hard is final; a soft drop may be restored by a judge that quotes its evidence. */
export type Verdict = 'keep' | 'drop-hard' | 'drop-soft';

export interface VerificationReason extends Finding {
  readonly gate: GateName;
}

/** What of the article is nearest to the sentence: sentences of one section, in order. */
export interface Evidence {
  /** Id of the passage of the first sentence. */
  readonly passage: string;
  /** Ids of all passages that the sentences are from. */
  readonly passages: readonly string[];
  readonly sentences: readonly string[];
  /** The one of them that says most of it. */
  readonly nearest: { readonly passage: string; readonly sentence: string };
  /** Share of the sentence that they cover, weighted by how rare each word is; 0 to 1. */
  readonly coverage: number;
}

export interface Verification {
  readonly verdict: Verdict;
  /** Empty when the sentence is kept. */
  readonly reasons: readonly VerificationReason[];
  /** Null when nothing was cited, and for "The article does not say …". */
  readonly evidence: Evidence | null;
}

/** Holds a sentence against the passages that it cites. */
export type Verify = (sentence: string, citedPassages: readonly Passage[]) => Verification;

export interface VerifyParts {
  /** All passages: how rare a word is, and which words the articles have. */
  readonly passages: readonly Passage[];
  /** Outlines: the names of techniques are headings beside one another. */
  readonly documents: readonly IndexedDocument[];
  readonly lexicons: Lexicons;
}

const gates: readonly Gate[] = [
  noStatementGate,
  markupGate,
  numberGate,
  frequencyGate,
  medicalTermGate,
  effectGate,
  strengthGate,
  hedgeDroppedGate,
  weakeningGate,
  adviceGate,
  evidenceAppealGate,
  negationGate,
  antonymGate,
  directionGate,
  bindingGate,
  companyGate,
  roleGate,
  speakerGate,
  unknownWordGate,
  otherSectionGate,
  coverageGate,
  cohesionGate,
  oneSentenceGate,
  strayWordGate,
];

export function createVerify({ passages, documents, lexicons }: VerifyParts): Verify {
  const titles = documents.map(({ title }) => title);
  const analyse = createAnalyse(lexicons, titles);
  const subject = new Set(titles.flatMap((title) => analyse(title).tokens.map(({ stem }) => stem)));
  const medical = [...lexicons.medical.values()];
  const isStrict = (token: Token) => subject.has(token.stem) || medical.some((terms) => terms.has(token));
  const readSections = createReadSections(createReadSource(analyse, lexicons.relations, isStrict));
  const sections = readSections(passages);
  const texts = sections.flatMap(({ runs, heading, context }) => [...runs.flat(), heading, context]);
  const article: ArticleWords = {
    supports: (stem) => texts.reduce((best, { supports }) => Math.max(best, supports.get(stem) ?? 0), 0),
    names: sectionNames(documents, analyse),
  };
  const rarity = inverseFrequency(
    sections.map(({ runs }) => runs.flatMap((run) => run.flatMap(({ stems }) => [...stems]))),
  );
  const notInArticle = createNotInArticle(analyse, sections);

  return (text, cited) => {
    const bare = bareSentence(text);
    const absent = notInArticle.check(text.trim());
    if (absent)
      return ruled(
        absent.findings.map((finding) => ({ gate: 'not-in-article', kind: 'hard', finding })),
        null,
      );
    const sentence = analyse(bare);
    const window = bestWindow(sentence, readSections(cited), rarity, lexicons.relations);
    if (!window) {
      const finding = { words: [], why: 'the sentence cites no passage' };
      return ruled([{ gate: 'no-source', kind: 'hard', finding }], null);
    }
    const claim = { sentence, window, support: window.support, lexicons, article };
    const found = gates.flatMap(({ name, kind, check }) =>
      check(claim).map((finding) => ({ gate: name, kind, finding })),
    );
    const ids = window.sentences.flatMap(({ passage }) => passage ?? []);
    return ruled(found, {
      passage: ids[0] ?? '',
      passages: [...new Set(ids)],
      sentences: window.sentences.map((source) => source.text),
      nearest: { passage: window.nearest.passage ?? '', sentence: window.nearest.text },
      coverage: window.coverage,
    });
  };
}

interface Found {
  readonly gate: GateName;
  readonly kind: Gate['kind'];
  readonly finding: Finding;
}

function ruled(found: readonly Found[], evidence: Evidence | null): Verification {
  const isHard = found.some(({ kind }) => kind === 'hard');
  return {
    verdict: found.length === 0 ? 'keep' : isHard ? 'drop-hard' : 'drop-soft',
    reasons: found.map(({ gate, finding }) => ({ gate, ...finding })),
    evidence,
  };
}

/** Inverse document frequency over sections, as BM25 has it; a word of no section is the rarest. */
function inverseFrequency(sections: readonly (readonly string[])[]): (token: Token) => number {
  const counts = new Map<string, number>();
  for (const stems of sections) for (const stem of new Set(stems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return ({ readings }) => {
    const count = Math.max(...readings.map((reading) => counts.get(reading) ?? 0));
    return Math.log(1 + (sections.length - count + 0.5) / (count + 0.5));
  };
}
