import { said } from '../answer-question.ts';
import { customId, questionDigest } from '../custom-id.ts';
import { clip, discordLimits } from '../discord-limits.ts';
import { type Button, discordMessage, row } from '../discord-message.ts';
import { escapeLine, escapeMarkdown, neutraliseLine } from '../escape-markdown.ts';
import { ownQuestions } from '../own-questions.ts';
import { splitMessage } from '../split-message.ts';
import { askHere } from './ask.ts';
import type { Visit } from './visit.ts';

const mostQuestions = 3;

/** `/topics`: what the article covers, with questions to begin with. */
export async function runTopics({ bot, reply, words }: Visit): Promise<void> {
  const topics = bot.parts.topics().map((topic) => `- ${escapeLine(topic)}`);
  if (topics.length === 0) return reply.show([said(words.unavailable)], 'one');
  const buttons = ownQuestions(bot.parts)
    .slice(0, mostQuestions)
    .map(
      (question): Button => ({
        type: 2,
        style: 2,
        custom_id: customId({ kind: 'question', digest: questionDigest(question) }),
        label: clip(neutraliseLine(question), discordLimits.buttonLabel),
      }),
    );
  const text = [escapeMarkdown(words.topicsLead), ...topics].join('\n');
  const parts = splitMessage(text, discordLimits.content);
  const rows = buttons.length > 0 ? [row(...buttons)] : [];
  await reply.show(
    parts.map((part, at) => discordMessage(part, at === parts.length - 1 ? rows : [])),
    'one',
  );
}

/** A question of ours that was offered without an answer before it. */
export async function runOwnQuestion(visit: Visit, digest: string, to: 'everyone' | 'one'): Promise<void> {
  const question = ownQuestions(visit.bot.parts).find((own) => questionDigest(own) === digest);
  if (question === undefined) return visit.reply.show([said(visit.words.answerGone)], 'one');
  await askHere(visit, question, to);
}
