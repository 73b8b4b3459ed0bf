import type { Answer, SentenceExplanation } from '../../domain.ts';
import { printableLine } from './printable.ts';

/**
 * What was looked up, and why each sentence was kept or withheld, in the order in which they were written; plain text with
 * a line break at the end.
 */
export function renderExplanations(
  explanations: readonly SentenceExplanation[],
  answer: Answer,
  lookedUp?: string,
): string {
  const explained = new Set(explanations.map(({ text }) => text));
  const quoted = answer.sentences
    .filter(({ text, quoted }) => quoted && !explained.has(text))
    .map(({ text, citations }) => block('keep', text, [`quoted   word for word from ${citations.join(', ')}`]));
  const judged = explanations.map(({ text, verdict, reason, nearest }) =>
    block(verdict, text, [
      ...(reason === '' ? [] : [`because  ${reason}`]),
      ...(nearest === null ? [] : [`nearest  ${nearest.sentence} (${nearest.passage})`]),
    ]),
  );
  const nothing = [`No sentence was written: ${answer.outcome}${answer.reason === null ? '' : `, ${answer.reason}`}.`];
  const blocks = [...judged, ...quoted];
  const heading = lookedUp === undefined ? 'Why' : `Looked up\n  ${printableLine(lookedUp)}\n\nWhy`;
  return `\n${heading}\n${(blocks.length > 0 ? blocks : nothing).join('\n')}\n`;
}

function block(verdict: string, text: string, lines: readonly string[]): string {
  return [`${verdict.padEnd(10)} ${printableLine(text)}`, ...lines.map((line) => `  ${printableLine(line)}`)].join(
    '\n',
  );
}
