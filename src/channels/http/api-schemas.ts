import { z } from 'zod';
import type { ErrorCode } from '../../domain.ts';
import { publicErrors } from '../../errors.ts';

// What goes out, in the form in which it is described to other programs. The tests hold real responses to it.

const citedPassage = z.object({
  id: z.string().describe('document#section/n'),
  document: z.string(),
  title: z.string(),
  headings: z.array(z.string()),
  text: z.string().describe('Exactly the characters from `start` to `end` of the article.'),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});

export const passage = citedPassage;

const sentence = z.object({
  text: z.string(),
  citations: z.array(z.string()).min(1).describe('Ids of passages.'),
  quoted: z.boolean().describe("Whether it is the article's own wording."),
});

const scoredPassages = z.array(citedPassage.extend({ score: z.number() })).describe('Only what the sentences cite.');

export const answer = z.object({
  turnId: z.string(),
  conversationId: z.string(),
  token: z.string().optional().describe('Only with the first answer of a new conversation.'),
  outcome: z.enum(['answered', 'refused', 'redirected', 'greeted']),
  reason: z.string().nullable().describe('Null when answered.'),
  text: z.string().describe('The whole reply as plain text.'),
  sentences: z.array(sentence),
  passages: scoredPassages,
  suggestions: z.array(z.string()).max(3),
  mode: z.enum(['extractive', 'generated', 'curated', 'fixed']),
});

const codes = Object.keys(publicErrors) as [ErrorCode, ...ErrorCode[]];

export const errorBody = z.object({ error: z.object({ code: z.enum(codes), message: z.string() }) });

export const status = z.object({ status: z.string(), detail: z.string().optional() });

export const faq = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      group: z.string().nullable(),
      text: z.string(),
      layout: z.enum(['prose', 'list']),
      sentences: z.array(sentence),
      passages: scoredPassages,
    }),
  ),
});

export const widgetSettings = z.object({
  language: z.string(),
  articleLanguage: z.string(),
  words: z.record(z.string(), z.string()),
  disclosure: z.string(),
  greeting: z.string(),
  suggestions: z.array(z.string()),
  contacts: z.array(z.object({ text: z.string(), href: z.string() })),
});
