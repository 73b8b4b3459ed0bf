import { answerQuestion, said } from './answer-question.ts';
import type { Bot } from './bot.ts';
import { conversationKey } from './commands/visit.ts';
import type { ChannelFacts } from './discord-api.ts';
import { discordMessage } from './discord-message.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { mayAnswer } from './guild-settings.ts';
import { createMessageTarget, whereAllowed } from './message-target.ts';
import { withoutTokens } from './message-text.ts';
import type { ChannelMessage } from './read-message.ts';
import { discordWords } from './words/discord-words.ts';

export interface Surroundings {
  /** The bot's own user. */
  readonly botId: string;
  /** What is known of a channel: from the gateway, or else asked for. */
  channel(channelId: string): Promise<ChannelFacts>;
}

/** A message comes twice only shortly after the first time. */
const repeatedMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** Discord shows for ten seconds that somebody writes. */
const typingMs = 8_000;

/** Answers a message that is meant for the bot, and no other. Never rejects. */
export async function handleMessage(bot: Bot, message: ChannelMessage, surroundings: Surroundings): Promise<void> {
  if (!message.isFromPerson || message.authorId === surroundings.botId || bot.running.isStopping()) return;
  await bot.running.run(async () => {
    try {
      await whereAllowed(bot, message, () => answerIfMeant(bot, message, surroundings));
    } catch (thrown) {
      bot.logFailure('a message could not be answered', thrown);
    }
  });
}

async function answerIfMeant(bot: Bot, message: ChannelMessage, surroundings: Surroundings): Promise<void> {
  const askedAt = bot.parts.now();
  const { parts } = bot;
  const { guildId, channelId, authorId: userId } = message;
  const place = await meantFor(message, surroundings);
  if (place === null) return;
  const settings = await bot.guilds.settings(guildId);
  if (!mayAnswer(settings, channelId, place.parentId)) return;
  if (guildId !== null && (await bot.guilds.muted(guildId)).includes(channelId)) return;
  if (!(await parts.store.claims.first(`discord-message:${message.id}`, repeatedMs))) return;

  const text = withoutTokens(message.content);
  const locale = settings.language ?? parts.detectLocale(text);
  const words = discordWords[locale];
  const opensThread = settings.threads && guildId !== null && !place.isThread;
  const target = createMessageTarget({ bot, message, question: text, words, opensThread });
  if (message.content === '') {
    // Discord hides from us what does not mention us; it says so once, not after each message.
    const isNews = await parts.store.claims.first(`discord-cannot-read:${channelId}:${userId}`, dayMs);
    const ourselves = `<@${surroundings.botId}>`;
    if (isNews) await target.excuse(discordMessage(escapeMarkdown(words.cannotRead).replace('{user}', ourselves)));
    return;
  }
  if (text === '') return target.excuse(said(words.nothingAsked));

  const answered = new AbortController();
  void keepTyping(bot, channelId, answered.signal);
  try {
    // A thread has the id of the message that it starts from.
    const key = conversationKey(guildId, opensThread ? message.id : channelId, userId);
    // The reply shows the question anyway.
    await answerQuestion(bot, { text, userId, key, locale, isOurs: false, askedAt }, target);
  } finally {
    answered.abort();
  }
}

/** Null for a message that is not meant for the bot; else where it is. */
async function meantFor(
  message: ChannelMessage,
  { botId, channel }: Surroundings,
): Promise<Pick<ChannelFacts, 'isThread' | 'parentId'> | null> {
  if (message.guildId === null) return { isThread: false, parentId: null };
  const isAddressed = message.mentionedIds.includes(botId) || message.repliedToId === botId;
  // Only what mentions the bot can be read; asking about each channel of a busy server would be a request a message.
  if (!isAddressed && message.content !== '') return null;
  const facts = await channel(message.channelId);
  return isAddressed || (facts.isThread && facts.ownerId === botId) ? facts : null;
}

/** Shows that somebody writes until the answer is there. */
async function keepTyping(bot: Bot, channelId: string, answered: AbortSignal): Promise<void> {
  // Most answers are quicker than this, and need no typing.
  await bot.parts.sleep(quickMs, answered);
  while (!answered.aborted) {
    // That nobody sees it is no harm; a refusal is met again, and handled, by the answer itself.
    await bot.parts.api.typing(channelId).catch(() => {});
    await bot.parts.sleep(typingMs, answered);
  }
}

const quickMs = 300;
