import type { Answer, AnswerEvent, CitedSentence, ErrorCode } from '../../domain.ts';

/** Where an answer is shown while it grows. */
export interface AnswerSurface {
  /** Nothing can be shown yet, and somebody waits. */
  waiting(): Promise<void>;
  /** Shows what is verified so far. */
  preview(sentences: readonly CitedSentence[]): Promise<void>;
}

export interface StreamParts {
  readonly events: AsyncIterable<AnswerEvent>;
  readonly surface: AnswerSurface;
  /** Milliseconds after which something is shown, whatever there is. */
  readonly firstAfterMs: number;
  /** Milliseconds between two changes of what is shown, at least. */
  readonly betweenMs: number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

export type Ended =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly code: ErrorCode }
  /** Whoever asked is gone, or Nape is stopping. */
  | { readonly kind: 'aborted' };

/**
 * Reads an answer to its end and shows verified sentences on the way, never more often than agreed. Resolves when the
 * end may be shown; a surface that fails on the way keeps silent until then.
 */
export async function streamAnswer({
  events,
  surface,
  firstAfterMs,
  betweenMs,
  sleep,
  now,
}: StreamParts): Promise<Ended> {
  const sentences: CitedSentence[] = [];
  const ending = new AbortController();
  const reading = read(events, (sentence) => sentences.push(sentence)).finally(() => ending.abort());
  let shown = 0;
  let changedAt: number | undefined;

  const pause = firstAfterMs;
  await sleep(pause, ending.signal);
  if (!ending.signal.aborted && sentences.length === 0) await surface.waiting().catch(() => {});
  while (!ending.signal.aborted) {
    if (sentences.length > shown) {
      shown = sentences.length;
      changedAt = now();
      await surface.preview([...sentences]).catch(() => {});
    }
    await sleep(betweenMs, ending.signal);
  }
  const ended = await reading;
  // The end is a change too.
  if (changedAt !== undefined) await sleep(changedAt + betweenMs - now(), new AbortController().signal);
  return ended;
}

async function read(events: AsyncIterable<AnswerEvent>, onSentence: (sentence: CitedSentence) => void): Promise<Ended> {
  try {
    for await (const event of events) {
      if (event.type === 'sentence-verified') onSentence(event.sentence);
      if (event.type === 'answer-end') return { kind: 'answer', answer: event.answer };
      if (event.type === 'answer-error') return { kind: 'failure', code: event.code };
    }
  } catch {
    return { kind: 'failure', code: 'internal' };
  }
  return { kind: 'aborted' };
}
