import type { Span } from '../domain.ts';

/**
 * Sentences of a text in order: disjoint, without white space at their ends, together covering all that is not white
 * space. A single line break is a space, a blank line is a border. Throws RangeError for a malformed `locale`.
 */
export function splitSentences(text: string, locale = 'en'): readonly Span[] {
  const sentences: Span[] = [];
  let open: Span | undefined;
  for (const span of segments(withoutSingleLineBreaks(text), segmenter(locale))) {
    if (open !== undefined && continues(text, open, span)) {
      open = { start: open.start, end: span.end };
      continue;
    }
    if (open !== undefined) sentences.push(open);
    open = span;
  }
  if (open !== undefined) sentences.push(open);
  return sentences;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(locale: string): Intl.Segmenter {
  const known = segmenters.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(locale, { granularity: 'sentence' });
  segmenters.set(locale, made);
  return made;
}

const windowLength = 4_096;

/** Segments without white space at their ends. Window by window, because Intl.Segmenter's time is quadratic. */
function* segments(text: string, segmenter: Intl.Segmenter): Generator<Span> {
  let length = windowLength;
  for (let at = 0; at < text.length; ) {
    const isLast = at + length >= text.length;
    const found = [...segmenter.segment(text.slice(at, at + length))];
    // The last segment of a window may go on after it: it starts the next one.
    const open = isLast ? undefined : found.pop();
    for (const { segment, index } of found) {
      const span = trimmed(segment, at + index);
      if (span !== undefined) yield span;
    }
    if (open === undefined) return;
    // A sentence as long as the window needs a longer one.
    length = open.index === 0 ? length * 2 : windowLength;
    at += open.index;
  }
}

/** Intl.Segmenter ends a sentence at every line break, so a hard-wrapped line must not show it one. */
function withoutSingleLineBreaks(text: string): string {
  return text.replace(/\s+/g, (space) => {
    return lineBreaks(space) === 1 ? ' '.repeat(space.length) : space;
  });
}

function trimmed(segment: string, index: number): Span | undefined {
  const withoutTail = segment.trimEnd();
  const text = withoutTail.trimStart();
  if (text === '') return undefined;
  const start = index + withoutTail.length - text.length;
  return { start, end: start + text.length };
}

// Never the last word of a sentence. "etc." and "a.m." are not here: a capital after them starts a sentence.
const abbreviations = new Set(
  (
    'e.g i.e eg ie cf viz vs approx ca incl esp resp dr drs mr mrs ms mx prof st rev hon sgt capt gen fig figs eq ' +
    'vol pp ed eds dept est min max'
  ).split(' '),
);

// A capital letter with a point before one of these was no initial: "vitamin C. The", "plan B. It".
const sentenceStarters = new Set(
  (
    'a an and as at but by each every for from he here her his how i if in it its many most no not of on one or our ' +
    'she so some such that the their then there these they this those to we what when where which while who why with you your'
  ).split(' '),
);

/** Whether the border that the segmenter found between two spans is none. */
function continues(text: string, before: Span, after: Span): boolean {
  // Enough for the longest abbreviation; the whole sentence again and again would be quadratic.
  const tailStart = Math.max(before.start, before.end - 40);
  const tail = text.slice(tailStart, before.end);
  const head = text.slice(after.start, Math.min(after.end, after.start + 40));
  if (lineBreaks(text.slice(before.end, after.start)) > 1) return false;
  if (!/[\p{L}\p{N}]/u.test(text.slice(after.start, after.end))) return true;
  // A list number or an opening quote alone.
  if (tailStart === before.start && /^(?:\(?(?:\p{N}{1,3}|\p{L})[.)]|[^\p{L}\p{N}]+)$/u.test(tail)) return true;
  if (/[!?]["'”’»)\]]+$/u.test(tail) && /^\p{Ll}/u.test(head)) return true;
  const word = /(?:^|[\s("'“‘[])([\p{L}.]+)\.$/u.exec(tail)?.[1];
  if (word === undefined) return false;
  if (abbreviations.has(word.toLowerCase())) return true;
  if (word === 'No' || word === 'Nos' || word === 'p') return /^\p{N}/u.test(head);
  if (word === 'al') return /^[(\p{N}]/u.test(head);
  if (!/^\p{Lu}(?:\.\p{Lu})*$/u.test(word)) return false;
  const next = /^[\p{L}'’]+/u.exec(head)?.[0];
  return next !== undefined && /^\p{Lu}/u.test(next) && !sentenceStarters.has(next.toLowerCase());
}

function lineBreaks(space: string): number {
  return space.match(/\r\n|[\n\r\v\f\u2028\u2029]/g)?.length ?? 0;
}
