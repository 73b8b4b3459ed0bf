import type { Paragraph, Span } from '../domain.ts';

/** What every format is taken apart into, before the outline is built. */
export type DocumentBlock =
  | (Span & {
      readonly type: 'heading';
      /** Any scale that orders the headings of one document, smaller is further out. */
      readonly rank: number;
      readonly text: string;
    })
  | { readonly type: 'paragraph'; readonly paragraph: Paragraph };

export interface ParsedBlocks {
  readonly blocks: readonly DocumentBlock[];
  /** Whether the first block, a heading, is the title of the document. */
  readonly startsWithTitle: boolean;
  /** What the owner should know, as sentences. */
  readonly problems: readonly string[];
}

/** What a parser of one format reads: `source` from `start` on. */
export interface ParsableText {
  readonly source: string;
  readonly start: number;
  /** BCP 47 tag, for sentence borders. */
  readonly language: string;
}

const mostLineNumbers = 5;

/** Where offsets are, for a message: `line 3`, or `lines 3, 9 and 2 more`. */
export function lineNumbers(source: string, offsets: readonly number[]): string {
  const numbers = offsets
    .slice(0, mostLineNumbers)
    .map((offset) => (source.slice(0, offset).match(/\r\n|\r|\n/g)?.length ?? 0) + 1);
  const more = offsets.length - numbers.length;
  return `line${offsets.length > 1 ? 's' : ''} ${numbers.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
