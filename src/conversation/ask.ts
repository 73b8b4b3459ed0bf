import { findOutlineList } from '../answering/outline-list.ts';
import { questionForm } from '../answering/question-form.ts';
import type { Draft, Writer } from '../answering/writer.ts';
import type { Answer, AnswerEvent, Ask, CitedPassage, ErrorCode, Passage, Question, RefusalReason } from '../domain.ts';
import { errorCode, NapeError, publicErrors } from '../errors.ts';
import type { Log } from '../log.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { citedPassages, composeText } from './compose-text.ts';
import { hasEvidence } from './evidence.ts';
import { readQuestion } from './question-text.ts';
import { replies } from './replies.ts';
import type { Suggest } from './suggestions.ts';

export interface AskParts {
  /** The index that answers now; each question uses the one it started with. */
  readonly index: () => Promise<KnowledgeIndex>;
  readonly writer: Writer;
  readonly suggest: Suggest;
  /** A new identifier; `seed` is the question, for callers that want repeatable ones. */
  readonly newId: (kind: 'turn' | 'conversation', seed: string) => string;
  /** Total time for one answer, in milliseconds. */
  readonly deadlineMs: number;
  readonly log: Log;
}

/** How many passages a writer may choose from. */
const retrieved = 8;

/** The path of a question, whole: read, retrieve, decide whether the article says, write, check, tell. */
export function createAsk(parts: AskParts): Ask {
  return async function* ask(question) {
    const turnId = parts.newId('turn', question.text);
    const conversationId = question.conversationId ?? parts.newId('conversation', question.text);
    const deadline = AbortSignal.timeout(parts.deadlineMs);
    const signal = question.signal ? AbortSignal.any([question.signal, deadline]) : deadline;
    yield { type: 'answer-start', turnId, conversationId };
    try {
      for await (const event of answer(parts, question, signal, { turnId, conversationId })) {
        if (signal.aborted) throw signal.reason;
        yield event;
      }
    } catch (thrown) {
      if (question.signal?.aborted) return;
      const code: ErrorCode = deadline.aborted ? 'deadline-exceeded' : errorCode(thrown);
      parts.log.error(
        { turnId, code, error: thrown instanceof Error ? thrown.message : String(thrown) },
        'a question failed',
      );
      yield { type: 'answer-error', code, message: publicErrors[code].message };
    }
  };
}

type Identity = Pick<Answer, 'turnId' | 'conversationId'>;

async function* answer(
  parts: AskParts,
  question: Question,
  signal: AbortSignal,
  identity: Identity,
): AsyncGenerator<AnswerEvent> {
  const read = readQuestion(question.text);
  if ('problem' in read) throw new NapeError(read.problem, 'the question cannot be read');
  const index = await parts.index();

  const form = questionForm(read.text);
  const found = await index.search(form.subject, { limit: retrieved, signal });
  const passages = found.map(({ passage, score }) => toCited(passage, score));
  yield { type: 'passages-found', passages };

  const list = form.kind === 'list' ? findOutlineList(form.facet, form.subject, index.documents, found) : undefined;
  if (!list && !hasEvidence(form, found)) {
    yield {
      type: 'answer-end',
      answer: await refusal(
        parts,
        index,
        identity,
        'not-in-article',
        read.text,
        found.map(({ passage }) => passage),
      ),
    };
    return;
  }
  const draft = await parts.writer({
    question: read.text,
    form,
    list,
    passages: found,
    sectionPassages: (document, section) =>
      index.passages.filter((passage) => passage.document === document && passage.section === section),
    signal,
  });
  const sentences = draft.sentences.filter(
    ({ text, citations, quoted }) => quoted && citations.every((id) => isVerbatim(index, id, text)),
  );
  for (const sentence of draft.sentences) {
    yield sentences.includes(sentence)
      ? { type: 'sentence-verified', sentence }
      : { type: 'sentence-withheld', reason: 'it is not in the passage it cites' };
  }
  if (sentences.length === 0) {
    yield {
      type: 'answer-end',
      answer: await refusal(
        parts,
        index,
        identity,
        'not-in-article',
        read.text,
        found.map(({ passage }) => passage),
      ),
    };
    return;
  }
  yield {
    type: 'answer-end',
    answer: await reply(parts, index, identity, read.text, { ...draft, sentences }, passages),
  };
}

async function reply(
  parts: AskParts,
  index: KnowledgeIndex,
  identity: Identity,
  question: string,
  draft: Draft,
  found: readonly CitedPassage[],
): Promise<Answer> {
  // An outline answer also cites passages that the search did not bring up.
  const passages = citedPassages(draft.sentences, (id) => {
    const passage = index.passage(id);
    return found.find((cited) => cited.id === id) ?? (passage && toCited(passage, 0));
  });
  return {
    ...identity,
    outcome: 'answered',
    reason: null,
    text: composeText(draft.sentences, draft.layout),
    sentences: draft.sentences,
    passages,
    suggestions: await parts.suggest(index, question, passages),
    mode: draft.mode,
  };
}

async function refusal(
  parts: AskParts,
  index: KnowledgeIndex,
  identity: Identity,
  reason: RefusalReason,
  question: string,
  nearest: readonly Passage[],
): Promise<Answer> {
  return {
    ...identity,
    outcome: 'refused',
    reason,
    text: `${replies.notInArticle} ${replies.coverageLead} ${coverage(index).join(' · ')}.`,
    sentences: [],
    passages: [],
    suggestions: await parts.suggest(index, question, [], nearest),
    mode: 'fixed',
  };
}

const mostHeadings = 8;

/** The outermost headings of the articles; their titles where an article has none or there are too many. */
function coverage(index: KnowledgeIndex): readonly string[] {
  const headings = index.documents.flatMap(({ title, sections }) => {
    const outermost = sections.flatMap(({ heading, level }) => (heading !== null && level === 1 ? [heading] : []));
    return outermost.length > 0 ? outermost : [title];
  });
  return headings.length <= mostHeadings ? headings : index.documents.slice(0, mostHeadings).map(({ title }) => title);
}

function isVerbatim(index: KnowledgeIndex, id: string, text: string): boolean {
  return index.passage(id)?.sentences.some((sentence) => sentence.text === text) ?? false;
}

function toCited(passage: Passage, score: number): CitedPassage {
  const { id, document, title, headings, text, start, end } = passage;
  return { id, document, title, headings, text, start, end, score };
}
