import type { Answer, AnswerEvent } from '../../domain.ts';
import { aborted } from './until-stopped.ts';

export type AnswerEnding =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'stopped' };

/** Follows an answer to its end, or only until `stop` aborts: then nothing is waited for. */
export async function readAnswer(
  events: AsyncIterable<AnswerEvent>,
  stop: AbortSignal,
  onEvent: (event: AnswerEvent) => void = () => {},
): Promise<AnswerEnding> {
  const iterator = events[Symbol.asyncIterator]();
  const stopped = aborted(stop);
  let ending: AnswerEnding | undefined;
  try {
    while (true) {
      const next = iterator.next();
      const step = await Promise.race([next, stopped.promise]);
      if (step === 'aborted' || stop.aborted) {
        // The producer hears of it through its own signal; what it still does is not for the reader.
        next.catch(() => {});
        void iterator.return?.().catch(() => {});
        return ending ?? { kind: 'stopped' };
      }
      if (step.done) break;
      onEvent(step.value);
      if (step.value.type === 'answer-end') ending = { kind: 'answer', answer: step.value.answer };
      if (step.value.type === 'answer-error') ending = { kind: 'error', message: step.value.message };
    }
  } finally {
    stopped.release();
  }
  return ending ?? { kind: 'error', message: 'The answer broke off before its end. Please ask again.' };
}
