import type { CitedPassage, CitedSentence, FaqEntry } from '../domain.ts';
import { searchedWords } from './search-faq.ts';

/** Text that is safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

export interface FaqGroup {
  /** Null for entries without one. */
  readonly name: string | null;
  /** Its anchor, unlike any entry's. */
  readonly id: string;
  readonly entries: readonly FaqEntry[];
}

/** Entries by group, in the order in which they are shown. */
export function faqGroups(entries: readonly FaqEntry[]): readonly FaqGroup[] {
  const names = [...new Set(entries.map(({ group }) => group))];
  return names.map((name, at) => ({
    name,
    id: `group-${at + 1}`,
    entries: entries.filter(({ group }) => group === name),
  }));
}

/** All groups with their questions, answers and the passages that they cite; what `isShown` leaves out is there but hidden. */
export function faqSectionsHtml(
  entries: readonly FaqEntry[],
  isShown: (entry: FaqEntry) => boolean = () => true,
): string {
  const documents = new Set(entries.flatMap(({ passages }) => passages.map(({ document }) => document)));
  const place = documents.size > 1 ? placeOf : headingOf;
  return faqGroups(entries)
    .map((group) => groupHtml(group, isShown, place))
    .join('\n');
}

type Place = (passage: CitedPassage) => string;

function groupHtml({ name, id, entries }: FaqGroup, isShown: (entry: FaqEntry) => boolean, place: Place): string {
  const heading = name === null ? '' : `<h2 id="${id}">${escapeHtml(name)}</h2>\n`;
  const label = name === null ? '' : ` aria-labelledby="${id}"`;
  // Without a group's heading the questions are the second level.
  const level = name === null ? 2 : 3;
  const hidden = entries.some(isShown) ? '' : ' hidden';
  const articles = entries.map((entry) => entryHtml(entry, level, isShown(entry), place));
  return `<section class="group"${label}${hidden}>\n${heading}${articles.join('\n')}\n</section>`;
}

function entryHtml(entry: FaqEntry, level: 2 | 3, isShown: boolean, place: Place): string {
  const { id, question } = entry;
  const anchor = escapeHtml(id);
  return `<article class="entry" id="${anchor}" data-words="${searchedWords(entry).join(' ')}"${isShown ? '' : ' hidden'}>
<h${level} class="question"><a href="#${anchor}">${escapeHtml(question)}</a></h${level}>
${answerHtml(entry, place)}
</article>`;
}

function answerHtml({ sentences, passages, layout }: FaqEntry, place: Place): string {
  if (layout === 'list') {
    const items = sentences.map((sentence) => {
      const own = passages.filter(({ id }) => sentence.citations.includes(id));
      return `<li>${runHtml([sentence])}\n${sourcesHtml(own, [sentence], place)}</li>`;
    });
    return `<ul class="answer">\n${items.join('\n')}\n</ul>`;
  }
  return `<p class="answer">${runs(sentences).map(runHtml).join(' ')}</p>\n${sourcesHtml(passages, sentences, place)}`;
}

/** Quotations of one passage that follow one another share their quotation marks. */
function runs(sentences: readonly CitedSentence[]): readonly (readonly CitedSentence[])[] {
  const groups: CitedSentence[][] = [];
  for (const sentence of sentences) {
    const last = groups.at(-1)?.[0];
    const isSame = last?.quoted === sentence.quoted && last.citations[0] === sentence.citations[0];
    if (isSame) groups.at(-1)?.push(sentence);
    else groups.push([sentence]);
  }
  return groups;
}

function runHtml(run: readonly CitedSentence[]): string {
  const text = run.map((sentence) => escapeHtml(sentence.text)).join(' ');
  return run[0]?.quoted ? `<q>${text}</q>` : text;
}

function sourcesHtml(passages: readonly CitedPassage[], sentences: readonly CitedSentence[], place: Place): string {
  return passages
    .map((passage) => {
      const own = sentences.filter(({ quoted, citations }) => quoted && citations.includes(passage.id));
      const text = markedHtml(
        passage.text,
        own.map((sentence) => sentence.text),
      );
      return `<details class="source">
<summary>In the article: ${escapeHtml(place(passage))}</summary>
<blockquote>${text}</blockquote>
</details>`;
    })
    .join('\n');
}

function headingOf({ title, headings }: CitedPassage): string {
  return headings.at(-1) ?? title;
}

/** Where a passage stands, for a reader: the title, and the heading above it. */
export function placeOf({ title, headings }: Pick<CitedPassage, 'title' | 'headings'>): string {
  const heading = headings.at(-1);
  return heading === undefined ? title : `${title} › ${heading}`;
}

/** The passage in paragraphs, with what is quoted from it marked. */
function markedHtml(text: string, quoted: readonly string[]): string {
  return text
    .split(/\n\s*\n/u)
    .map((paragraph) => {
      const plain = escapeHtml(paragraph.replace(/\s+/gu, ' ').trim());
      const marked = quoted.reduce((html, sentence) => {
        const found = escapeHtml(sentence);
        return found !== '' && html.includes(found) ? html.split(found).join(`<mark>${found}</mark>`) : html;
      }, plain);
      return `<p>${marked}</p>`;
    })
    .join('');
}

/**
 * The entries as schema.org's FAQPage for search engines, ready to stand in a `script` element: no `<` is left that could
 * end it.
 */
export function faqJsonLd(entries: readonly FaqEntry[], url: string | null): string {
  const page = {
    '@context': 'https://schema.org',
    '@type': 'FAQPage',
    ...(url !== null && { url }),
    mainEntity: entries.map(({ id, question, text }) => ({
      '@type': 'Question',
      name: question,
      ...(url !== null && { url: `${url}#${encodeURIComponent(id)}` }),
      acceptedAnswer: { '@type': 'Answer', text },
    })),
  };
  return JSON.stringify(page).replace(
    /[<>&\u2028\u2029]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
