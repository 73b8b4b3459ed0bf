import type { WidgetSettings } from '../domain.ts';
import { contactLinks } from './contact-links.ts';
import { isLocale } from './locale.ts';
import { type Contacts, disclosure, plainReply } from './safe-replies.ts';
import { widgetWords } from './widget-words.ts';

export interface WidgetSettingsParts {
  readonly contacts: Contacts;
  /** Questions that the article answers. */
  readonly suggestions: () => readonly string[];
  /** Language of the articles. */
  readonly articleLanguage: () => string;
}

/** What the widget shows, in the language of a BCP 47 tag, or in English where there are no words for it. */
export function createWidgetSettings(parts: WidgetSettingsParts): (tag: string | undefined) => WidgetSettings {
  const contacts = contactLinks(parts.contacts);
  return (tag) => {
    const primary = tag?.split('-')[0]?.toLowerCase();
    const language = isLocale(primary) ? primary : 'en';
    return {
      language,
      articleLanguage: parts.articleLanguage(),
      words: widgetWords[language],
      disclosure: disclosure(language),
      greeting: plainReply('greeting', language),
      suggestions: parts.suggestions(),
      contacts,
    };
  };
}
