import type { Draft, Writer, WriterEvent } from '../answering/writer.ts';
import type { AnswerEvent, CitedSentence, Question } from '../domain.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import type { Verdict } from './evidence.ts';

export interface ActiveWriter {
  readonly write: Writer;
  /** Whether a model writes. */
  readonly isModel: boolean;
}

/** Between the bands a model may try: it can say that the passages do not say, and the gates hold what it writes. */
export function mayWrite({ band, missing }: Verdict, { isModel }: ActiveWriter): boolean {
  return band === 'answer' || (band === 'nearest' && isModel && missing === null);
}

/** The events of a writer that gives these quotations. */
export async function* quoteThese(sentences: readonly CitedSentence[]): AsyncGenerator<WriterEvent> {
  for (const sentence of sentences) yield { type: 'sentence', sentence };
  yield { type: 'end', draft: { layout: 'prose', sentences, mode: 'extractive' } };
}

type SentenceEvent = Extract<AnswerEvent, { readonly type: 'sentence-verified' | 'sentence-withheld' }>;

/** Lets the sentences of a writer out as they come, and gives the whole draft; whatever a writer does, each one is held to the index. */
export async function* writeSoundly(
  index: KnowledgeIndex,
  events: ReturnType<Writer>,
  onExplain: Question['onExplain'],
): AsyncGenerator<SentenceEvent, Draft | null> {
  let draft: Draft | null = null;
  for await (const event of events) {
    if (event.type === 'end') {
      draft = { ...event.draft, sentences: event.draft.sentences.filter((sentence) => isSound(index, sentence)) };
      continue;
    }
    if (event.explanation) onExplain?.(event.explanation);
    yield toSentenceEvent(index, event);
  }
  return draft;
}

function toSentenceEvent(index: KnowledgeIndex, event: Exclude<WriterEvent, { readonly type: 'end' }>): SentenceEvent {
  if (event.type === 'withheld') return { type: 'sentence-withheld', reason: event.reason };
  return isSound(index, event.sentence)
    ? { type: 'sentence-verified', sentence: event.sentence }
    : { type: 'sentence-withheld', reason: 'it is not in the passage it cites' };
}

/** Every sentence cites passages that there are; a quoted one is in each of them, word for word. */
export function isSound(index: KnowledgeIndex, { text, citations, quoted }: CitedSentence): boolean {
  const isIn = (id: string) => index.passage(id)?.sentences.some((sentence) => sentence.text === text) ?? false;
  return citations.length > 0 && citations.every((id) => (quoted ? isIn(id) : index.passage(id) !== undefined));
}
