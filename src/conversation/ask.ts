import { findOutlineList } from '../answering/outline-list.ts';
import { questionForm } from '../answering/question-form.ts';
import { stemSet } from '../answering/sentence-relevance.ts';
import type { Draft, Writer } from '../answering/writer.ts';
import type { Answer, AnswerEvent, Ask, CitedPassage, CitedSentence, ErrorCode, Passage, Question } from '../domain.ts';
import { errorCode, NapeError, publicErrors } from '../errors.ts';
import type { Log } from '../log.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex, ScoredPassage } from '../retrieval/knowledge-index.ts';
import { citedPassages, composeText } from './compose-text.ts';
import { answerable, judge, type Missing, type Verdict } from './evidence.ts';
import { type DetectLocale, isLocale, type Locale } from './locale.ts';
import { readQuestion } from './question-text.ts';
import { replies } from './replies.ts';
import { articleLanguageReply, plainReply } from './safe-replies.ts';
import type { FixedReply, StepBack } from './step-back.ts';
import type { Suggest } from './suggestions.ts';

export interface AskParts {
  readonly detectLocale: DetectLocale;
  /** Decides first, before the index is touched. */
  readonly stepBack: StepBack;
  /** The index that answers now; each question uses the one it started with. */
  readonly index: () => Promise<KnowledgeIndex>;
  readonly search: Pick<HybridSearch, 'search' | 'mentions'>;
  /** The writer for an index: a model's sentences are verified against that index. */
  readonly writer: (index: KnowledgeIndex) => ActiveWriter;
  /** Writes with the article's own sentences only. */
  readonly quote: Writer;
  readonly suggest: Suggest;
  /** A new identifier; `seed` is the question, for callers that want repeatable ones. */
  readonly newId: (kind: 'turn' | 'conversation', seed: string) => string;
  /** Total time for one answer, in milliseconds. */
  readonly deadlineMs: number;
  readonly log: Log;
}

export interface ActiveWriter {
  readonly write: Writer;
  /** Whether a model writes. */
  readonly isModel: boolean;
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
  const locale = isLocale(question.locale) ? question.locale : parts.detectLocale(read.text);
  const { reply: stepped, question: text } = parts.stepBack(identity.conversationId, read.text, locale);
  if (stepped?.outcome === 'redirected' && !mayQuote(stepped.reason)) {
    // No index, no model, no suggestion: nothing stands between a person and these words.
    yield { type: 'answer-end', answer: { ...identity, ...fixed(stepped), suggestions: [] } };
    return;
  }
  const index = await parts.index();
  if (stepped?.outcome === 'redirected') {
    const answer = { ...identity, ...(await withQuotation(parts, index, stepped, text, signal)), suggestions: [] };
    if (answer.passages.length > 0) yield { type: 'passages-found', passages: answer.passages };
    for (const sentence of answer.sentences) yield { type: 'sentence-verified', sentence };
    yield { type: 'answer-end', answer };
    return;
  }
  if (stepped) {
    const suggestions = await parts.suggest(index, text, []);
    yield { type: 'answer-end', answer: { ...identity, ...fixed(stepped), suggestions } };
    return;
  }

  const language = otherLanguage(index, locale);
  if (language) {
    const told = {
      outcome: 'refused',
      reason: 'not-in-article',
      text: articleLanguageReply(locale, language),
    } as const;
    yield {
      type: 'answer-end',
      answer: { ...identity, ...fixed(told), suggestions: await parts.suggest(index, text, []) },
    };
    return;
  }

  const form = questionForm(text);
  const result = await parts.search.search(index, form.subject, { limit: retrieved, signal });
  const found = result.passages;
  const list = form.kind === 'list' ? findOutlineList(form.facet, form.subject, index.documents, found) : undefined;
  const sectionPassages = (document: string, section: string) =>
    index.passages.filter((passage) => passage.document === document && passage.section === section);
  // The outline also brings up passages that the search did not.
  const listed = list ? list.children.flatMap((section) => sectionPassages(list.document, section)) : [];
  const passages = [
    ...found.map(({ passage, score }) => toCited(passage, score)),
    ...listed.filter(({ id }) => !found.some(({ passage }) => passage.id === id)).map((passage) => toCited(passage, 0)),
  ];
  yield { type: 'passages-found', passages };

