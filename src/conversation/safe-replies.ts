import type { GreetingReason, RedirectReason, RefusalReason } from '../domain.ts';
import type { Locale } from './locale.ts';
import { fixedWords } from './replies.ts';

/** Numbers and contacts of the place, from the configuration; what is missing is said in neutral words. */
export interface Contacts {
  readonly emergencyNumber?: string | undefined;
  readonly crisisLine?: string | undefined;
  /** Telephone, address or page of the place. */
  readonly contact?: string | undefined;
}

/** Classes whose reply carries the emergency line: all that may be about somebody's health or safety. */
export const reasonsWithEmergencyLine: readonly RedirectReason[] = [
  'crisis',
  'emergency',
  'after-visit',
  'complaint',
  'symptom',
  'suitability',
  'instructions',
  'efficacy',
  'minor',
];

export interface RedirectReplyParts {
  readonly reason: RedirectReason;
  readonly locale: Locale;
  readonly contacts: Contacts;
}

/** The whole reply of a redirect: the same for whatever was typed. */
export function redirectReply({ reason, locale, contacts }: RedirectReplyParts): string {
  const words = fixedWords[locale];
  return words.redirects[reason]
    .replaceAll('{emergency}', contacts.emergencyNumber ?? words.missing.emergencyNumber)
    .replaceAll('{crisis}', contacts.crisisLine ?? words.missing.crisisLine)
    .replaceAll('{contact}', contacts.contact ?? words.missing.contact);
}

/** What is said to a greeting, to thanks, to whoever asks what Nape is, and when there is no answer. */
export function plainReply(reason: GreetingReason | RefusalReason | 'about', locale: Locale): string {
  return fixedWords[locale].plain[reason];
}

/** Told before the first message on every surface. */
export function disclosure(locale: Locale): string {
  return fixedWords[locale].disclosure;
}

/** Told, in the visitor's language, when the article is in another; `language` is that of the article. */
export function articleLanguageReply(locale: Locale, language: Locale): string {
  const words = fixedWords[locale];
  return words.articleLanguage.replaceAll('{language}', words.languageNames[language]);
}
