import type {
  BlockContent,
  DefinitionContent,
  Heading,
  List,
  Paragraph as MarkdownParagraph,
  Root,
  RootContent,
} from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Span } from '../domain.ts';
import { countWords } from './count-words.ts';
import { type DocumentBlock, lineNumbers, type ParsableText, type ParsedBlocks } from './document-block.ts';
import { paragraphSentences } from './paragraph-sentences.ts';
import { readableMarkdown } from './readable-markdown.ts';

/**
 * Headings, paragraphs and list items of Markdown (CommonMark, without code by indentation). Code, HTML and tables are
 * left out. A first `#` heading that is the only one is the title.
 */
export function parseMarkdown(input: ParsableText): ParsedBlocks {
  if (tooDeep.test(input.source)) return unreadable;
  try {
    return readBlocks(input);
  } catch (cause) {
    // Emphasis inside emphasis thousands of times is more than the call stack holds.
    if (cause instanceof RangeError) return unreadable;
    throw cause;
  }
}

const unreadable: ParsedBlocks = {
  blocks: [],
  startsWithTitle: false,
  problems: [
    'The file has quotes, lists or emphasis nested too deep (more than 20); it was left out. Make them flatter.',
  ],
};

function readBlocks(input: ParsableText): ParsedBlocks {
  const state: State = { ...input, blocks: [], html: [], tables: [], longHeadings: [] };
  const root = parse(input.source.slice(input.start));
  for (const node of root.children) {
    if (node.type === 'heading') addHeading(state, node);
    else addContent(state, node, 'paragraph');
  }
  const outermost = state.blocks.filter((block) => block.type === 'heading' && block.rank === 1);
  const startsWithTitle = outermost.length === 1 && outermost[0] === state.blocks[0];
  return { blocks: state.blocks, startsWithTitle, problems: problemsOf(state) };
}

interface State extends ParsableText {
  readonly blocks: DocumentBlock[];
  /** Where something starts that the owner should know of. */
  readonly html: number[];
  readonly tables: number[];
  readonly longHeadings: number[];
}

// The parser's time grows with the square of the depth.
const tooDeep = /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$)){21}/m;

// A setext underline makes one heading of all lines above it; longer than this they were a paragraph.
const mostHeadingWords = 25;

function parse(text: string): Root {
  // An article's first line is indented more often than it is code.
  return fromMarkdown(text, { extensions: [{ disable: { null: ['codeIndented'] } }] });
}

function addHeading(state: State, node: Heading): void {
  const span = spanOf(state, node);
  const text = readableMarkdown(state.source, node.children, state.start).text.replace(/\s+/g, ' ').trim();
  if (text === '') return;
  if (countWords(text) > mostHeadingWords) {
    state.longHeadings.push(span.start);
    addParagraph(state, node, 'paragraph');
    return;
  }
  state.blocks.push({ type: 'heading', rank: node.depth, text, ...span });
}

function addContent(
  state: State,
  node: RootContent | BlockContent | DefinitionContent,
  kind: 'paragraph' | 'list-item',
): void {
  if (node.type === 'heading' || node.type === 'paragraph') addParagraph(state, node, kind);
  else if (node.type === 'list') addList(state, node);
  else if (node.type === 'blockquote') for (const child of node.children) addContent(state, child, kind);
  else if (node.type === 'html' && /[\p{L}\p{N}]/u.test(node.value.replace(/<!--[\s\S]*?(?:-->|$)|<[^<>]*>/g, ' '))) {
    state.html.push(spanOf(state, node).start);
  }
}

function addList(state: State, list: List): void {
  for (const item of list.children) {
    // The first paragraph of an item starts at its mark, so that a passage of items reads as a list.
    const mark = spanOf(state, item).start;
    item.children.forEach((child, index) => {
      if (index === 0 && child.type === 'paragraph') addParagraph(state, child, 'list-item', mark);
      else addContent(state, child, 'list-item');
    });
  }
}

function addParagraph(
  state: State,
  node: MarkdownParagraph | Heading,
  kind: 'paragraph' | 'list-item',
  mark?: number,
): void {
  const content = spanOf(state, node);
  const written = state.source.slice(content.start, content.end);
  if (isTable(written)) {
    state.tables.push(content.start);
    return;
  }
  const readable = readableMarkdown(state.source, node.children, state.start);
  if (!/[\p{L}\p{N}]/u.test(readable.text)) return;
  const sentences = paragraphSentences(state.source, content, readable, state.language);
  const span = { start: mark ?? content.start, end: content.end };
  state.blocks.push({ type: 'paragraph', paragraph: { kind, ...span, sentences } });
}

function isTable(written: string): boolean {
  const delimiters = /^[^\r\n]*\|[^\r\n]*(?:\r\n|\r|\n)([ \t|:-]*-[ \t|:-]*)(?:[\r\n]|$)/.exec(written)?.[1];
  return delimiters?.includes('|') ?? false;
}

function problemsOf(state: State): string[] {
  const at = (offsets: readonly number[]) => lineNumbers(state.source, offsets);
  const problems: string[] = [];
  if (state.html.length > 0) {
    problems.push(`HTML was left out with its words (${at(state.html)}). Write the words as Markdown.`);
  }
  if (state.tables.length > 0) {
    problems.push(`A table was left out (${at(state.tables)}). Write what it says as sentences or as a list.`);
  }
  if (state.longHeadings.length > 0) {
    problems.push(
      `A heading of more than ${mostHeadingWords} words was read as a paragraph (${at(state.longHeadings)}). If it is one, put a blank line between it and the line of dashes below it.`,
    );
  }
  return problems;
}

/** Offsets of a node in the source, without white space at its ends. */
function spanOf(state: State, node: RootContent | List['children'][number]): Span {
  let start = state.start + (node.position?.start.offset ?? 0);
  let end = state.start + (node.position?.end.offset ?? 0);
  while (start < end && /\s/.test(state.source.charAt(start))) start += 1;
  while (end > start && /\s/.test(state.source.charAt(end - 1))) end -= 1;
  return { start, end };
}
