import { z } from 'zod';
import { isWellFormed, type Refused, readJson, refused } from './read-json.ts';

const example = 'Send JSON such as {"turnId": "…", "value": "up"}.';
const words: Readonly<Record<string, string>> = {
  turnId: `"turnId" is missing or is not a text of at most 200 characters. ${example}`,
  value: '"value" has to be "up" or "down".',
  comment: '"comment" has to be a text of at most 1,000 characters.',
};

export const feedbackBody = z.object({
  turnId: z.string().min(1).max(200).refine(isWellFormed),
  value: z.enum(['up', 'down']),
  comment: z.string().max(1_000).refine(isWellFormed).optional(),
});

export type FeedbackRequest =
  | { readonly ok: true; readonly turnId: string; readonly value: 'up' | 'down'; readonly comment?: string }
  | Refused;

/** Reads the body of `POST /api/feedback`. */
export function readFeedbackRequest(bytes: Uint8Array): FeedbackRequest {
  const json = readJson(bytes, example);
  if (!json.ok) return json;
  const parsed = feedbackBody.safeParse(json.value);
  if (!parsed.success) {
    const key = String(parsed.error.issues[0]?.path[0]);
    return refused('bad-request', words[key] ?? `The request is not a JSON object. ${example}`);
  }
  const { turnId, value } = parsed.data;
  const comment = parsed.data.comment?.replace(/\p{Cc}+/gu, ' ').trim();
  return { ok: true, turnId, value, ...(comment && { comment }) };
}
