import { said } from '../answer-question.ts';
import { customId, readCustomId } from '../custom-id.ts';
import { askHere } from './ask.ts';
import { runFaqPick, turnFaqPage } from './faq.ts';
import { runPassages } from './sources.ts';
import { runOwnQuestion } from './topics.ts';
import type { Visit } from './visit.ts';

/** A button or a menu of one of our messages. */
export async function runPress(visit: Visit): Promise<void> {
  const { action } = visit.interaction;
  if (action.kind !== 'press') return;
  const press = readCustomId(action.customId);
  const to = action.isPrivate ? 'one' : 'everyone';
  switch (press?.kind) {
    case 'up':
    case 'down':
      return rate(visit, press.turnId, press.kind);
    case 'passages':
      return runPassages(visit, press.turnId);
    case 'suggestion': {
      const question = await suggested(visit, press.turnId, press.at);
      return question === null ? gone(visit) : askHere(visit, question, to);
    }
    case 'question':
      return runOwnQuestion(visit, press.digest, to);
    case 'faq-pick':
      return runFaqPick(visit, action.values[0]);
    case 'faq-page':
      return turnFaqPage(visit, press.page);
    case undefined:
      return gone(visit);
  }
}

async function rate({ bot, reply, words }: Visit, turnId: string, value: 'up' | 'down'): Promise<void> {
  const isKept = await bot.parts.store.feedback.save({ turnId, value });
  await reply.show([said(isKept ? words.thanksForFeedback : words.answerGone)], 'one');
}

/** The question as it was suggested; once the answer is forgotten, what the button still says, unless that was cut. */
async function suggested({ bot, interaction: { action } }: Visit, turnId: string, at: number): Promise<string | null> {
  const found = await bot.parts.store.conversations.findTurn(turnId);
  const question = found?.turn.suggestions[at];
  if (question !== undefined) return question;
  const label = action.kind === 'press' ? action.labels[customId({ kind: 'suggestion', turnId, at })] : undefined;
  return label === undefined || label.endsWith('…') ? null : label;
}

function gone({ reply, words }: Visit): Promise<void> {
  return reply.show([said(words.answerGone)], 'one');
}
