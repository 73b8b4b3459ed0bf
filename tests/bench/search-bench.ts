import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { askOver, embedder, triage } from '../conversation/ask-over.ts';
import { milliseconds, quantile, table, timed } from './figures.ts';

const root = new URL('../../', import.meta.url);
const crises = [
  'i want to kill myself',
  'ich will nicht mehr leben',
  'sudden chest pain and my arm is numb',
  'mi madre no respira',
];
const rounds = 25;

/**
 * The parts of one question over the article: embedding, triage, and the whole search with spelling, word-by-word
 * comparison and evidence; questions whose words are new to it, and the same ones again.
 */
export async function benchSearch(): Promise<string> {
  const article = readFileSync(new URL('knowledge/neck-and-spine-massage.md', root), 'utf8');
  const nape = await askOver({ 'neck-and-spine-massage.md': article });
  const set: unknown = JSON.parse(readFileSync(new URL('tests/evals/paraphrase-tune.json', root), 'utf8'));
  const questions = z
    .array(z.object({ question: z.string() }))
    .parse(set)
    .map(({ question }) => question);
  const search = (question: string) => timed(() => nape.search.search(nape.index, question));
  const measure = async (texts: readonly string[], call: (text: string) => Promise<number>) => {
    const times: number[] = [];
    for (const text of texts) times.push(await call(text));
    return times;
  };
  const repeated = (texts: readonly string[]) => Array.from({ length: rounds }, () => texts).flat();

  await search('warm up the article');
  const rows = {
    'search, words seen for the first time': await measure(questions, search),
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
