import { fixedWords } from '../../../conversation/replies.ts';
import { disclosure } from '../../../conversation/safe-replies.ts';
import { discordMessage } from '../discord-message.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import type { DiscordWords } from '../words/discord-words.ts';
import type { Visit } from './visit.ts';

/** `/about`: what this is, who runs it, what is kept. */
export async function runAbout({ bot, reply, locale, words }: Visit): Promise<void> {
  const contact = bot.parts.contacts.contact ?? fixedWords[locale].missing.contact;
  const paragraphs = [words.about.replace('{contact}', contact), disclosure(locale), words.privacy];
  const days = bot.parts.keepQuestionsDays;
  if (days > 0) paragraphs.push(words.keptLonger.replace('{days}', String(days)));
  await reply.show([discordMessage(paragraphs.map(escapeMarkdown).join('\n\n'))], 'one');
}

const listed = ['ask', 'faq', 'sources', 'topics', 'forget', 'about'] as const;

/** `/help`: what can be done here. */
export async function runHelp({ interaction, reply, words }: Visit): Promise<void> {
  const names = interaction.canManage && interaction.guildId !== null ? [...listed, 'nape' as const] : listed;
  await reply.show([discordMessage(helpText(words, names))], 'one');
}

/** The commands under the names that they have in this language. */
function helpText(words: DiscordWords, names: readonly (keyof DiscordWords['commands'])[]): string {
  const lines = names.map(
    (name) => `- **/${words.commands[name].name}** ${escapeMarkdown(words.commands[name].description)}`,
  );
  return [escapeMarkdown(words.helpLead), ...lines, escapeMarkdown(words.helpMention)].join('\n');
}
