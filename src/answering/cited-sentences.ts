import { splitSentences } from '../language/sentences.ts';

/** A sentence of a model's reply, without its Markdown and without its citation marks. */
export interface CutSentence {
  readonly text: string;
  /** What stood in the square brackets after it: numbers as written, each once; none when the model cited nothing. */
  readonly citations: readonly string[];
}

export interface SentenceCutter {
  /** Sentences that the chunk completes. A sentence is complete once what follows its citations has begun. */
  push(chunk: string): readonly CutSentence[];
  /** What is left when the text is over. */
  end(): readonly CutSentence[];
}

/** Text without a border is cut at this length: memory stays bounded, and no sentence of an answer is near it. */
const mostBuffered = 2_000;
/** Longest run of citation marks that is looked for before a border. */
const mostMarks = 240;

// One mark: [1], [1, 2], [1; 2 and 4], [2-4], [^1], [passage 1], 【1】, or [1](target).
const mark = String.raw`[[【]\s*(?:\^|passages?\s*|sources?\s*)?\d{1,3}(?:\s*(?:,|;|–|-|and|&)+\s*(?:passages?\s*)?\d{1,3})*\s*[\]】](?:\([^()\s]{0,80}\))?`;
const closing = `["'”’»)*_]*`;
/** A full stop before the marks, or after them: a sentence that is over. */
const atCitedEnd = new RegExp(
  String.raw`(?:[.!?…]${closing}\s*(?:${mark}\s*)+|(?:${mark}\s*)+[.!?…]${closing}\s+)$`,
  'iu',
);
const leadingMark = new RegExp(String.raw`^\s*(?:[-*•]\s+)?${mark}`, 'iu');
const anyMark = new RegExp(mark, 'giu');

/** Cuts a streamed text into cited sentences as they arrive; how the text is cut into chunks makes no difference. */
export function createSentenceCutter(): SentenceCutter {
  let buffer = '';
  /** Whether the buffer's white space at the end has a line break. */
  let hasLineBreak = false;

  function take(length = buffer.length): readonly CutSentence[] {
    const segment = buffer.slice(0, length);
    buffer = buffer.slice(length);
    hasLineBreak = false;
    return sentencesOf(segment);
  }

  /** One code unit at a time, so that every decision depends on the text before it and on nothing else. */
  function step(unit: string): readonly CutSentence[] {
    let found: readonly CutSentence[] = [];
    const isSpace = /\s/.test(unit);
    const isInsideCharacter = /[\uDC00-\uDFFF]/.test(unit);
    if (!isSpace && !isInsideCharacter && isBorder(unit)) found = take();
    else if (buffer.length >= mostBuffered && !isInsideCharacter) found = take(cutLength(buffer));
    if (isSpace && buffer === '') return found;
    buffer += unit;
    hasLineBreak = isSpace ? hasLineBreak || unit === '\n' || unit === '\r' : false;
    return found;
  }

  /** Whether a sentence and its citations are over before `next`, which is no white space. */
  function isBorder(next: string): boolean {
    const mayCite = next === '[' || next === '【';
    // Citations may follow on the next line, unless this line has its own in front.
    if (hasLineBreak) return !mayCite || leadingMark.test(buffer) || isFence(buffer);
    if (mayCite || /[.,;:!?)]/.test(next)) return false;
    const last = buffer.at(-1) ?? '';
    if (/["'”’»*_]/.test(next) && !/\s/.test(last)) return false;
    if (next === '(' && last === ']') return false;
    return /[\]】)\s]/.test(last) && atCitedEnd.test(buffer.slice(-mostMarks));
  }

  return {
    push(chunk) {
      const found: CutSentence[] = [];
      for (let at = 0; at < chunk.length; at += 1) found.push(...step(chunk.charAt(at)));
      return found;
    },
    end: () => take(),
  };
}

function isFence(line: string): boolean {
  return /^\s*(?:`{3,}|~{3,})\s*[\w+-]*\s*$/.test(line);
}

/** Where to cut a text that has no border: after its last white space, and never inside a character. */
function cutLength(text: string): number {
  const space = text.search(/\s\S*$/);
  return space > 0 ? space + 1 : text.length;
}

/** Sentences of a stretch of the reply; each gets the citations that stand after it and before the next one. */
function sentencesOf(segment: string): readonly CutSentence[] {
  const { text, citations } = withoutMarks(segment);
  const spans = splitSentences(text);
  const sentences = spans.map(({ start, end }, at) => {
    const nextStart = spans[at + 1]?.start ?? Number.POSITIVE_INFINITY;
    const own = citations.filter((citation) => citation.at > start && citation.at <= nextStart);
    return { text: text.slice(start, end).replace(/\s+/g, ' '), citations: own };
  });
  const [first] = sentences;
  // Marks in front of the first sentence count for it when it has none behind.
  if (first?.citations.length === 0)
    first.citations.push(...citations.filter(({ at }) => at <= (spans[0]?.start ?? 0)));
  return sentences
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence.text))
    .map((sentence) => ({ text: sentence.text, citations: [...new Set(sentence.citations.map(({ id }) => id))] }));
}

interface PlacedCitation {
  readonly id: string;
  /** Offset in the text without marks. */
  readonly at: number;
}

function withoutMarks(segment: string): { readonly text: string; readonly citations: readonly PlacedCitation[] } {
  const lines = segment.split(/\r\n|[\r\n]/).filter((line) => !isFence(line));
  const source = lines
    .map(withoutLineMarkup)
    .join('\n')
    .replace(/\[([^[\]]*)\]\([^()\s]*\)/g, linkText);
  let text = '';
  let from = 0;
  const citations: PlacedCitation[] = [];
  for (const found of source.matchAll(anyMark)) {
    text = (text + withoutInlineMarkup(source.slice(from, found.index))).trimEnd();
    from = found.index + found[0].length;
    citations.push(...numbersOf(found[0]).map((id) => ({ id, at: text.length })));
  }
  text += withoutInlineMarkup(source.slice(from));
  return { text, citations };
}

/** A link's text; a link whose text is a number is left to be a citation. */
function linkText(link: string, text: string): string {
  return /^\s*\^?\d{1,3}\s*$/.test(text) ? link : text;
}

function numbersOf(found: string): readonly string[] {
  // Not the target of a link, which may hold numbers too.
  const inBrackets = /^[^\]】]*/.exec(found)?.[0] ?? '';
  return [...inBrackets.matchAll(/(\d{1,3})(?:\s*[–-]\s*(\d{1,3}))?/g)].flatMap(([, first = '', last]) => {
    const [low, high] = [Number(first), Number(last ?? first)];
    // A range that no list of passages can have is taken as its two ends.
    if (high < low || high - low > 20) return [String(low), String(high)];
    return Array.from({ length: high - low + 1 }, (_, step) => String(low + step));
  });
}

/** A line without the mark of a quotation, heading or list item in front. */
function withoutLineMarkup(line: string): string {
  return line.replace(/^\s*(?:>\s*)*(?:#{1,6}\s+|(?:[-*+•–]|\d{1,2}[.)])\s+)?(?:\[[ xX]\]\s+)?/, '');
}

function withoutInlineMarkup(text: string): string {
  return text.replace(/\*+|`+|~~/g, '').replace(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)([^_\n]*\S)\1(?![\p{L}\p{N}])/gu, '$2');
}
