import type { Locale } from '../../conversation/locale.ts';
import { disclosure } from '../../conversation/safe-replies.ts';
import type { Answer, CitedSentence, ErrorCode } from '../../domain.ts';
import type { KeyedConversation } from '../../store/store.ts';
import type { Bot } from './bot.ts';
import { type DiscordMessage, discordMessage } from './discord-message.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { isUrgent, renderAnswer, renderSoFar } from './render-message.ts';
import { streamAnswer } from './stream-answer.ts';
import { type DiscordWords, discordWords } from './words/discord-words.ts';

/** Where an answer goes: one interaction, or messages in a channel. */
export interface AnswerTarget {
  /** Tells that an answer is coming. */
  waiting(): Promise<void>;
  /** Shows an answer that is still growing. */
  preview(message: DiscordMessage): Promise<void>;
  /** Shows the answer; an urgent one to the person alone, where that is possible. */
  show(
    messages: readonly DiscordMessage[],
    how: { readonly isUrgent: boolean; readonly answer: Answer },
  ): Promise<void>;
  /** Tells the person alone, where that is possible, why there is no answer. */
  excuse(message: DiscordMessage): Promise<void>;
  /** The same for too many questions, which need not be told each time within `waitMs`. */
  slowDown(message: DiscordMessage, waitMs: number): Promise<void>;
}

export interface Asked {
  readonly text: string;
  readonly userId: string;
  /** Server, channel and person: what was said elsewhere, or by others, is no part of it. */
  readonly key: string;
  readonly locale: Locale;
  /** Whether the question is one of ours and may be repeated above the answer. */
  readonly isOurs: boolean;
  /** When it came, in milliseconds since 1970. */
  readonly askedAt: number;
}

/** Something is said within this time, whatever there is to say. */
const firstAfterMs = 600;
const betweenChangesMs = 1_000;

/** The whole way of one question: limit, conversation, answer as it grows, answer. */
export async function answerQuestion(bot: Bot, asked: Asked, target: AnswerTarget): Promise<void> {
  const { parts, running } = bot;
  const words = discordWords[asked.locale];
  // With many answers under way nothing comes before telling: neither the limits nor the search.
  if (bot.isBusy()) {
    await logged(bot, bot.fairStart.telling(target.waiting));
    await bot.fairStart.turn();
  }
  const waitMs = await limited(bot, asked);
  if (waitMs > 0) {
    const seconds = String(Math.ceil(waitMs / 1_000));
    await target.slowDown(said(words.slowDown.replace('{seconds}', seconds)), waitMs);
    return;
  }
  let isFirst = false;
  async function* events() {
    const current = () => parts.store.conversations.findOrCreate(keyed(asked));
    const { id, turns } = await current();
    isFirst = turns.length === 0;
    await bot.fairStart.turn();
    const history = async () => {
      const now = await current();
      return now.id === id ? now : null;
    };
    yield* parts.ask({ text: asked.text, channel: 'discord', conversation: { id, history }, signal: running.signal });
  }
  const ended = await streamAnswer({
    events: events(),
    surface: {
      waiting: () => logged(bot, bot.fairStart.telling(target.waiting)),
      preview: (sentences: readonly CitedSentence[]) =>
        logged(bot, target.preview(renderSoFar(sentences, words.writing))),
    },
    firstAfterMs: Math.max(0, firstAfterMs - (parts.now() - asked.askedAt)),
    betweenMs: betweenChangesMs,
    sleep: parts.sleep,
    now: parts.now,
  });
  if (ended.kind !== 'answer') {
    const code = ended.kind === 'failure' ? ended.code : 'shutting-down';
    await target.excuse(said(failureWords(code, words)));
    return;
  }
  const { answer } = ended;
  const messages = renderAnswer(answer, {
    words,
    question: asked.isOurs && answer.outcome === 'answered' ? asked.text : undefined,
    disclosure: isFirst && !isUrgent(answer) ? disclosure(asked.locale) : undefined,
  });
  await target.show(messages, { isUrgent: isUrgent(answer), answer });
}

function keyed({ key, userId, locale }: Asked): KeyedConversation {
  return { channel: 'discord', key, owner: userId, locale };
}

/** How long this person has to wait, in milliseconds; 0 when the question may be asked. */
async function limited({ parts }: Bot, { text, userId }: Asked): Promise<number> {
  // A person over the first limit uses up none of the second.
  for (const [kind, key] of [
    ['user', userId],
    ['everyone', ''],
  ] as const) {
    const { allowed, retryAfterMs } = await parts.store.limits.consume(kind, key);
    // Whoever may be in danger is never told to wait.
    if (!allowed) return parts.isUrgent(text) ? 0 : Math.max(1, retryAfterMs);
  }
  return 0;
}

function failureWords(code: ErrorCode, words: DiscordWords): string {
  switch (code) {
    case 'question-too-long':
      return words.tooLong;
    case 'question-empty':
    case 'bad-request':
      return words.noText;
    case 'deadline-exceeded':
      return words.tookTooLong;
    case 'shutting-down':
      return words.restarting;
    case 'knowledge-missing':
    case 'index-unavailable':
    case 'model-unavailable':
      return words.unavailable;
    default:
      return words.failed;
  }
}

async function logged(bot: Bot, step: Promise<void>): Promise<void> {
  await step.catch((thrown: unknown) => bot.logFailure('an answer could not be shown while it grew', thrown));
}

/** Words of ours as a message. */
export function said(text: string): DiscordMessage {
  return discordMessage(escapeMarkdown(text));
}
