import { type Locale, locales } from '../../../conversation/locale.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { pt } from './pt.ts';

/** Name and description as Discord shows them in the list of commands. */
export interface Named {
  /** 1 to 32 small letters, digits, `-` and `_`. */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
}

/** Every word of one language that only Discord shows; what is said to a question is in conversation/replies.ts. */
export interface DiscordWords {
  readonly commands: Readonly<
    Record<'ask' | 'faq' | 'sources' | 'topics' | 'forget' | 'about' | 'help' | 'nape', Named>
  >;
  readonly settings: Readonly<
    Record<'channel' | 'allow' | 'deny' | 'everywhere' | 'thread' | 'language' | 'status', Named>
  >;
  readonly options: Readonly<Record<'question' | 'private' | 'channel' | 'switch' | 'language', Named>>;
  readonly on: string;
  readonly off: string;
  /** The choice that leaves the language to each visitor. */
  readonly anyLanguage: string;
  /** In the menu of a message; at most 32 characters. */
  readonly askAbout: string;
  readonly showPassages: string;
  /** Under an answer that is still growing. */
  readonly writing: string;
  readonly thanksForFeedback: string;
  readonly answerGone: string;
  readonly noSources: string;
  /** `{seconds}` */
  readonly slowDown: string;
  readonly notHere: string;
  readonly forgotten: string;
  readonly topicsLead: string;
  readonly faqLead: string;
  readonly faqPick: string;
  readonly faqMore: string;
  readonly faqEmpty: string;
  /** `{contact}` */
  readonly about: string;
  readonly privacy: string;
  /** `{days}`; only where the owner keeps words. */
  readonly keptLonger: string;
  readonly helpLead: string;
  readonly helpMention: string;
  /** `{user}` is how to mention Nape. */
  readonly cannotRead: string;
  readonly nothingAsked: string;
  readonly noText: string;
  /** Name of a thread whose question is not repeated. */
  readonly threadName: string;
  readonly failed: string;
  readonly tooLong: string;
  readonly unavailable: string;
  readonly tookTooLong: string;
  readonly restarting: string;
  readonly onlyManagers: string;
  readonly onlyServers: string;
  /** `{channel}` */
  readonly channelAllowed: string;
  readonly channelDenied: string;
  readonly threadsOn: string;
  readonly threadsOff: string;
  /** `{language}` */
  readonly languageSet: string;
  readonly languageOpen: string;
  readonly everywhere: string;
  /** `{channels}` */
  readonly everywhereBut: string;
  readonly onlyIn: string;
  readonly nowhere: string;
  readonly mayNotWrite: string;
}

export const discordWords: Readonly<Record<Locale, DiscordWords>> = { en, es, de, fr, pt, it };

/** Discord's names of our languages; English is what stands where no other is given. */
export const discordLocales: Readonly<Record<Exclude<Locale, 'en'>, readonly string[]>> = {
  es: ['es-ES', 'es-419'],
  de: ['de'],
  fr: ['fr'],
  pt: ['pt-BR'],
  it: ['it'],
};

/** Our language for one of Discord's; English for those that Nape has no words in. */
export function localeOf(discordLocale: string | undefined): Locale {
  const language = discordLocale?.split('-')[0];
  return locales.find((locale) => locale === language) ?? 'en';
}

/** Every word with its name, for the claim lint. */
export function discordTexts(): readonly { readonly where: string; readonly text: string }[] {
  return locales.flatMap((locale) => texts(`discord.${locale}`, discordWords[locale]));
}

function texts(where: string, value: object): readonly { readonly where: string; readonly text: string }[] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    if (typeof part === 'string') return [{ where: `${where}.${name}`, text: part }];
    return typeof part === 'object' && part !== null ? texts(`${where}.${name}`, part) : [];
  });
}
