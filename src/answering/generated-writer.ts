import type { CitedSentence, Passage, SentenceExplanation } from '../domain.ts';
import { NapeError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { PromptedWriter } from './prompted-writer.ts';
import { type Candidate, verifiedSentences } from './verified-sentences.ts';
import type { Verification } from './verify.ts';
import type { Writer } from './writer.ts';

export interface GeneratedWriterParts {
  readonly prompted: PromptedWriter;
  /** Steps in when the model fails, is cut off by a limit, or writes too little that the passages say. */
  readonly extractive: Writer;
  readonly verify: (
    sentence: string,
    cited: readonly Passage[],
    signal?: AbortSignal,
  ) => Verification | Promise<Verification>;
  /** Milliseconds from the question to the end of the model's part, all retries and judgements included; less than the answer's own deadline. */
  readonly deadlineMs: number;
  readonly log: Log;
}

/** Has a model write, and lets out what is verified, sentence by sentence; else the article speaks for itself. */
export function createGeneratedWriter(parts: GeneratedWriterParts): Writer {
  const { prompted, extractive, verify, log } = parts;
  return async function* write(brief) {
    // The outline's own list is complete and in order; a model could only lose items of it.
    if (brief.list) {
      yield* extractive(brief);
      return;
    }
    const deadlineMs = Math.max(0, Math.round(parts.deadlineMs - (brief.usedMs ?? 0)));
    const limit = AbortSignal.timeout(deadlineMs);
    const signal = brief.signal ? AbortSignal.any([brief.signal, limit]) : limit;
    const sentences: CitedSentence[] = [];
    const told = { notInArticle: false };
    try {
      const candidates = sentencesOf(prompted({ question: brief.question, passages: brief.passages, signal }), told);
      const passages = brief.passages.map(({ passage }) => passage);
      const judged = (text: string, cited: readonly Passage[]) => verify(text, cited, signal);
      for await (const event of verifiedSentences(candidates, { passages, verify: judged })) {
        if (event.type === 'kept') {
          sentences.push(event.sentence);
          const explanation = explain(event.sentence.text, event.verification);
          yield { type: 'sentence', sentence: event.sentence, explanation };
        } else if (event.type === 'withheld') {
          const explanation = explain(event.text, event.verification, event.reason);
          log.info({ ...explanation, text: undefined }, 'a sentence is withheld');
          yield { type: 'withheld', reason: event.reason, explanation };
        } else if (told.notInArticle && event.candidates === 0) {
          yield { type: 'end', draft: { layout: 'prose', sentences: [], mode: 'generated' } };
          return;
        } else if (!event.fallsBack) {
          yield { type: 'end', draft: { layout: 'prose', sentences, mode: 'generated' } };
          return;
        }
      }
      log.info(
        { kept: sentences.length },
        'too little of what the model wrote is in the passages; the article is quoted',
      );
    } catch (thrown) {
      brief.signal?.throwIfAborted();
      // Whatever it was, the visitor still gets what the article says.
      if (thrown instanceof NapeError)
        log.warn({ reason: thrown.message }, 'the model could not answer; the article is quoted');
      else if (limit.aborted) log.warn({ deadlineMs }, 'the model took too long; the article is quoted');
      else log.error({ reason: String(thrown) }, 'writing failed; the article is quoted');
    }
    yield* extractive(brief);
  };
}

async function* sentencesOf(
  written: ReturnType<PromptedWriter>,
  told: { notInArticle: boolean },
): AsyncGenerator<Candidate> {
  for await (const candidate of written) {
    if (candidate.type === 'sentence') yield candidate;
    else told.notInArticle = true;
  }
}

function explain(text: string, verification: Verification | null, reason = ''): SentenceExplanation {
  const nearest = verification?.evidence?.nearest ?? null;
  const verdict = reason === '' ? 'keep' : (verification?.verdict ?? 'drop-hard');
  return { text, verdict: reason !== '' && verdict === 'keep' ? 'drop-hard' : verdict, reason, nearest };
}
