import type { CitedPassage, WidgetWords } from '../domain.ts';
import { append, button, element, empty } from './element.ts';
import { highlighted } from './reply-segments.ts';

export interface PassageView {
  /** The numbered button that opens and closes the passage. */
  readonly mark: HTMLElement;
  readonly node: HTMLElement;
  /** Marks these sentences in the text. */
  highlight(quoted: readonly string[]): void;
}

/** One quoted passage with its headings, closed until its mark is pressed; on paper it is open. */
export function createPassageView(
  number: number,
  { title, headings, text }: CitedPassage,
  language: string,
  words: WidgetWords,
): PassageView {
  const quote = element('blockquote', '', [text], { lang: language });
  const source = element('figcaption', '', [element('b', '', [`${number}`]), ` ${[title, ...headings].join(' › ')}`]);
  // Not live: it opens under the finger of who asked for it.
  const node = element('figure', 'passage', [source, quote], { 'aria-live': 'off', hidden: '' });
  const label = `${words.source} ${number}: ${headings.at(-1) ?? title}`;
  const mark = button(
    'citation',
    `${number}`,
    () => {
      node.hidden = !node.hidden;
      mark.ariaExpanded = `${!node.hidden}`;
    },
    '',
    { 'aria-label': label, title: words.source, 'aria-expanded': 'false', 'aria-live': 'off' },
  );
  return {
    mark,
    node,
    highlight(quoted) {
      empty(quote);
      append(quote, ...highlighted(text, quoted).map((piece, at) => (at % 2 ? element('mark', '', [piece]) : piece)));
    },
  };
}
