import type { Answer, Question, SentenceExplanation } from '../../domain.ts';
import { printableLine } from './printable.ts';

/** Hears of one question what `--explain` tells. */
export interface Explanations {
  readonly hears: Required<Pick<Question, 'onExplain' | 'onStandAlone'>>;
  text(answer: Answer): string;
}

export function createExplanations(): Explanations {
  const explanations: SentenceExplanation[] = [];
  let lookedUp: string | undefined;
  return {
    hears: {
      onExplain: (explanation) => void explanations.push(explanation),
      onStandAlone(question) {
        lookedUp = question;
      },
    },
    text: (answer) => renderExplanations(explanations, answer, lookedUp),
  };
}

/**
 * What was looked up, and why each sentence was kept or withheld, in the order in which they were written; plain text with
 * a line break at the end.
 */
function renderExplanations(
  explanations: readonly SentenceExplanation[],
  answer: Answer,
  lookedUp: string | undefined,
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
