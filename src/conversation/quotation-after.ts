import { questionForm } from '../answering/question-form.ts';
import { stemSet } from '../answering/sentence-relevance.ts';
import type { Writer } from '../answering/writer.ts';
import type { CitedSentence } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { citedPassages, composeText } from './compose-text.ts';
import { articleOf, judge } from './evidence.ts';
import { retrieved, toCited } from './find.ts';
import { fixed, type Reply } from './reply.ts';
import type { FixedReply } from './step-back.ts';
import { isSound } from './write-soundly.ts';

export interface QuotationParts {
  readonly search: Pick<HybridSearch, 'search' | 'mentions'>;
  /** Writes with the article's own sentences only. */
  readonly quote: Writer;
}

/** Evidence from which a sentence is taken to address exactly what was asked. */
const exactEvidence = 0.97;
/** Share of the question's words that such a sentence holds. */
const exactShare = 2 / 3;
const mostQuotations = 2;

/**
 * The fixed words, and after them the article's own where it addresses exactly this: every word of the question is one of
 * the article's, and a fact of the kind asked for is stated. A model has no part in it.
 */
export async function withQuotation(
  { search, quote }: QuotationParts,
  index: KnowledgeIndex,
  reply: FixedReply,
  question: string,
  signal: AbortSignal,
): Promise<Reply> {
  const form = questionForm(question);
  const result = await search.search(index, form.subject, { limit: retrieved, signal });
  const { band } = judge(form, question, result, articleOf(search, index));
  const isExact =
    band === 'answer' && result.evidence >= exactEvidence && result.terms.every(({ mentioned }) => mentioned);
  if (!isExact) return fixed(reply);
  const top = result.passages.slice(0, 1);
  const brief = { question, form, list: undefined, passages: top, sectionPassages: () => [], signal };
  for await (const event of quote(brief)) {
    if (event.type !== 'end') continue;
    const asked = stemSet(form.subject);
    const addresses = ({ text }: CitedSentence) => {
      const said = stemSet(text);
      return [...asked].filter((stem) => said.has(stem)).length >= exactShare * asked.size;
    };
    const sentences = event.draft.sentences
      .filter((sentence) => isSound(index, sentence) && addresses(sentence))
      .slice(0, mostQuotations);
    const passages = citedPassages(
      sentences,
      top.map(({ passage, score }) => toCited(passage, score)),
    );
    if (sentences.length === 0) break;
    return { ...fixed(reply), text: `${reply.text}\n\n${composeText(sentences, 'prose')}`, sentences, passages };
  }
  return fixed(reply);
}
