import { findOutlineList } from '../answering/outline-list.ts';
import { questionForm } from '../answering/question-form.ts';
import type { Writer } from '../answering/writer.ts';
import type { CitedSentence } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { answerable, judge } from './evidence.ts';

export interface QuoteAnswerParts {
  readonly search: Pick<HybridSearch, 'search' | 'mentions'>;
  readonly write: Writer;
}

/** The article's own sentences that answer a question; none when the article does not say. */
export function createQuoteAnswer({ search, write }: QuoteAnswerParts) {
  return async (index: KnowledgeIndex, question: string, signal?: AbortSignal): Promise<readonly CitedSentence[]> => {
    const form = questionForm(question);
    const result = await search.search(index, form.subject, { limit: 8, ...(signal && { signal }) });
    const passages = result.passages;
    const list =
      form.kind === 'list' ? findOutlineList(form.facet, form.subject, index.documents, passages) : undefined;
    const verdict = list ? answerable : judge(form, question, result, (phrase) => search.mentions(index, phrase));
    if (verdict.band !== 'answer') return [];
    const sectionPassages = (document: string, section: string) =>
      index.passages.filter((passage) => passage.document === document && passage.section === section);
    const brief = { question, form, list, passages, sectionPassages, signal: signal ?? new AbortController().signal };
    for await (const event of write(brief)) if (event.type === 'end') return event.draft.sentences;
    return [];
  };
}
