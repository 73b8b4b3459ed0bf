import type { Writer } from '../answering/writer.ts';
import type { Answer, AnswerEvent, Ask, ConversationHistory, ErrorCode, Passage, Question } from '../domain.ts';
import { errorCode, NapeError, publicErrors } from '../errors.ts';
import type { Log } from '../log.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import type { Curated } from './curated.ts';
import { find } from './find.ts';
import { inArticleWords } from './in-article-words.ts';
import type { DetectLocale, Locale } from './locale.ts';
import { otherLanguage } from './other-language.ts';
import { readQuestion } from './question-text.ts';
import { withQuotation } from './quotation-after.ts';
import type { Remember } from './remember.ts';
import { answered, fixed, offered, type Reply, refused } from './reply.ts';
import { articleLanguageReply } from './safe-replies.ts';
import { repeatLead, unsaidSentences } from './said-before.ts';
import { sectionKey } from './section-key.ts';
import type { StandAlone } from './standalone.ts';
import type { StepBack } from './step-back.ts';
import type { Suggest } from './suggestions.ts';
import type { TakeTurn } from './turn-taking.ts';
import { type ActiveWriter, isSound, mayWrite, quoteThese, writeSoundly } from './write-soundly.ts';

export interface AskParts {
  readonly detectLocale: DetectLocale;
  /** Decides first, before the index is touched. */
  readonly stepBack: StepBack;
  /** The index that answers now; each question uses the one it started with. */
  readonly index: () => Promise<KnowledgeIndex>;
  /** Makes a follow-up understandable without its conversation. */
  readonly standAlone: StandAlone;
  /** The entry of the owner's FAQ that a question asks for; null when none clearly does. */
  readonly curated: Curated['match'];
  readonly search: Pick<HybridSearch, 'search' | 'mentions'>;
  /** The writer for an index: a model's sentences are verified against that index. */
  readonly writer: (index: KnowledgeIndex) => ActiveWriter;
  /** Writes with the article's own sentences only. */
  readonly quote: Writer;
  readonly suggest: Suggest;
  /** One question at a time in each conversation. */
  readonly takeTurn: TakeTurn;
  /** Keeps the turn for the next question and notes it in the log of questions. */
  readonly remember: Remember;
  /** A new identifier; `seed` is the question, for callers that want repeatable ones. */
  readonly newId: (kind: 'turn' | 'conversation', seed: string) => string;
  /** Total time for one answer, in milliseconds. */
  readonly deadlineMs: number;
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number;
  readonly log: Log;
}

