import type { Writer } from '../answering/writer.ts';
import type { CitedSentence } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { find } from './find.ts';

export interface QuoteAnswerParts {
  readonly search: Pick<HybridSearch, 'search' | 'mentions'>;
  /** Writes with the article's own sentences only. */
  readonly write: Writer;
}

/** The article's own sentences that answer a question; none when the article does not say. */
export function createQuoteAnswer({ search, write }: QuoteAnswerParts) {
  return async (index: KnowledgeIndex, question: string): Promise<readonly CitedSentence[]> => {
    const { brief, verdict } = await find(search, index, question, new AbortController().signal);
    if (verdict.band !== 'answer') return [];
    for await (const event of write(brief)) if (event.type === 'end') return event.draft.sentences;
    return [];
  };
}
