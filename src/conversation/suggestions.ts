import { questionForm } from '../answering/question-form.ts';
import type { EarlierTurn, IndexedDocument, Passage } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { articleOf, judge } from './evidence.ts';
import { replies } from './replies.ts';
import { sectionKey } from './section-key.ts';

/** Up to three questions that the index does answer: near what was asked, and new in the conversation. */
export type Suggest = (index: KnowledgeIndex, after?: SuggestAfter) => Promise<readonly string[]>;

/** What the suggestions come after. */
export interface SuggestAfter {
  readonly question: string;
  /** Passages of the answer. */
  readonly cited: readonly { readonly id: string }[];
  /** What the search brought up, best first. */
  readonly nearest: readonly Passage[];
  readonly earlier: readonly EarlierTurn[];
}

const nothing: SuggestAfter = { question: '', cited: [], nearest: [], earlier: [] };

const most = 3;

/** The question of the owner's FAQ that is about one section; undefined when there is none. */
export type QuestionAbout = (index: KnowledgeIndex, document: string, section: string) => string | undefined;

/**
 * Suggests a question for each of the nearest sections, the owner's own where there is one. Any other is shown only once
 * it has been tried: the search for it must bring up its own section first.
 */
export function createSuggest(hybrid: HybridSearch, questionAbout: QuestionAbout = () => undefined): Suggest {
  // Kept for one generation of the index at a time.
  const tried = new WeakMap<KnowledgeIndex, Map<string, Promise<boolean>>>();
  const answers = (index: KnowledgeIndex, question: string, document: string, section: string): Promise<boolean> => {
    const known = tried.get(index) ?? new Map<string, Promise<boolean>>();
    tried.set(index, known);
    const result = known.get(question) ?? leadsTo(hybrid, index, question, document, section);
    known.set(question, result);
    return result;
  };
  return async (index, { question, cited, nearest, earlier } = nothing) => {
    const told = [...cited.map(({ id }) => id), ...earlier.flatMap(({ passages }) => passages)];
    const shown = new Set(told.map(sectionKey));
    const asked = [question, ...earlier.flatMap((turn) => [turn.asked, turn.question])];
    const before = earlier.flatMap((turn) => turn.suggestions);
    const fresh: string[] = [];
    const again: string[] = [];
    for (const { document, section, heading } of candidates(index, cited, nearest)) {
      if (fresh.length === most) break;
      const own = questionAbout(index, document, section);
      const suggestion = own ?? replies.aboutSection(heading);
      if (shown.has(`${document}#${section}`) || [...fresh, ...again].includes(suggestion)) continue;
      if (asked.some((words) => isSame(suggestion, words))) continue;
      if (own !== undefined || (await answers(index, suggestion, document, section)))
        (before.includes(suggestion) ? again : fresh).push(suggestion);
    }
    // After an answer nothing is suggested twice; where there is none, a suggestion that nobody took is better than nothing.
    return [...fresh, ...(cited.length > 0 ? [] : again)].slice(0, most);
  };
}

interface Candidate {
  readonly document: string;
  readonly section: string;
  readonly heading: string;
}

/** Sections of the nearest passages first, then siblings of what was cited, then the rest in reading order. */
function candidates(
  index: KnowledgeIndex,
  cited: readonly { readonly id: string }[],
  nearest: readonly Passage[],
): readonly Candidate[] {
  const all = index.documents.flatMap((document) => askable(document, index));
  const first = cited.flatMap(({ id }) => index.passage(id) ?? []);
  const parents = new Set(first.map((passage) => `${passage.document}#${passage.headings.at(-2) ?? ''}`));
  const near = nearest.flatMap((passage) =>
    all.filter(({ document, section }) => document === passage.document && section === passage.section),
  );
  const siblings = all.filter(({ document, section }) => {
    const passage = index.passages.find((other) => other.document === document && other.section === section);
    return passage !== undefined && parents.has(`${document}#${passage.headings.at(-2) ?? ''}`);
  });
  return [...near, ...siblings, ...all];
}

/** Sections without sections below them: their headings name one thing, which makes a fair question. */
function askable(document: IndexedDocument, index: KnowledgeIndex): readonly Candidate[] {
  return document.sections.flatMap(({ id, heading, children }) =>
    heading !== null &&
    children.length === 0 &&
    index.passages.some((passage) => passage.document === document.id && passage.section === id)
      ? [{ document: document.id, section: id, heading }]
      : [],
  );
}

async function leadsTo(
  { search, mentions }: HybridSearch,
  index: KnowledgeIndex,
  question: string,
  document: string,
  section: string,
): Promise<boolean> {
  const form = questionForm(question);
  const result = await search(index, form.subject, { limit: 1 });
  const first = result.passages[0]?.passage;
  const isAnswered = judge(form, question, result, articleOf({ mentions }, index)).band === 'answer';
  return isAnswered && first?.document === document && first.section === section;
}

function isSame(left: string, right: string): boolean {
  return left.localeCompare(right, 'en', { sensitivity: 'base', ignorePunctuation: true }) === 0;
}
