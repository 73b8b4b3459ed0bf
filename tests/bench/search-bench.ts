import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createKnownQuestions } from '../../src/conversation/known-questions.ts';
import { stem } from '../../src/language/tokens.ts';
import { silentLog } from '../../src/log.ts';
import { createHybridSearch } from '../../src/retrieval/hybrid-search.ts';
import { askOver, embedder, everyUtterance, relations, terms, thesaurus, triage } from '../conversation/ask-over.ts';
import { faqOver } from '../conversation/faq-over.ts';
import { milliseconds, quantile, table, timed } from './figures.ts';

const root = new URL('../../', import.meta.url);
const crises = [
  'i want to kill myself',
  'ich will nicht mehr leben',
  'sudden chest pain and my arm is numb',
  'mi madre no respira',
];
const rounds = 25;
const freshQuestions = 300;
const wordsOfFresh = 5;

/**
 * The parts of one question over the article and its FAQ: embedding, triage, and the whole search with spelling, word-by-word
 * comparison and evidence; people's questions the first time and again, and questions in which no word was ever asked before.
 */
export async function benchSearch(): Promise<string> {
  const article = readFileSync(new URL('knowledge/neck-and-spine-massage.md', root), 'utf8');
  const { index } = await askOver({ 'neck-and-spine-massage.md': article });
  const { entries } = await faqOver(readFileSync(new URL('knowledge/faq.yaml', root), 'utf8'), index);
  const knownQuestions = createKnownQuestions().over(() => entries);
  const hybrid = createHybridSearch({
    embedder,
    terms,
    thesaurus,
    relations,
    knownQuestions,
    utterances: everyUtterance,
    log: silentLog,
  });
  const set: unknown = JSON.parse(readFileSync(new URL('tests/evals/paraphrase-tune.json', root), 'utf8'));
  const questions = z
    .array(z.object({ question: z.string() }))
    .parse(set)
    .map(({ question }) => question);
  const search = (question: string) => timed(() => hybrid.search(index, question));
  const measure = async (texts: readonly string[], call: (text: string) => Promise<number>) => {
    const times: number[] = [];
    for (const text of texts) times.push(await call(text));
    return times;
  };
  const repeated = (texts: readonly string[]) => Array.from({ length: rounds }, () => texts).flat();

  // Other questions than those measured, so that the code is compiled when the measuring begins.
  for (const { question, variants } of entries) await measure([question, ...variants], search);
  const rows = {
    'search, questions for the first time': await measure(questions, search),
    'search, every word for the first time': await measure(questionsOfFreshWords(), search),
    'search, words seen before': await measure(repeated(questions), search),
    'embedding a question': await measure(repeated(questions), (text) => timed(() => embedder.embedQuery(text))),
    'triage of a crisis': await measure(repeated(crises), (text) =>
      timed(async () => triage({ text, earlier: ['hello', 'my neck is stiff'], crisisOpen: false })),
    ),
  };
  return table([
    [`parts of a question, ${questions.length} questions`, 'p50', 'p99'],
    ...Object.entries(rows).map(([name, times]) => [
      name,
      milliseconds(quantile(times, 0.5)),
      milliseconds(quantile(times, 0.99)),
    ]),
  ]);
}

/** Questions of as many content words as people's have, each word used once, from the common half of the vocabulary. */
function questionsOfFreshWords(): readonly string[] {
  // Words that are their own stem are spelt right.
  const vocabulary = [...terms.stems].filter((word) => stem(word) === word).slice(1_000);
  const step = 7;
  return Array.from({ length: freshQuestions }, (_, question) => {
    const of = Array.from({ length: wordsOfFresh }, (_, at) => vocabulary[(question * wordsOfFresh + at) * step]);
    return `is the ${of.join(' of a ')}`;
  });
}
