import { findOutlineList } from '../answering/outline-list.ts';
import { questionForm } from '../answering/question-form.ts';
import type { Brief } from '../answering/writer.ts';
import type { CitedPassage, Passage } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex, ScoredPassage } from '../retrieval/knowledge-index.ts';
import { absentKind } from './absent-things.ts';
import { answerable, articleOf, judge, type Verdict } from './evidence.ts';
import { sectionKey } from './section-key.ts';

/** How many passages a writer may choose from. */
export const retrieved = 8;

/** How many are looked at for those of the sections that a conversation is about. */
const compared = 24;
/** What a passage of such a section counts more: a question that leans on it is about it, unless another fits far better. */
const nearWeight = 2;

/** What the article has on a question, and whether that answers it. */
export interface Found {
  readonly brief: Brief;
  readonly verdict: Verdict;
  /** Everything that may be cited: what the search brought up, then the rest of a list of the outline. */
  readonly passages: readonly CitedPassage[];
}

/** `near`: sections that the conversation is about, as `document#section`. */
export async function find(
  search: Pick<HybridSearch, 'search' | 'mentions'>,
  index: KnowledgeIndex,
  question: string,
  signal: AbortSignal,
  near: readonly string[] = [],
): Promise<Found> {
  const form = questionForm(question);
  const { passages: everywhere, ...rest } = await search.search(index, form.subject, { limit: compared, signal });
  const found = nearFirst(everywhere, near).slice(0, retrieved);
  const result = { ...rest, passages: found };
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

/** Passages best first, those of the sections that the conversation is about a little better than they are. */
function nearFirst(passages: readonly ScoredPassage[], near: readonly string[]): readonly ScoredPassage[] {
  if (near.length === 0) return passages;
  return passages
    .map((scored) =>
      near.includes(sectionKey(scored.passage.id)) ? { ...scored, score: nearWeight * scored.score } : scored,
    )
    .sort((left, right) => right.score - left.score);
}

export function toCited(passage: Passage, score: number): CitedPassage {
  const { id, document, title, headings, text, start, end } = passage;
  return { id, document, title, headings, text, start, end, score };
}
