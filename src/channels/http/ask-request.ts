import { z } from 'zod';
import { isWellFormed, type Refused, readJson, refused } from './read-json.ts';

/** Either a question that can be asked, or the code and the public words of why not. */
export type AskRequest =
  | {
      readonly ok: true;
      readonly question: string;
      readonly conversationId?: string;
      readonly token?: string;
      /** BCP 47 tag. */
      readonly locale?: string;
    }
  | Refused;

/** Longest question, in Unicode code points after trimming. */
const longestQuestion = 2_000;

const example = 'Send JSON such as {"question": "What is shiatsu?"}.';
const words = {
  notObject: `The request is not a JSON object. ${example}`,
  brokenText: 'A text in the request has half a character in it (a lone surrogate). Please send whole characters.',
  question: `"question" is missing or is not a text. ${example}`,
  conversationId: '"conversationId" has to be a text of at most 200 characters.',
  token: '"token" has to be a text of at most 200 characters.',
  locale: '"locale" has to be a language tag such as "de" or "pt-BR".',
} as const;

const identifier = z.string().max(200).refine(isWellFormed);

/** Other keys are ignored, so that a newer client can talk to an older server: a history in it has no effect. */
export const askBody = z.object({
  question: z.string(),
  conversationId: identifier.optional(),
  token: identifier.optional(),
  /** A BCP 47 language tag; a language that Nape has no words in counts as none. */
  locale: z
    .string()
    .max(35)
    .regex(/^(?:[a-z]{2,8}(?:-[a-z0-9]{1,8})*)?$/iu)
    .optional(),
});

/** Reads the body of `POST /api/ask`; control characters in the question become spaces. */
export function readAskRequest(bytes: Uint8Array): AskRequest {
  const json = readJson(bytes, example);
  if (!json.ok) return json;
  const parsed = askBody.safeParse(json.value);
  if (!parsed.success) {
    const key = parsed.error.issues[0]?.path[0];
    const known = key === 'question' || key === 'conversationId' || key === 'token' || key === 'locale';
    return refused('bad-request', known ? words[key] : words.notObject);
  }
  if (!isWellFormed(parsed.data.question)) return refused('bad-request', words.brokenText);

  const question = parsed.data.question.replace(/\p{Cc}+/gu, ' ').trim();
  if (question === '') return refused('question-empty');
  if ([...question].length > longestQuestion) return refused('question-too-long');
  const { conversationId, token, locale } = parsed.data;
  return {
    ok: true,
    question,
    ...(conversationId && { conversationId, ...(token && { token }) }),
    ...(locale && { locale }),
  };
}
