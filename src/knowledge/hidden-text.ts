import type { KnowledgeProblem, Sentence, Span } from '../domain.ts';
import { splitSentences } from '../language/sentences.ts';

/** Something in an article that a reader of the page does not see, or that speaks to the assistant. */
export interface HiddenText {
  readonly kind: 'html-comment' | 'html' | 'hidden-characters' | 'instruction';
  /** From 1. */
  readonly line: number;
  /** What stands there, shortened, with invisible characters written out. */
  readonly text: string;
}

/** Every hidden or suspicious stretch of an article's source, in reading order. */
export function findHiddenText(source: string): readonly HiddenText[] {
  const found: (HiddenText & { readonly at: number })[] = [];
  const tell = (kind: HiddenText['kind'], at: number, text: string) =>
    found.push({ kind, at, line: lineAt(source, at), text: shown(text) });
  for (const match of source.matchAll(comments)) tell('html-comment', match.index, match[0]);
  const bare = source.replace(comments, (comment) => ' '.repeat(comment.length));
  for (const match of bare.matchAll(tags)) tell('html', match.index, match[0]);
  // Once for a line: hidden text is often spread over each letter of it.
  const lines = new Set<number>();
  for (const match of source.matchAll(runsOfInvisible)) {
    const line = lineAt(source, match.index);
    if (!lines.has(line)) tell('hidden-characters', match.index, match[0]);
    lines.add(line);
  }
  for (const { start, end } of splitSentences(bare)) {
    const sentence = bare.slice(start, end);
    if (givesOrders(sentence)) tell('instruction', start, sentence);
  }
  return found.sort((first, second) => first.at - second.at).map(({ kind, line, text }) => ({ kind, line, text }));
}

/** The same as problems to tell the owner, one for each stretch. */
export function hiddenTextProblems(file: string, source: string): readonly KnowledgeProblem[] {
  return findHiddenText(source).map(({ kind, line, text }) => ({
    file,
    message: `Line ${line} ${messages[kind]}: ${text}`,
  }));
}

const messages: Readonly<Record<HiddenText['kind'], string>> = {
  'html-comment': 'holds an HTML comment, which readers do not see. It is never quoted; delete it if it is not yours',
  html: 'holds HTML, which can hide or run things. It is never quoted; write plain Markdown instead',
  'hidden-characters': 'holds characters that readers do not see. What they touch is never quoted; delete them',
  instruction: 'speaks to the assistant and not to readers. It is never quoted; delete it if it is not yours',
};

/**
 * Whether a sentence of an article must not be quoted: it gives orders to an assistant, pretends to be a system's
 * text, or carries what no article needs (markup, links, mentions, hidden characters).
 */
export function isInstructionToAssistant(sentence: string): boolean {
  return hiddenCharacters.test(sentence) || markup.test(sentence) || links.test(sentence) || givesOrders(sentence);
}

/** Whether a sentence gives orders to an assistant, its invisible characters left out. */
function givesOrders(sentence: string): boolean {
  const plain = sentence
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .toLowerCase();
  return orders.some((order) => order.test(plain));
}

/** Tells of a document's sentences which ones may be quoted: not those that hide, nor those that give orders. */
export function createIsQuotable(source: string): (sentence: Sentence) => boolean {
  const hidden = hiddenElements(source);
  return ({ text, start, end }) =>
    !isInstructionToAssistant(text) && !hidden.some((element) => element.start < end && element.end > start);
}

/** HTML elements that a page hides or runs, from their opening tag to their closing one or the end of the block. */
function hiddenElements(source: string): readonly Span[] {
  return [...source.matchAll(hidingTags)].map((match) => {
    const name = match[1] ?? '';
    const rest = source.slice(match.index);
    const close = new RegExp(`</${name}\\s*>`, 'iu').exec(rest);
    const blockEnd = rest.search(/\n[ \t]*\n/u);
    const length = close ? close.index + close[0].length : blockEnd === -1 ? rest.length : blockEnd;
    return { start: match.index, end: match.index + length };
  });
}

const comments = /<!--[\s\S]*?(?:-->|$)/gu;
const tags = /<\/?[a-z][^>\n]{0,400}>|<\|[^|>\n]{1,40}\|>/giu;
const hidingTags =
  /<(script|style|iframe|template|noscript|object|embed|svg|[a-z][a-z0-9]*(?=[^>]*\s(?:style|hidden|aria-hidden|on[a-z]+|href\s*=\s*["']?\s*javascript)))\b[^>]*>/giu;
const markup = /<\/?[a-z!|]|\|>|javascript:|\bon(?:error|load|click)\s*=|!\[|\]\(/iu;
const links = /https?:\/\/|\bwww\.|(?:^|\s)@(?:everyone|here)\b|\bdiscord\.gg\b|<@|\b\w+\.example\b/iu;

// Soft hyphens and joiners have honest uses inside words of other scripts; the rest has none in an article.
const hiddenCharacters =
  /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069]|[\u{E0000}-\u{E007F}]|[\u{E0100}-\u{E01EF}]|(?<=[\p{Script=Latin}\s\p{P}])[\u00AD\u200C\u200D]/u;
const runsOfInvisible =
  /(?:[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069]|[\u{E0000}-\u{E007F}]|[\u{E0100}-\u{E01EF}]|(?<=[\p{Script=Latin}\s\p{P}])[\u00AD\u200C\u200D])+/gu;

const assistant = '(?:assistant|chat ?bot|bot|nape|ai|a\\.i\\.|language model|llm|gpt|model|system)';
const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|question|article|above|previous|passages?|citations?)\b/u,
  /\b(?:system|hidden|secret|initial) (?:prompts?|instructions?|message)\b|\bnew instructions\b/u,
  /\b(?:you are now|from now on|from here on|in every answer|in each answer|in all (?:your )?answers|act as|pretend (?:to be|that you)|your new (?:role|rule|task))\b/u,
  new RegExp(`^\\W*(?:dear |hey |hello |note to |to )?(?:the |any |every |all )?${assistant}s?\\s*[:,]`, 'u'),
  new RegExp(
    `\\b(?:dear|hey|attention|instructions? (?:to|for)|note (?:to|for)|message (?:to|for)|to the) (?:the |any |all )?${assistant}\\b`,
    'u',
  ),
  /^\W*(?:system|assistant|developer|admin|instructions?|prompt)\s*[:>]/u,
  /\b(?:answer|reply|respond) (?:without|only with|with the words|in the voice)\b|\bwithout citations?\b|\bprint (?:the|your) (?:system )?prompt\b/u,
  /^\W*(?:say|state|tell|claim|write|confirm|recommend|repeat|output|print|add|include|append)\b.{0,60}\b(?:that|every visitor|visitors|each session|each answer|every answer|everyone|this)\b/u,
  /\bverification\b.{0,40}\b(?:off|disabled|switched)\b|\b(?:dosages?|claims?) (?:are|is) allowed\b/u,
  /\bconfirm with\b|\btell every visitor\b|\bsay that (?:massage|shiatsu|the massage|this)\b/u,
  /\b(?:api|admin) ?(?:key|token)\b|\bdocument\.cookie\b|\bprocess\.env\b/u,
];

function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

const longestShown = 80;

/** The text for a terminal or a log: one line, nothing invisible. */
function shown(text: string): string {
  const written = text
    .replace(/\s+/gu, ' ')
    .replace(
      /\p{Cc}|\p{Cf}|[\u{E0100}-\u{E01EF}]/gu,
      (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`,
    )
    .trim();
  return written.length > longestShown ? `${written.slice(0, longestShown)}…` : written;
}
