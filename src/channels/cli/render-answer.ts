import type { Answer, CitedPassage, CitedSentence } from '../../domain.ts';
import { printable, printableLine } from './printable.ts';
import type { Screen } from './screen.ts';
import { glue, wrap } from './wrap.ts';

/** The whole answer for a person: the text with numbers, the sources, further questions. Ends with a line break. */
export function renderAnswer(answer: Answer, screen: Screen): string {
  const blocks = [renderText(answer, screen)];
  const sources = numberedPassages(answer);
  if (sources.length > 0) {
    const lines = sources.map(({ number, passage }) => renderSource(number, passage, screen));
    blocks.push([screen.paint('bold', 'Sources'), ...lines].join('\n'));
  }
  if (answer.suggestions.length > 0) {
    const lines = answer.suggestions.map((question) => wrap(`- ${printableLine(question)}`, screen.width, '  '));
    blocks.push([screen.paint('bold', 'You could also ask:'), ...lines].join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}

/** Sentences of an answer that is still being written, each with its numbers. */
export function renderSentences(sentences: readonly CitedSentence[], screen: Screen): string {
  const numbers = citationNumbers(sentences);
  const marked = sentences.map((sentence) => printable(sentence.text) + marks(sentence, undefined, numbers, screen));
  return wrap(marked.join(' '), screen.width);
}

/** The passages that an answer cites, numbered in the order in which it cites them. */
export function numberedPassages(answer: Answer): readonly { number: number; passage: CitedPassage }[] {
  const numbers = citationNumbers(answer.sentences, answer.passages);
  return answer.passages
    .map((passage) => ({ number: numbers.get(passage.id) ?? 0, passage }))
    .sort((left, right) => left.number - right.number);
}

/** `[1] Title › Heading › Heading`. */
export function renderSource(number: number, passage: CitedPassage, screen: Screen): string {
  const path = [passage.title, ...passage.headings].map(printableLine).join(screen.ascii ? ' > ' : ' › ');
  const label = `[${number}]`;
  const [first = '', ...rest] = wrap(`${label} ${path}`, screen.width, ' '.repeat(label.length + 1)).split('\n');
  const lines = [first.slice(label.length), ...rest].map((line) => screen.paint('dim', line));
  return screen.paint('cyan', label) + lines.join('\n');
}

function renderText(answer: Answer, screen: Screen): string {
  const numbers = citationNumbers(answer.sentences, answer.passages);
  const text = printable(answer.text);
  let marked = '';
  let done = 0;
  for (const [at, sentence] of answer.sentences.entries()) {
    const wanted = printable(sentence.text);
    const start = text.indexOf(wanted, done);
    if (wanted === '' || start < 0) continue;
    let end = start + wanted.length;
    // A number reads better after the closing quotation mark than inside it.
    while (/^[”"’»]/.test(text.slice(end, end + 1))) end++;
    const next = answer.sentences[at + 1];
    const goesOn = next !== undefined && text.startsWith(` ${printable(next.text)}`, end);
    marked += text.slice(done, end) + marks(sentence, goesOn ? next : undefined, numbers, screen);
    done = end;
  }
  return wrap(marked + text.slice(done), screen.width);
}

function citationNumbers(
  sentences: readonly CitedSentence[],
  passages?: readonly CitedPassage[],
): ReadonlyMap<string, number> {
  const cited = sentences.flatMap((sentence) => sentence.citations);
  const listed = passages?.map((passage) => passage.id);
  const ids = listed === undefined ? cited : [...cited.filter((id) => listed.includes(id)), ...listed];
  return new Map([...new Set(ids)].map((id, index) => [id, index + 1]));
}

/** The numbers of a sentence; none when a quotation goes on with the same sources. */
function marks(
  sentence: CitedSentence,
  next: CitedSentence | undefined,
  numbers: ReadonlyMap<string, number>,
  screen: Screen,
): string {
  if (sentence.quoted && next?.quoted && next.citations.join(' ') === sentence.citations.join(' ')) return '';
  const cited = new Set(sentence.citations.flatMap((id) => numbers.get(id) ?? []));
  const labels = [...cited].sort((left, right) => left - right).map((number) => `[${number}]`);
  return labels.length === 0 ? '' : glue + screen.paint('cyan', labels.join(''));
}
