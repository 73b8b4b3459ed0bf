import { localeOf } from '../../conversation/locale.ts';
import { disclosure } from '../../conversation/safe-replies.ts';
import type { Answer, CitedSentence, OngoingConversation, Question } from '../../domain.ts';
import { type ChatInput, createChatInput } from './chat-input.ts';
import type { Command, CommandContext } from './commands.ts';
import { nearest } from './nearest.ts';
import { createPreview } from './preview.ts';
import { printable, printableLine } from './printable.ts';
import { type AnswerEnding, readAnswer } from './read-answer.ts';
import { numberedPassages, renderAnswer, renderSentences, renderSource } from './render-answer.ts';
import { createExplanations } from './render-explanations.ts';
import type { Screen } from './screen.ts';
import { glue, wrap } from './wrap.ts';

const hint = 'Type a question, /help for what else can be typed, Ctrl-D to leave.';
const help = `/sources    The passages behind the last answer, in full
/new        Start a new conversation
/help       This list
/quit       Leave
Ctrl-C stops an answer; the arrow keys recall earlier questions.`;
const slashCommands = ['/sources', '/new', '/help', '/quit', '/exit'] as const;

/** `nape chat`: questions and answers until the person leaves. */
export const runChat: Command = async (context, { explain }) => {
  const { stdin, screen, stop } = context;
  const conversational = stdin.isTTY === true && screen.terminal;
  if (conversational) {
    const told = disclosure(localeOf(context.locale) ?? 'en');
    screen.write(`${screen.paint('dim', wrap(`${told}\n${hint}`, screen.width))}\n\n`);
  }
  let stopAnswer = new AbortController();
  const input = createChatInput({
    stdin,
    screen,
    prompt: conversational ? screen.paint('bold', screen.ascii ? '> ' : '› ') : '',
    onInterrupt: () => stopAnswer.abort(),
  });
  const leave = (): void => {
    stopAnswer.abort();
    input.close();
  };
  stop.addEventListener('abort', leave, { once: true });
  try {
    const failed = await converse(context, input, explain, () => {
      stopAnswer = new AbortController();
      if (stop.aborted) stopAnswer.abort();
      return stopAnswer.signal;
    });
    // A person has read the error; a script needs to hear of it.
    return failed && !conversational ? 1 : 0;
  } finally {
    stop.removeEventListener('abort', leave);
    input.close();
    if (conversational) screen.write('\n');
  }
};

/** True when an answer failed. */
async function converse(
  context: CommandContext,
  input: ChatInput,
  explain: boolean,
  newSignal: () => AbortSignal,
): Promise<boolean> {
  const { app, screen, errors, stop } = context;
  let conversation: OngoingConversation | undefined;
  let lastAnswer: Answer | undefined;
  let failed = false;
  while (!stop.aborted) {
    const line = (await input.next())?.trim();
    if (line === undefined || line === '/quit' || line === '/exit') break;
    if (line === '') continue;
    if (line === '/new') {
      conversation = undefined;
      lastAnswer = undefined;
    }
    if (line.startsWith('/')) {
      screen.write(`${runSlashCommand(line, lastAnswer, screen)}\n\n`);
      continue;
    }
    // Idle for too long, a conversation is gone: the next question begins a new one.
    if (!conversation || !(await conversation.history())) conversation = await app.openConversation();
    const why = explain ? createExplanations() : null;
    const ending = await answerQuestion(context, { text: line, conversation, ...why?.hears }, newSignal());
    if (ending.kind === 'answer') {
      lastAnswer = ending.answer;
      if (why) errors.write(`${why.text(ending.answer)}\n`);
    }
    if (ending.kind === 'stopped') screen.write(`\n${screen.paint('dim', 'Stopped.')}\n\n`);
    if (ending.kind === 'error') {
      failed = true;
      errors.write(`${errors.paint('red', wrap(printable(ending.message), errors.width))}\n\n`);
    }
  }
  return failed;
}

async function answerQuestion(
  { app, screen, locale }: CommandContext,
  asked: Question,
  signal: AbortSignal,
): Promise<AnswerEnding> {
  const sentences: CitedSentence[] = [];
  const preview = createPreview(screen);
  const show = (text: string): void => {
    if (screen.animated) preview.show(text);
  };
  const question = { ...asked, signal, channel: 'cli', ...(locale !== undefined && { locale }) } as const;
  return readAnswer(app.ask(question), signal, (event) => {
    if (event.type === 'passages-found' && event.passages.length > 0) {
      show(screen.paint('dim', 'Reading the article…'));
    } else if (event.type === 'sentence-verified') {
      sentences.push(event.sentence);
      show(renderSentences(sentences, screen));
    } else if (event.type === 'answer-error') {
      show('');
    } else if (event.type === 'answer-end') {
      const whole = `${renderAnswer(event.answer, screen)}\n`;
      if (screen.animated) preview.show(whole);
      else screen.write(whole);
    }
  });
}

function runSlashCommand(line: string, lastAnswer: Answer | undefined, screen: Screen): string {
  const name = line.split(/\s/)[0] ?? line;
  if (name === '/help') return help;
  if (name === '/new') return 'A new conversation. What was said before no longer counts.';
  if (name === '/sources') return renderPassages(lastAnswer, screen);
  const meant = nearest(name, slashCommands);
  const suggestion = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `There is no ${printableLine(name)}.${suggestion} /help lists what can be typed.`;
}

function renderPassages(answer: Answer | undefined, screen: Screen): string {
  if (answer === undefined) return 'There is no answer yet. Ask a question first.';
  const sources = numberedPassages(answer);
  if (sources.length === 0) return 'The last answer cites no passage.';
  return sources
    .map(({ number, passage }) => {
      // A line break in the source is no line break of the text; an empty line is.
      const text = printable(passage.text)
        .trim()
        .replace(/\s*\n\s*\n\s*/g, glue)
        .replace(/\s+/g, ' ')
        .replaceAll(glue, '\n');
      const quoted = wrap(text, screen.width - 4).replace(/^/gm, '    ');
      return `${renderSource(number, passage, screen)}\n${quoted}`;
    })
    .join('\n\n');
}
