import { z } from 'zod';
import { expandBareContractions } from '../language/contractions.ts';
import { words } from '../language/tokens.ts';
import { isInstructionToAssistant } from './hidden-text.ts';

/** A question with its answer as the owner has written it, not yet held against the article. */
export interface WrittenFaqEntry {
  /** Slug of the question, unique in the file: the entry's anchor on the page. */
  readonly id: string;
  readonly question: string;
  /** Other ways in which people ask it, none of them in another entry. */
  readonly variants: readonly string[];
  /** Heading that it stands under; null for none. */
  readonly group: string | null;
  readonly layout: 'prose' | 'list';
  readonly answer: readonly WrittenFaqSentence[];
  /** Line of the file on which the entry starts, from 1. */
  readonly line: number;
}

export interface WrittenFaqSentence {
  readonly text: string;
  /** Whether it is meant to be the article's own, word for word. */
  readonly quoted: boolean;
  /** Where the article says it: sections (`document#section`, or `section` alone) or passages (`document#section/n`). */
  readonly from: readonly string[];
}

/** An entry, or a part of one, that cannot be used. */
export interface FaqProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  /** The entry's question as far as it can be read; null when it cannot. */
  readonly question: string | null;
  /** What is wrong and what to do about it. */
  readonly message: string;
  /** Whether the entry is left out because of it. */
  readonly isFatal: boolean;
}

export const longestQuestion = 200;
const longestSentence = 1_000;
const mostVariants = 100;
const mostSentences = 12;

/** Read as the person who has to mend it will read it. */
const say = (message: string) => ({ error: message });

const line = (name: string, longest: number) =>
  z
    .string(say(`${name} has to be text. Put quotation marks around it if it is a number or holds ": "`))
    .transform((text) => text.replace(/\s+/gu, ' ').trim())
    .refine((text) => /[\p{L}\p{N}]/u.test(text), say(`${name} is empty. Write it, or take the line out`))
    .refine((text) => text.length <= longest, say(`${name} is longer than ${longest} characters. Shorten it`))
    .refine(
      (text) => !isInstructionToAssistant(text),
      say(`${name} holds markup, a link, hidden characters or words to an assistant. Write plain text`),
    );

const from = z
  .union([z.string(), z.array(z.string()).min(1)], say('“from” has to name a section, or be a list of sections'))
  .transform((names) => [names].flat().map((name) => name.trim()))
  .refine((names) => names.every((name) => name !== ''), say('“from” is empty. Name the section that says it'));

const sentence = z
  .strictObject(
    { quote: line('A quote', longestSentence).optional(), text: line('A text', longestSentence).optional(), from },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `${issue.keys.join(', ')} is not known here. A sentence has “quote” or “text”, and “from”`
          : 'A sentence of the answer has to be “quote” or “text” with “from” below it',
    },
  )
  .refine(
    ({ quote, text }) => (quote === undefined) !== (text === undefined),
    say('A sentence has either “quote” (the article’s words) or “text” (yours), and not both'),
  )
  .transform(({ quote, text, from }) => ({ text: quote ?? text ?? '', quoted: quote !== undefined, from }));

/** One entry of the file; every message ends without a full stop, because the place follows. */
export const faqEntrySchema = z.strictObject(
  {
    question: line('The question', longestQuestion),
    group: line('The group', 80).nullish(),
    variants: z
      .array(line('A variant', longestQuestion), say('“variants” has to be a list of questions'))
      .max(mostVariants, say(`There are more than ${mostVariants} variants. Keep the most different ones`))
      .nullish(),
    layout: z.enum(['prose', 'list'], say('“layout” is “prose” or “list”')).nullish(),
    order: z.number(say('“order” has to be a number')).nullish(),
    answer: z
      .array(sentence, say('“answer” has to be a list of sentences'))
      .min(1, say('“answer” is empty. Give it at least one sentence'))
      .max(mostSentences, say(`“answer” has more than ${mostSentences} sentences. Shorten it`)),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.join(', ')} is not known here. An entry has question, group, variants, layout, order and answer`
        : 'An entry has to hold “question” and “answer”',
  },
);

/** What tells two phrasings apart: case, punctuation, accents and missing apostrophes do not. */
export function phraseKey(phrase: string): string {
  return words(expandBareContractions(phrase.replace(contracted, '$1 is'))).join(' ');
}

const contracted = /\b(what|that|who|where|how|there|here|it)['’`´]s\b/giu;