/** The path of a question, whole: read, step back or stand alone, retrieve, decide, write, check, remember, tell. */
export function createAsk(parts: AskParts): Ask {
  return async function* ask(question) {
    const turnId = parts.newId('turn', question.text);
    const conversationId = question.conversation?.id ?? parts.newId('conversation', question.text);
    const startedAt = parts.clock();
    const deadline = AbortSignal.timeout(parts.deadlineMs);
    const signal = question.signal ? AbortSignal.any([question.signal, deadline]) : deadline;
    yield { type: 'answer-start', turnId, conversationId };
    try {
      const finish = parts.remember(question, { turnId, conversationId });
      for await (const step of answer(parts, question, signal, () => parts.clock() - startedAt)) {
        if (signal.aborted) throw signal.reason;
        yield step.type === 'told' ? { type: 'answer-end', answer: await finish(step) } : step;
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

/** The end of an answer, with what the next question needs to know of it. */
export interface Told {
  readonly type: 'told';
  readonly reply: Reply;
  readonly suggestions: Answer['suggestions'];
  /** The question as it was looked up. */
  readonly question: string;
  /** Sections that were shown as a list, as `document#section`. */
  readonly listed: readonly string[];
  /** The same for the log, with the articles' words only; null when nothing was looked up. */
  readonly logged: string | null;
}

type Step = Exclude<AnswerEvent, { readonly type: 'answer-start' | 'answer-end' }> | Told;

async function* answer(
  parts: AskParts,
  question: Question,
  signal: AbortSignal,
  usedMs: () => number,
): AsyncGenerator<Step> {
  const read = readQuestion(question.text);
  if ('problem' in read) throw new NapeError(read.problem, 'the question cannot be read');
  const { text } = read;
  const locale = parts.detectLocale(text, question.locale);
  const before = await historyOf(question);
  const { reply } = parts.stepBack(before, text, locale);
  if (reply?.outcome === 'redirected' && !mayQuote(reply.reason)) {
    // No index, no model, no suggestion, no waiting for an answer under way: nothing stands between a person and these words.
    yield toldAlone(fixed(reply), text, []);
    return;
  }
  const turn = await parts.takeTurn(question.conversation?.id, signal);
  try {
    const history = turn.waited ? await historyOf(question) : before;
    yield* answerInTurn(parts, question, { text, locale, history, usedMs }, signal);
  } finally {
    turn.release();
  }
}

interface ReadQuestion {
  readonly text: string;
  readonly locale: Locale;
  readonly history: ConversationHistory;
  /** Time that is gone: waiting in line, a follow-up rewritten. */
  readonly usedMs: () => number;
}

async function* answerInTurn(
  parts: AskParts,
  question: Question,
  { text: asked, locale, history, usedMs }: ReadQuestion,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const { reply, question: own } = parts.stepBack(history, asked, locale);
  if (reply?.outcome === 'redirected' && !mayQuote(reply.reason)) {
    yield toldAlone(fixed(reply), own, []);
    return;
  }
  const index = await parts.index();
  const suggest = (cited: Reply['passages'] = [], nearest: readonly Passage[] = []) =>
    parts.suggest(index, { question: own, cited, nearest, earlier: history.turns });
  if (reply && reply.outcome !== 'redirected') {
    yield toldAlone(fixed(reply), own, await suggest());
    return;
  }
  const language = otherLanguage(index, locale);
  if (language && !reply) {
    const told = {
      outcome: 'refused',
      reason: 'not-in-article',
      text: articleLanguageReply(locale, language),
    } as const;
    yield toldAlone(fixed(told), own, await suggest());
    return;
  }

  const { question: text, near } = await parts.standAlone({ question: own, turns: history.turns, index, signal });
  question.onStandAlone?.(text);
  const logged = inArticleWords(text, (word) => parts.search.mentions(index, word));
  if (reply) {
    const quoted = await withQuotation(parts, index, reply, text, signal);
    if (quoted.passages.length > 0) yield { type: 'passages-found', passages: quoted.passages };
    for (const sentence of quoted.sentences) yield { type: 'sentence-verified', sentence };
    yield { type: 'told', reply: quoted, suggestions: [], question: text, listed: [], logged };
    return;
  }

  const known = await parts.curated(index, text, signal);
  // An entry of another section is no answer to a question about what is being spoken of.
  const entry = known && (near.length === 0 || near.includes(sectionKey(known.passages[0]?.id ?? ''))) ? known : null;
  if (entry?.sentences.every((sentence) => isSound(index, sentence))) {
    const { sentences, passages, layout } = entry;
    yield { type: 'passages-found', passages };
    for (const sentence of sentences) yield { type: 'sentence-verified', sentence };
    const reply = answered({ sentences, layout, mode: 'curated' }, passages);
    const listed = layout === 'list' ? passages.map(({ id }) => sectionKey(id)) : [];
    yield { type: 'told', reply, suggestions: await suggest(passages), question: text, listed, logged };
    return;
  }

  const found = await find(parts.search, index, text, signal, near);
  yield { type: 'passages-found', passages: found.passages };
  const writer = parts.writer(index);
  const top = found.brief.passages[0]?.passage;
  const unsaid = unsaidSentences(asked, history.turns, index, top);
  const write = unsaid.length > 0 ? quoteThese(unsaid) : writer.write({ ...found.brief, usedMs: usedMs() });
  const draft = mayWrite(found.verdict, writer) ? yield* writeSoundly(index, write, question.onExplain) : null;
  const isAnswered = draft !== null && draft.sentences.length > 0;
  const lead = repeatLead(asked, history.turns, draft?.sentences ?? [], top?.headings.at(-1) ?? top?.title ?? '');
  const told = isAnswered ? answered(draft, found.passages, lead) : refused(found, index);
  const nearest = found.brief.passages.map(({ passage }) => passage);
  const shown = isAnswered ? (draft.layout === 'list' ? told.passages : []) : offered(found);
  yield {
    type: 'told',
    reply: told,
    suggestions: await suggest(told.passages, nearest),
    question: text,
    listed: shown.map(({ id }) => sectionKey(id)),
    logged,
  };
}

/** A reply that needed no look into the articles. */
function toldAlone(reply: Reply, question: string, suggestions: readonly string[]): Told {
  return { type: 'told', reply, suggestions, question, listed: [], logged: null };
}

/** What was said so far; a conversation that is gone cannot be continued. */
async function historyOf({ conversation }: Question): Promise<ConversationHistory> {
  const history = conversation ? await conversation.history() : { crisisOpen: false, turns: [] };
  if (!history) throw new NapeError('not-found', 'the conversation is gone');
  return history;
}

/** Redirects that a sentence of the article may follow; never one about somebody's state. */
function mayQuote(reason: Answer['reason']): boolean {
  return reason === 'suitability' || reason === 'instructions' || reason === 'efficacy';
}
