import { said } from '../answer-question.ts';
import { customId, questionDigest } from '../custom-id.ts';
import { clip, discordLimits } from '../discord-limits.ts';
import { type ActionRow, type DiscordMessage, discordMessage, row } from '../discord-message.ts';
import { escapeMarkdown, neutraliseLine } from '../escape-markdown.ts';
import { ownQuestions } from '../own-questions.ts';
import type { DiscordWords } from '../words/discord-words.ts';
import { askHere } from './ask.ts';
import type { Visit } from './visit.ts';

/** `/faq`: a menu of the frequent questions, for the person alone. */
export async function runFaq({ bot, reply, words }: Visit): Promise<void> {
  const questions = ownQuestions(bot.parts);
  const message = questions.length === 0 ? said(words.faqEmpty) : faqPage(questions, 0, words);
  await reply.show([message], 'one');
}

/** Another page of the menu, in place of the one before. */
export async function turnFaqPage({ bot, reply, words }: Visit, page: number): Promise<void> {
  const questions = ownQuestions(bot.parts);
  await reply.replace(questions.length === 0 ? said(words.faqEmpty) : faqPage(questions, page, words));
}

/** Answers the picked question. */
export async function runFaqPick(visit: Visit, digest: string | undefined): Promise<void> {
  const question = ownQuestions(visit.bot.parts).find((own) => questionDigest(own) === digest);
  if (question === undefined) return visit.reply.show([said(visit.words.answerGone)], 'one');
  await askHere(visit, question, 'one');
}

function faqPage(questions: readonly string[], page: number, words: DiscordWords): DiscordMessage {
  const pages = Math.ceil(questions.length / discordLimits.selectOptions);
  const shown = page % pages;
  const start = shown * discordLimits.selectOptions;
  const options = questions.slice(start, start + discordLimits.selectOptions).map((question) => ({
    label: clip(neutraliseLine(question), discordLimits.selectText),
    value: questionDigest(question),
  }));
  const menu = row({ type: 3, custom_id: customId({ kind: 'faq-pick' }), placeholder: words.faqPick, options });
  const more: readonly ActionRow[] =
    pages === 1
      ? []
      : [
          row({
            type: 2,
            style: 2,
            custom_id: customId({ kind: 'faq-page', page: (shown + 1) % pages }),
            label: `${words.faqMore} (${shown + 1}/${pages})`,
          }),
        ];
  return discordMessage(escapeMarkdown(words.faqLead), [menu, ...more]);
}
