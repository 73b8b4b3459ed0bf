import type { Answer } from '../../domain.ts';
import type { Command } from './commands.ts';
import { printable } from './printable.ts';
import { readAnswer } from './read-answer.ts';
import { renderAnswer } from './render-answer.ts';
import { createExplanations } from './render-explanations.ts';

/** `nape ask`: one question, one answer. */
export const runAsk: Command = async ({ app, screen, errors, stop }, { question, json, explain }) => {
  const why = explain ? createExplanations() : null;
  const asked = { text: question, channel: 'cli', signal: stop, ...why?.hears } as const;
  const ending = await readAnswer(app.ask(asked), stop);
  if (ending.kind === 'stopped') {
    errors.write('nape: Stopped before the answer was complete.\n');
    return 1;
  }
  if (ending.kind === 'error') {
    errors.write(`nape: ${printable(ending.message)}\n`);
    return 1;
  }
  screen.write(json ? answerJson(ending.answer, screen.terminal) : renderAnswer(ending.answer, screen));
  if (why) errors.write(why.text(ending.answer));
  return 0;
};

/** One line for programs, indented for a person; characters that could steer a terminal are escaped. */
function answerJson(answer: Answer, indented: boolean): string {
  const json = JSON.stringify(answer, null, indented ? 2 : undefined);
  const safe = json.replace(/[\u007f-\u009f\u2028\u2029]|\p{Bidi_Control}/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `${safe}\n`;
}
