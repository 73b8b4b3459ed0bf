import { z } from 'zod';
import type { ErrorCode } from '../../domain.ts';
import { publicErrors } from '../../errors.ts';

/** Either a question that can be asked, or the code and the public words of why not. */
export type AskRequest =
  | { readonly ok: true; readonly question: string; readonly conversationId?: string }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** Longest question, in Unicode code points after trimming. */
const longestQuestion = 2_000;

const example = 'Send JSON such as {"question": "What is shiatsu?"}.';
const words = {
  notUtf8: 'The request is not valid UTF-8.',
  notJson: `The request is not valid JSON. ${example}`,
  notObject: `The request is not a JSON object. ${example}`,
  unsafeKey: 'The request has a key named "__proto__" or "constructor", which is not accepted.',
  brokenText: 'A text in the request has half a character in it (a lone surrogate). Please send whole characters.',
  question: `"question" is missing or is not a text. ${example}`,
  conversationId: '"conversationId" has to be a text of at most 200 characters.',
  token: '"token" has to be a text of at most 200 characters.',
} as const;

const wellFormed = (text: string) => !/\p{Surrogate}/u.test(text);
const identifier = z.string().max(200).refine(wellFormed);

/** Other keys are ignored, so that a newer client can talk to an older server. */
const askBody = z.object({
  question: z.string(),
  conversationId: identifier.optional(),
  token: identifier.optional(),
});

/** Reads the body of `POST /api/ask`; control characters in the question become spaces. */
export function readAskRequest(bytes: Uint8Array): AskRequest {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('bad-request', words.notUtf8);
  }

  let body: unknown;
  let unsafe = false;
  try {
    body = JSON.parse(text, (key, value) => {
      if (key === '__proto__' || key === 'constructor') unsafe = true;
      return value;
    });
  } catch {
    return refused('bad-request', words.notJson);
  }
  if (unsafe) return refused('bad-request', words.unsafeKey);

  const parsed = askBody.safeParse(body);
  if (!parsed.success) {
    const key = parsed.error.issues[0]?.path[0];
    const known = key === 'question' || key === 'conversationId' || key === 'token';
    return refused('bad-request', known ? words[key] : words.notObject);
  }
  if (!wellFormed(parsed.data.question)) return refused('bad-request', words.brokenText);

  const question = parsed.data.question.replace(/\p{Cc}+/gu, ' ').trim();
  if (question === '') return refused('question-empty');
  if ([...question].length > longestQuestion) return refused('question-too-long');
  const { conversationId } = parsed.data;
  return { ok: true, question, ...(conversationId && { conversationId }) };
}

function refused(code: ErrorCode, message: string = publicErrors[code].message): AskRequest {
  return { ok: false, code, message };
}
