import type { ContactLink } from '../domain.ts';

/** Quotation marks and bullets of the plain text: the widget shows both in its own way. */
const textMarks = /^[\s“”•]+|[\s“”•]+$/g;

/** The paragraphs of a reply that are not its sentences, each with the number of the sentence that it stands before. */
export function fixedWordsAround(text: string, sentences: readonly string[]): readonly (readonly [number, string])[] {
  const around: [number, string][] = [];
  let rest = text;
  const add = (part: string, at: number) => {
    for (const paragraph of part.split(/\n\s*\n/)) {
      const words = paragraph.replace(textMarks, '');
      if (words) around.push([at, words]);
    }
  };
  sentences.forEach((sentence, at) => {
    const start = rest.indexOf(sentence);
    if (start < 0) return;
    add(rest.slice(0, start), at);
    rest = rest.slice(start + sentence.length);
  });
  add(rest, sentences.length);
  return around;
}

/** A text with the configured numbers and addresses in it as links, in reading order. */
export function withLinks(text: string, [first, ...others]: readonly ContactLink[]): readonly (string | ContactLink)[] {
  if (!first) return [text];
  return text.split(first.text).flatMap((piece, at) => [...(at ? [first] : []), ...withLinks(piece, others)]);
}

/** Whether a link may lead there; one that runs script may not, whatever the server says. */
export function isLinkable(href: string): boolean {
  return /^(tel|mailto|https?):/.test(href);
}

/** A passage cut so that every second piece, from the second on, is one of the quoted sentences. */
export function highlighted(passage: string, sentences: readonly string[]): readonly string[] {
  // A line break before a letter is a space, as it is in the sentences; a list keeps its lines.
  const text = passage.replace(/\n(?=\p{L})/gu, ' ');
  const patterns = sentences.map((sentence) => sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return text.split(RegExp(`(${patterns.join('|') || '$^'})`));
}
