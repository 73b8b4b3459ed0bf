import type { Answer, AnswerEvent } from '../../domain.ts';
import type { NumberedEvent } from './running-turns.ts';

/**
 * The events of an answer that was given before and whose own events are gone: all of them for who has none yet, else
 * its end, with the next number.
 */
export async function* answeredEvents(answer: Answer, afterId: number): AsyncGenerator<NumberedEvent> {
  const { turnId, conversationId, passages, sentences } = answer;
  const end: AnswerEvent = { type: 'answer-end', answer };
  const events: readonly AnswerEvent[] =
    afterId > 0
      ? [end]
      : [
          { type: 'answer-start', turnId, conversationId },
          ...(passages.length > 0 ? [{ type: 'passages-found', passages } as const] : []),
          ...sentences.map((sentence) => ({ type: 'sentence-verified', sentence }) as const),
          end,
        ];
  for (const [at, event] of events.entries()) yield { id: afterId + at + 1, event };
}
