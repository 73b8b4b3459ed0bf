import { findOutlineList } from '../answering/outline-list.ts';
import { questionForm } from '../answering/question-form.ts';
import type { Brief } from '../answering/writer.ts';
import type { CitedPassage, Passage } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { absentKind } from './absent-things.ts';
import { answerable, articleOf, judge, type Verdict } from './evidence.ts';

/** How many passages a writer may choose from. */
export const retrieved = 8;

/** What the article has on a question, and whether that answers it. */
export interface Found {
  readonly brief: Brief;
  readonly verdict: Verdict;
  /** Everything that may be cited: what the search brought up, then the rest of a list of the outline. */
  readonly passages: readonly CitedPassage[];
}

export async function find(
  search: Pick<HybridSearch, 'search' | 'mentions'>,
  index: KnowledgeIndex,
  question: string,
  signal: AbortSignal,
): Promise<Found> {
  const form = questionForm(question);
  const result = await search.search(index, form.subject, { limit: retrieved, signal });
  const found = result.passages;
  const list = form.kind === 'list' ? findOutlineList(form.facet, form.subject, index.documents, found) : undefined;
  const sectionPassages = (document: string, section: string) =>
    index.passages.filter((passage) => passage.document === document && passage.section === section);
  // The outline also brings up passages that the search did not.
  const listed = list ? list.children.flatMap((section) => sectionPassages(list.document, section)) : [];
  return {
    brief: { question, form, list, passages: found, sectionPassages, signal },
    verdict:
      list && absentKind(form, question, result.terms, index.documents) === null
        ? answerable
        : judge(form, question, result, articleOf(search, index)),
    passages: [
      ...found.map(({ passage, score }) => toCited(passage, score)),
      ...listed
        .filter(({ id }) => !found.some(({ passage }) => passage.id === id))
        .map((passage) => toCited(passage, 0)),
    ],
  };
}

export function toCited(passage: Passage, score: number): CitedPassage {
  const { id, document, title, headings, text, start, end } = passage;
  return { id, document, title, headings, text, start, end, score };
}
