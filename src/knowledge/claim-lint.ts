import type { Document } from '../domain.ts';
import { splitSentences } from '../language/sentences.ts';
import type { AcknowledgedClaim, ClaimException, ClaimLexicon } from './claim-lexicon.ts';

/** A word in Nape's own voice that claims something. */
export interface ClaimFinding {
  /** What was read: a key of the fixed words, a file, `answer`. */
  readonly where: string;
  /** From 1, within the text. */
  readonly line: number;
  readonly word: string;
  readonly kind: ClaimKind;
  readonly sentence: string;
}

export type ClaimKind = 'benefit' | 'assurance' | 'likelihood' | 'profession' | 'condition';

/** A sentence of an article that says of a condition that something does it good. */
export interface ArticleClaim {
  readonly file: string;
  readonly line: number;
  readonly sentence: string;
  readonly condition: string;
  readonly verb: string;
  /** Why the owner keeps it; null until the owner has acknowledged it. */
  readonly reason: string | null;
}

export interface ClaimLint {
  /** What Nape's own words claim, outside quotation marks and listed exceptions. */
  readonly own: (where: string, text: string) => readonly ClaimFinding[];
  /** The sentences of an article that claim a benefit for a condition, acknowledged or not. */
  readonly article: (document: Pick<Document, 'file' | 'source' | 'language'>) => readonly ArticleClaim[];
}

export interface ClaimLintParts {
  readonly lexicon: ClaimLexicon;
  readonly exceptions: readonly ClaimException[];
  readonly acknowledged: readonly AcknowledgedClaim[];
}

/** Finds claims by whole words; pure. */
export function createClaimLint({ lexicon, exceptions, acknowledged }: ClaimLintParts): ClaimLint {
  const kinds = Object.keys(lexicon.own) as readonly ClaimKind[];
  const own = kinds.map((kind) => ({ kind, words: wordPattern(lexicon.own[kind]) }));
  const conditions = wordPattern(lexicon.articleConditions);
  const verbs = wordPattern(lexicon.benefitVerbs);
  return {
    own: (where, text) => {
      const spoken = withoutQuotations(text);
      return splitSentences(spoken).flatMap(({ start, end }) => {
        const sentence = spoken.slice(start, end);
        return own.flatMap(({ kind, words }) =>
          [...sentence.matchAll(words)]
            .map(([word]) => word)
            .filter((word) => !exceptions.some((exception) => allows(exception, where, word, sentence)))
            .map((word) => ({ where, line: lineAt(spoken, start), word, kind, sentence })),
        );
      });
    },
    article: ({ file, source, language }) =>
      splitSentences(source, language).flatMap(({ start, end }) => {
        const sentence = source.slice(start, end).replace(/\s+/gu, ' ');
        const condition = firstOf(conditions, sentence);
        const verb = firstOf(verbs, sentence);
        if (condition === undefined || verb === undefined) return [];
        const known = acknowledged.find((claim) => claim.file === file && claim.sentence === sentence);
        return [{ file, line: lineAt(source, start), sentence, condition, verb, reason: known?.reason ?? null }];
      }),
  };
}

/** The text with a blank for each letter between quotation marks, so that lines stay where they are. */
export function withoutQuotations(text: string): string {
  return text.replace(/“[^”]*”|„[^“”]*[“”]|«[^»]*»|"[^"\n]*"/gu, (quotation) => quotation.replace(/[^\n]/gu, ' '));
}

function allows({ word, where, within }: ClaimException, place: string, found: string, sentence: string): boolean {
  return (
    word.toLowerCase() === found.toLowerCase() &&
    (where === undefined || where === place) &&
    (within === undefined || sentence.includes(within))
  );
}

function firstOf(words: RegExp, sentence: string): string | undefined {
  return sentence.match(words)?.[0];
}

/** Whole words, longest first, so that "high blood pressure" is found before "blood pressure". */
function wordPattern(words: readonly string[]): RegExp {
  const escaped = [...words]
    .sort((first, second) => second.length - first.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/\s+/gu, '\\s+'));
  return new RegExp(
    escaped.length === 0 ? '(?!)' : `(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
