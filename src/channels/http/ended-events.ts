import type { AnswerEvent, ErrorCode } from '../../domain.ts';
import { errorCode, publicErrors } from '../../errors.ts';
import type { Log } from '../../log.ts';

/**
 * The events of one answer, with an end in every case: also when the source throws, dries up, or does not listen
 * to its signal. Words of an `answer-error` are replaced by the public ones.
 */
export async function* endedEvents(
  start: () => AsyncIterable<AnswerEvent>,
  signal: AbortSignal,
  log: Log,
): AsyncGenerator<AnswerEvent, void> {
  let source: AsyncIterator<AnswerEvent> | undefined;
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  try {
    source = start()[Symbol.asyncIterator]();
    for (;;) {
      const step = await Promise.race([aborted, source.next()]);
      if (step === 'aborted') return yield failure(errorCode(signal.reason));
      if (step.done) {
        log.error({}, 'the answer stopped without an end');
        return yield failure('internal');
      }
      const event = step.value;
      if (event.type === 'answer-error') return yield failure(event.code);
      yield event;
      if (event.type === 'answer-end') return;
    }
  } catch (thrown) {
    // Only the name: the message could repeat the visitor's words.
    log.error({ error: thrown instanceof Error ? thrown.name : typeof thrown }, 'the answer threw');
    yield failure('internal');
  } finally {
    // Not awaited: a source that hangs would keep the connection for ever.
    source?.return?.().catch(() => {});
  }
}

function failure(code: ErrorCode): AnswerEvent {
  return { type: 'answer-error', code, message: publicErrors[code].message };
}
