import type { Answer, CitedSentence } from '../../domain.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** The text of an answer, escaped, with the numbers of its passages (1 for the first) behind each sentence. */
export function citedText({ text, sentences, passages }: Pick<Answer, 'text' | 'sentences' | 'passages'>): string {
  const numbers = new Map(passages.map(({ id }, at) => [id, at + 1]));
  let marked = '';
  let done = 0;
  for (const [at, sentence] of sentences.entries()) {
    const start = text.indexOf(sentence.text, done);
    if (sentence.text === '' || start < 0) continue;
    let end = start + sentence.text.length;
    // A number reads better after the closing quotation mark than inside it.
    while (/^[”"’»]/u.test(text.slice(end))) end += 1;
    const next = sentences[at + 1];
    const goesOn = next !== undefined && isOneRun(sentence, next) && text.startsWith(` ${next.text}`, end);
    marked += escapeMarkdown(text.slice(done, end)) + (goesOn ? '' : marks(sentence, numbers));
    done = end;
  }
  return marked + escapeMarkdown(text.slice(done));
}

/** Whether a quotation goes on with the same sources. */
function isOneRun(left: CitedSentence, right: CitedSentence): boolean {
  return left.quoted && right.quoted && left.citations.join(' ') === right.citations.join(' ');
}

function marks({ citations }: CitedSentence, numbers: ReadonlyMap<string, number>): string {
  const cited = [...new Set(citations.flatMap((id) => numbers.get(id) ?? []))].sort((left, right) => left - right);
  return cited.length === 0 ? '' : ` ${cited.map((number) => `[${number}]`).join('')}`;
}
