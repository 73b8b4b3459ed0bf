import { loadLexicons } from '../answering/lexicons/load-lexicons.ts';
import type { Writer } from '../answering/writer.ts';
import type { FaqReport } from '../channels/cli/cli-app.ts';
import { type Curated, createCurated } from '../conversation/curated.ts';
import { faqDraft } from '../conversation/faq-draft.ts';
import { createReadPhrasing, loadPhrasingWords, type ReadPhrasing } from '../conversation/phrasing.ts';
import { createQuoteAnswer } from '../conversation/quote-answer.ts';
import { remembered } from '../conversation/remembered.ts';
import { sectionQuestions } from '../conversation/section-questions.ts';
import { steppedPhrasings } from '../conversation/stepped-phrasings.ts';
import { suggestFaq } from '../conversation/suggest-faq.ts';
import type { QuestionAbout } from '../conversation/suggestions.ts';
import type { Triage } from '../conversation/triage/triage.ts';
import type { FaqStatus } from '../domain.ts';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import type { TermVectors } from '../models/term-vectors.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { Store } from '../store/store.ts';
import type { KnowledgeBase } from './knowledge-base.ts';

export interface OwnerFaqParts {
  readonly knowledge: KnowledgeBase;
  readonly embedder: Embedder;
  readonly terms: TermVectors;
  readonly utterances: readonly string[];
  readonly hybrid: HybridSearch;
  readonly extractive: Writer;
  readonly triage: Triage['triage'];
  readonly log: Log;
}

export interface OwnerFaq {
  readonly curated: Curated;
  /** For suggestions: a question about one section that reaches the FAQ. */
  readonly questionAbout: QuestionAbout;
  /** Every entry and how it stands, for its owner. */
  report(): Promise<FaqReport>;
  /** Drafts of entries from the questions that are kept; null when none are. */
  suggest(kept: Store['questions']): Promise<string | null>;
}

/** The owner's questions and answers: matched with what visitors ask, told to the owner, and extended from what was asked. */
export function createOwnerFaq(parts: OwnerFaqParts): OwnerFaq {
  const { knowledge, embedder, terms, utterances, hybrid, extractive, triage, log } = parts;
  let phrasing: Promise<ReadPhrasing> | undefined;
  const readPhrasing = () => {
    phrasing ??= loadPhrasingWords().then(createReadPhrasing);
    return phrasing;
  };
  let lexicons: ReturnType<typeof loadLexicons> | undefined;
  const curated = createCurated({
    entries: (index) => knowledge.faq(index).entries,
    embedder,
    utterances,
    vocabulary: terms.stems,
    readPhrasing,
    relations: async () => {
      lexicons ??= loadLexicons();
      return (await lexicons).relations;
    },
    log,
  });

  const questionsOf = remembered((entries) => sectionQuestions(entries, triage));

  return {
    curated,
    questionAbout: (index, document, section) =>
      questionsOf(knowledge.faq(index).entries).get(`${document}#${section}`),
    async report() {
      const index = await knowledge.ready();
      const { entries, statuses } = knowledge.faq(index);
      const notes = new Map(entries.map((entry) => [entry.question, steppedPhrasings(entry, triage)]));
      const withNotes = (status: FaqStatus): FaqStatus => {
        const more = status.question === null ? [] : (notes.get(status.question) ?? []);
        return { ...status, notes: [...status.notes, ...more] };
      };
      return {
        entries,
        statuses: statuses.map(withNotes),
        titles: index.documents.map(({ title }) => title),
        language: index.documents[0]?.language ?? 'en',
      };
    },
    async suggest(questions) {
      const kept = await questions.kept({ limit: 1_000 });
      if (kept.length === 0) return null;
      const index = await knowledge.ready();
      const quote = createQuoteAnswer({ search: hybrid, write: extractive });
      const suggestions = await suggestFaq({
        kept,
        isAnswered: async (question) => (await curated.match(index, question)) !== null,
        quote: (question) => quote(index, question),
        embedder,
        utterances,
        readPhrasing: await readPhrasing(),
      });
      return faqDraft(suggestions);
    },
  };
}
