import type { ErrorCode } from '../domain.ts';

/** Longest question that is read, in Unicode code points. */
export const longestQuestion = 2_000;

/** Control, bidirectional, zero-width and tag characters: nobody types them, and they hide text. */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;

/** The question as it is worked with, or the code of what is wrong with it. */
export function readQuestion(raw: string): { readonly text: string } | { readonly problem: ErrorCode } {
  if (!raw.isWellFormed()) return { problem: 'bad-request' };
  const text = raw.normalize('NFC').replace(invisible, '').replace(/\s+/gu, ' ').trim();
  if (text === '') return { problem: 'question-empty' };
  if ([...text].length > longestQuestion) return { problem: 'question-too-long' };
  return { text };
}
