import type { FaqEntry } from '../domain.ts';
import { faqGroups, placeOf } from './faq-html.ts';

/** The entries as CommonMark: a heading for each group and question, the answer quoted, and where it stands. */
export function faqMarkdown(entries: readonly FaqEntry[]): string {
  const parts = faqGroups(entries).flatMap(({ name, entries: own }) => [
    ...(name === null ? [] : [`## ${plain(name)}`]),
    ...own.flatMap((entry) => [
      `${name === null ? '##' : '###'} ${plain(entry.question)}`,
      answer(entry),
      sources(entry),
    ]),
  ]);
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

function answer({ text, sentences, layout }: FaqEntry): string {
  if (layout === 'prose') return plain(text);
  return sentences.map((sentence) => `- ${shown(sentence.text, sentence.quoted)}`).join('\n');
}

function shown(text: string, quoted: boolean): string {
  return quoted ? `“${plain(text)}”` : plain(text);
}

function sources({ passages }: FaqEntry): string {
  return passages.map((passage) => `*${plain(placeOf(passage))}*`).join('  \n');
}

/** Text in which no sign is taken for markup. */
function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_{}[\]<>#+\-.!|~&]/gu, (sign, at: number, whole: string) => {
    // A full stop or a hyphen inside a line marks nothing.
    const startsLine = /^\s*\d*$/u.test(whole.slice(0, at));
    return '.-+#'.includes(sign) && !startsLine ? sign : `\\${sign}`;
  });
}
