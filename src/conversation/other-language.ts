import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { isLocale, type Locale } from './locale.ts';

/** The articles' language when it is not the visitor's; undefined when one of them is. */
export function otherLanguage(index: KnowledgeIndex, locale: Locale): Locale | undefined {
  const languages = index.documents.map(({ language }) => language.split('-')[0]).filter(isLocale);
  return languages.includes(locale) ? undefined : languages[0];
}
