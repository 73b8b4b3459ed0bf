import { stopWords } from '../../language/stop-words.ts';
import { stem, words } from '../../language/tokens.ts';
import type { Lexicons } from '../lexicons/load-lexicons.ts';

/** A word of a text with what the gates need of it. */
export interface Token {
  /** Lower case, American spelling, irregular forms at their base. */
  readonly word: string;
  readonly stem: string;
  /** The word as the text has it, lower case. */
  readonly written: string;
  /** The stem, and for a comparative that of its base word too. */
  readonly readings: readonly string[];
  /** Whether the word says something of its own: neither a stop word nor a neutral one, nor of the title. */
  readonly isContent: boolean;
  /** Whether the word stands in the whole title of a document, which names its subject and says nothing of it. */
  readonly isTitle: boolean;
  /** Number of the clause: what stands between commas, colons, brackets and dashes. */
  readonly clause: number;
}

export interface AnalysedText {
  readonly text: string;
  readonly tokens: readonly Token[];
}

export type Analyse = (text: string) => AnalysedText;

const clauseBorder = /[,;:()[\]–—“”"]+(?!\p{N})|\s-+\s/u;

/** Shorter titles are words like any other. */
const fewestTitleWords = 3;

export function createAnalyse(lexicons: Lexicons, titles: readonly string[]): Analyse {
  const analyse = createPlainAnalyse(lexicons);
  const runs = titles
    .map((title) => analyse(title).tokens.map(({ stem }) => stem))
    .filter(({ length }) => length >= fewestTitleWords);
  return (text) => {
    const { tokens } = analyse(text);
    const inTitle = new Set<Token>();
    for (const run of runs) {
      tokens.forEach((_, start) => {
        const stretch = tokens.slice(start, start + run.length);
        if (stretch.length === run.length && stretch.every(({ stem }, offset) => stem === run[offset])) {
          for (const token of stretch) inTitle.add(token);
        }
      });
    }
    if (inTitle.size === 0) return { text, tokens };
    return {
      text,
      tokens: tokens.map((token) => (inTitle.has(token) ? { ...token, isContent: false, isTitle: true } : token)),
    };
  };
}

function createPlainAnalyse({ normalise, neutral, comparatives, numbers }: Lexicons): Analyse {
  return (text) => {
    const tokens: Token[] = [];
    let clause = 0;
    for (const part of text.split(clauseBorder)) {
      for (const written of words(part)) {
        for (const word of normalise(written)) {
          const own = stem(word);
          const base = comparatives.get(word)?.base;
          tokens.push({
            word,
            stem: own,
            written,
            readings: base === undefined ? [own] : [own, stem(base)],
            isContent:
              !stopWords.has(word) &&
              !stopWords.has(written) &&
              !/^\p{N}+$/u.test(word) &&
              !numbers.has(written) &&
              !neutral.has({ written, stem: own }),
            isTitle: false,
            clause,
          });
        }
      }
      clause += 1;
    }
    return { text, tokens };
  };
}

const listMarker = /^\s*(?:[-*•–—]|\(?\p{N}{1,2}[.)]|\(?[a-z][.)])\s+/u;
const sourceName = '(?:the|this|that) (?:article|text|passage|page|source|guide|document)';
const attributions = [
  new RegExp(`^(?:according to|as per|in|based on) ${sourceName}(?: itself)?,?\\s+`, 'iu'),
  new RegExp(
    `^(?:as )?${sourceName} (?:also )?(?:says|states|notes|explains|mentions|describes|adds|points out|tells us|suggests)(?: that|,)\\s+`,
    'iu',
  ),
  new RegExp(`,? (?:according to|as|says) ${sourceName}(?: (?:says|states|notes|explains|puts it))?(?=[.!]?$)`, 'iu'),
];

/** A sentence without its list marker, Markdown emphasis, citation marks and naming of the article. */
export function bareSentence(sentence: string): string {
  let bare = sentence
    .replace(/\*\*|__|`/g, '')
    .replace(listMarker, '')
    .trim();
  for (const attribution of attributions) bare = bare.replace(attribution, '');
  return bare.trim();
}
