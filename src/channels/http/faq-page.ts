import { escapeHtml, faqGroups, faqJsonLd, faqSectionsHtml } from '../../conversation/faq-html.ts';
import { searchFaq } from '../../conversation/search-faq.ts';
import type { FaqEntry } from '../../domain.ts';
import { stopWords } from '../../language/stop-words.ts';

/** The FAQ as the HTTP channel gets it; read on every visit. */
export interface FaqContent {
  /** The same array as long as nothing changed. */
  readonly entries: readonly FaqEntry[];
  /** What the answers are about: the titles of the articles. */
  readonly titles: readonly string[];
  /** BCP 47 tag of the articles. */
  readonly language: string;
}

export interface FaqPageParts {
  readonly content: FaqContent;
  readonly query: string;
  /** The page's own address, for search engines; null when it cannot be told. */
  readonly url: string | null;
}

/** Fills the FAQ page. Everything that an owner or a visitor wrote is escaped. */
export function createFaqPage(template: string): (parts: FaqPageParts) => string {
  const small = escapeHtml([...stopWords].join(' '));
  return ({ content, query, url }) => {
    const { entries, titles, language } = content;
    const shown = new Set(searchFaq(entries, query));
    const subject = titles.join(', ');
    const title = subject === '' ? 'Questions and answers' : `${subject}: questions and answers`;
    const lead = leadOf(entries.length, subject);
    const html: Readonly<Record<string, string>> = {
      title: escapeHtml(title),
      description: escapeHtml(`${lead} Every answer shows the passage that it is from.`),
      head: headOf(query, url),
      lead: escapeHtml(lead),
      small,
      query: escapeHtml(query),
      foundNone: escapeHtml(foundText(0)),
      foundOne: escapeHtml(foundText(1)),
      foundMany: escapeHtml(foundText('#')),
      found: query.trim() === '' ? '' : escapeHtml(foundText(shown.size)),
      contents: contentsHtml(entries, shown),
      sections: inLanguage(
        language,
        faqSectionsHtml(entries, (entry) => shown.has(entry)),
      ),
      jsonLd: faqJsonLd(entries, url),
    };
    // One pass: what is filled in is not looked through again.
    return template.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => html[name] ?? '');
  };
}

/** The page's own words are English; the articles need not be. */
function inLanguage(language: string, html: string): string {
  return /^en\b/iu.test(language) ? html : `<div lang="${escapeHtml(language)}">\n${html}\n</div>`;
}

/** Results of a search are not a page of their own to a search engine. */
function headOf(query: string, url: string | null): string {
  const robots = query.trim() === '' ? [] : ['<meta name="robots" content="noindex" />'];
  const canonical = url === null ? [] : [`<link rel="canonical" href="${escapeHtml(url)}" />`];
  return [...robots, ...canonical].join('\n    ');
}

function leadOf(count: number, subject: string): string {
  if (count === 0) return 'There are no questions here yet.';
  const about = subject === '' ? '' : ` about ${subject}`;
  return count === 1 ? `A question${about} and its answer.` : `${count} questions${about}, answered from the article.`;
}

function foundText(count: number | '#'): string {
  if (count === 0) return 'No question here has all of these words. Try fewer, or ask the assistant.';
  return count === 1 ? 'One question has these words.' : `${count} questions have these words.`;
}

function contentsHtml(entries: readonly FaqEntry[], shown: ReadonlySet<FaqEntry>): string {
  const items = faqGroups(entries).flatMap(({ name, id, entries: own }) => {
    if (name === null) return [];
    const hidden = own.some((entry) => shown.has(entry)) ? '' : ' hidden';
    return [`<li${hidden}><a href="#${id}">${escapeHtml(name)}</a></li>`];
  });
  return items.length > 0 ? `<ul>\n${items.join('\n')}\n</ul>` : '';
}
