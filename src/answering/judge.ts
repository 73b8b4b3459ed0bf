import { z } from 'zod';
import type { Passage } from '../domain.ts';
import type { Log } from '../log.ts';
import { type ChatModel, completeChat } from '../models/chat-model.ts';
import type { Prompts } from '../prompts.ts';
import type { Verification, Verify } from './verify.ts';

export interface JudgeParts {
  readonly prompt: Prompts['judge'];
  readonly model: ChatModel;
  /** Whether the judge may keep what only soft gates dropped; it may always veto. */
  readonly restores: boolean;
  readonly log: Log;
}

/** Verifies by the rules and then by a second opinion, which never overrules a hard gate. */
export type JudgedVerify = (sentence: string, cited: readonly Passage[], signal?: AbortSignal) => Promise<Verification>;

const maxTokens = 200;

const reply = z.object({
  verdicts: z
    .array(
      z.object({
        verdict: z.enum(['keep', 'veto']),
        passage: z.number().int().optional(),
        evidence: z.string().default(''),
        why: z.string().default(''),
      }),
    )
    .length(1),
});

/**
 * Lets a model veto what the rules keep, and restore soft drops where that is allowed. It has to quote its evidence, and
 * a keep whose evidence is not in the passage, word for word, is none. When the judge fails, the rules stand.
 */
export function createJudgedVerify(verify: Verify, { prompt, model, restores, log }: JudgeParts): JudgedVerify {
  return async (sentence, cited, signal) => {
    const ruled = verify(sentence, cited);
    const isAsked = ruled.verdict === 'keep' || (ruled.verdict === 'drop-soft' && restores);
    if (!isAsked || cited.length === 0) return ruled;
    const verdict = await judge(sentence, cited, signal);
    if (verdict === null) return ruled;
    if (ruled.verdict === 'keep' && verdict.verdict === 'veto') {
      const reason = { gate: 'judge', words: [], why: verdict.why || 'the judge finds it unsupported' } as const;
      return { ...ruled, verdict: 'drop-soft', reasons: [reason] };
    }
    const isProven = verdict.verdict === 'keep' && isQuoted(verdict.evidence, cited);
    return ruled.verdict === 'drop-soft' && isProven ? { ...ruled, verdict: 'keep', reasons: [] } : ruled;
  };

  async function judge(sentence: string, cited: readonly Passage[], signal: AbortSignal | undefined) {
    const numbers = cited.map((_, at) => at + 1).join(', ');
    const messages = prompt.render({
      passages: cited.map((passage, at) => ({
        tag: 'passage',
        attributes: { number: at + 1, section: passage.headings.join(' › ') },
        text: passage.sentences.map(({ text }) => text).join(' '),
      })),
      sentences: [{ tag: 'sentence', attributes: { number: 1, passages: numbers }, text: sentence }],
    });
    try {
      const { text } = await completeChat(model, messages, { signal, maxTokens });
      const json: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
      return reply.parse(json).verdicts[0] ?? null;
    } catch (thrown) {
      signal?.throwIfAborted();
      const reason = thrown instanceof Error ? thrown.name : 'unknown';
      log.warn({ prompt: prompt.version, reason }, 'The judge failed; the rules decide alone.');
      return null;
    }
  }
}

function isQuoted(evidence: string, cited: readonly Passage[]): boolean {
  const wanted = evidence.replace(/\s+/gu, ' ').trim();
  return wanted !== '' && cited.some(({ text }) => text.replace(/\s+/gu, ' ').includes(wanted));
}
