import type { Locale } from '../../conversation/locale.ts';
import type { Contacts } from '../../conversation/safe-replies.ts';
import type { Ask, Passage } from '../../domain.ts';
import type { Log } from '../../log.ts';
import type { Claims, Conversations, FeedbackLog, Limits, Settings } from '../../store/store.ts';
import type { DiscordApi } from './discord-api.ts';

/** What the bot is made of; every effect is one of these. */
export interface BotParts {
  readonly api: DiscordApi;
  readonly ask: Ask;
  readonly store: {
    readonly conversations: Pick<Conversations, 'findOrCreate' | 'findTurn' | 'eraseOwner'>;
    readonly feedback: Pick<FeedbackLog, 'save'>;
    readonly settings: Settings;
    readonly claims: Pick<Claims, 'first'>;
    readonly limits: Pick<Limits, 'consume'>;
  };
  passage(id: string): Passage | undefined;
  /** Outermost headings of the articles. */
  topics(): readonly string[];
  faq(): readonly { readonly question: string }[];
  /** Questions that the articles answer. */
  suggestions(): readonly string[];
  /** Whether a text reads like a crisis or an emergency; decided at once, by fixed words. */
  isUrgent(text: string): boolean;
  detectLocale(text: string): Locale;
  readonly contacts: Contacts;
  /** Days for which the owner keeps words of questions beyond their conversation; 0 for none. */
  readonly keepQuestionsDays: number;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}