  const verdict = list ? answerable : judge(form, text, result, (phrase) => parts.search.mentions(index, phrase));
  const brief = { question: text, form, list, passages: found, sectionPassages, signal };
  const writer = parts.writer(index);
  let draft = emptyDraft;
  if (mayWrite(verdict, writer)) {
    for await (const event of writer.write(brief)) {
      if (event.type === 'end') {
        draft = { ...event.draft, sentences: event.draft.sentences.filter((sentence) => isSound(index, sentence)) };
        continue;
      }
      if (event.explanation) question.onExplain?.(event.explanation);
      if (event.type === 'withheld') yield { type: 'sentence-withheld', reason: event.reason };
      else if (isSound(index, event.sentence)) yield { type: 'sentence-verified', sentence: event.sentence };
      else yield { type: 'sentence-withheld', reason: 'it is not in the passage it cites' };
    }
  }
  const { sentences } = draft;
  const cited = citedPassages(sentences, passages);
  const nearest = found.map(({ passage }) => passage);
  const suggestions = await parts.suggest(index, text, cited, nearest);
  const reply = sentences.length > 0 ? answered(draft, cited) : refused(verdict, found, index);
  yield { type: 'answer-end', answer: { ...identity, ...reply, suggestions } };
}

const emptyDraft: Draft = { layout: 'prose', sentences: [], mode: 'extractive' };

type Reply = Omit<Answer, keyof Identity | 'suggestions'>;

function answered(draft: Draft, passages: readonly CitedPassage[]): Reply {
  const { sentences, layout, mode } = draft;
  return { outcome: 'answered', reason: null, text: composeText(sentences, layout), sentences, passages, mode };
}

/** Redirects that a sentence of the article may follow; never one about somebody's state. */
function mayQuote(reason: Answer['reason']): boolean {
  return reason === 'suitability' || reason === 'instructions' || reason === 'efficacy';
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
async function withQuotation(
  { search, quote }: AskParts,
  index: KnowledgeIndex,
  reply: FixedReply,
  question: string,
  signal: AbortSignal,
): Promise<Reply> {
  const form = questionForm(question);
  const result = await search.search(index, form.subject, { limit: retrieved, signal });
  const { band } = judge(form, question, result, (phrase) => search.mentions(index, phrase));
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

/** A reply of fixed words alone. */
function fixed(reply: FixedReply): Reply {
  return { ...reply, sentences: [], passages: [], mode: 'fixed' };
}

/** The articles' language when it is not the visitor's; undefined when one of them is. */
function otherLanguage(index: KnowledgeIndex, locale: Locale): Locale | undefined {
  const languages = index.documents.map(({ language }) => language.split('-')[0]).filter(isLocale);
  return languages.includes(locale) ? undefined : languages[0];
}

function refused(verdict: Verdict, found: readonly ScoredPassage[], index: KnowledgeIndex): Reply {
  const nearest = [...new Set(found.map(({ passage }) => passage.headings.at(-1) ?? passage.title))].slice(
    0,
    mostNearest,
  );
  const opening = openingOf(verdict.missing);
  const rest =
    verdict.band === 'nearest'
      ? replies.nearestSections(nearest)
      : `${replies.coverageLead} ${coverage(index).join(' · ')}.`;
  const text = `${opening} ${rest}`;
  return fixed({ outcome: 'refused', reason: 'not-in-article', text });
}

function openingOf(missing: Missing | null): string {
  if (missing === null) return plainReply('not-in-article', 'en');
  return 'fact' in missing ? replies.notStated[missing.fact] : replies.notMentioned(missing.name);
}

const mostNearest = 3;
const mostHeadings = 8;

/** The outermost headings of the articles; their titles where an article has none or there are too many. */
function coverage(index: KnowledgeIndex): readonly string[] {
  const headings = index.documents.flatMap(({ title, sections }) => {
    const outermost = sections.flatMap(({ heading, level }) => (heading !== null && level === 1 ? [heading] : []));
    return outermost.length > 0 ? outermost : [title];
  });
  return headings.length <= mostHeadings ? headings : index.documents.slice(0, mostHeadings).map(({ title }) => title);
}

/** Every sentence cites passages that there are; a quoted one is in each of them, word for word. */
function isSound(index: KnowledgeIndex, { text, citations, quoted }: CitedSentence): boolean {
  const isIn = (id: string) => index.passage(id)?.sentences.some((sentence) => sentence.text === text) ?? false;
  return citations.length > 0 && citations.every((id) => (quoted ? isIn(id) : index.passage(id) !== undefined));
}

/** Between the bands a model may try: it can say that the passages do not say, and the gates hold what it writes. */
function mayWrite({ band, missing }: Verdict, { isModel }: ActiveWriter): boolean {
  return band === 'answer' || (band === 'nearest' && isModel && missing === null);
}

function toCited(passage: Passage, score: number): CitedPassage {
  const { id, document, title, headings, text, start, end } = passage;
  return { id, document, title, headings, text, start, end, score };
}
