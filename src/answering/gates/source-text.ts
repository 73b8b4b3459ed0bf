import type { Passage } from '../../domain.ts';
import type { WordRelations } from '../lexicons/word-relations.ts';
import type { Analyse, AnalysedText, Token } from './analyse.ts';

/** A sentence or a heading of the article, with what it supports. */
export interface SourceText extends AnalysedText {
  /** Id of the passage; null for a heading. */
  readonly passage: string | null;
  readonly stems: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  /** Stems that no synonym may stand for. */
  readonly strictStems: ReadonlySet<string>;
  /** Weight of each stem and phrase that the text supports. */
  readonly supports: ReadonlyMap<string, number>;
}

export type ReadSource = (text: string, passage: string | null) => SourceText;

const longestPhrase = 3;

/** `isStrict` tells words that no synonym may stand for: names of the subject, parts of the body. */
export function createReadSource(
  analyse: Analyse,
  relations: WordRelations,
  isStrict: (token: Token) => boolean,
): ReadSource {
  return (text, passage) => {
    const analysed = analyse(text);
    let supports: ReadonlyMap<string, number> | undefined;
    let strictStems: ReadonlySet<string> | undefined;
    return {
      ...analysed,
      passage,
      // Most texts of an article are never looked at: their relations are looked up when asked for.
      get supports() {
        supports ??= supportsOf(analysed, relations, isStrict);
        return supports;
      },
      get strictStems() {
        strictStems ??= new Set(analysed.tokens.filter(isStrict).map(({ stem }) => stem));
        return strictStems;
      },
      stems: new Set(analysed.tokens.flatMap(({ readings }) => readings)),
      words: new Set(analysed.tokens.flatMap(({ word, written }) => [word, written])),
    };
  };
}

function supportsOf(
  text: AnalysedText,
  relations: WordRelations,
  isStrict: (token: Token) => boolean,
): ReadonlyMap<string, number> {
  const supports = new Map<string, number>();
  const add = (weights: ReadonlyMap<string, number>) => {
    for (const [key, weight] of weights) if ((supports.get(key) ?? 0) < weight) supports.set(key, weight);
  };
  for (const token of text.tokens) {
    const weightsOf = isStrict(token) ? relations.strictlySupportedBy : relations.supportedBy;
    if (token.isContent) for (const reading of token.readings) add(weightsOf(reading));
    else if (!supports.has(token.stem)) supports.set(token.stem, 1);
  }
  for (const { key } of phrases(text)) if (relations.has(key)) add(relations.supportedBy(key));
  return supports;
}

/** Runs of two and three words of one clause, their stems joined by `_`. */
export function* phrases({
  tokens,
}: AnalysedText): Generator<{ readonly key: string; readonly start: number; readonly end: number }> {
  for (let start = 0; start < tokens.length; start++) {
    let key = tokens[start]?.stem ?? '';
    for (let end = start + 2; end <= Math.min(start + longestPhrase, tokens.length); end++) {
      if (tokens[end - 1]?.clause !== tokens[start]?.clause) break;
      key += `_${tokens[end - 1]?.stem}`;
      yield { key, start, end };
    }
  }
}

/** A section as far as an answer cites it. */
export interface SourceSection {
  readonly document: string;
  readonly section: string;
  /** Sentences of passages that follow one another. */
  readonly runs: readonly (readonly SourceText[])[];
  /** Heading of the section itself. */
  readonly heading: SourceText;
  /** Headings above it and the title of the document. */
  readonly context: SourceText;
}

/** Groups passages by section, in reading order. */
export function createReadSections(read: ReadSource): (passages: readonly Passage[]) => readonly SourceSection[] {
  const sentences = new WeakMap<Passage, readonly SourceText[]>();
  const headings = new WeakMap<Passage, { readonly heading: SourceText; readonly context: SourceText }>();
  const sentencesOf = (passage: Passage) => {
    const known = sentences.get(passage);
    if (known) return known;
    const made = passage.sentences.map(({ text }) => read(text, passage.id));
    sentences.set(passage, made);
    return made;
  };
  const headingsOf = (passage: Passage) => {
    const known = headings.get(passage);
    if (known) return known;
    const made = {
      heading: read(passage.headings.at(-1) ?? '', null),
      context: read([...passage.headings.slice(0, -1), passage.title].join('; '), null),
    };
    headings.set(passage, made);
    return made;
  };
  return (passages) => {
    const bySection = new Map<string, Passage[]>();
    for (const passage of new Set(passages)) {
      const key = `${passage.document}#${passage.section}`;
      const group = bySection.get(key);
      if (group) group.push(passage);
      else bySection.set(key, [passage]);
    }
    return [...bySection.values()].map((group) => {
      const ordered = group.toSorted((left, right) => left.start - right.start);
      const runs: SourceText[][] = [];
      let previous: Passage | undefined;
      for (const passage of ordered) {
        const run = previous && follows(previous, passage) ? runs.at(-1) : undefined;
        if (run) run.push(...sentencesOf(passage));
        else runs.push([...sentencesOf(passage)]);
        previous = passage;
      }
      const [first] = ordered as [Passage];
      return { document: first.document, section: first.section, runs, ...headingsOf(first) };
    });
  };
}

/** Passages of a section are numbered from 1: `document#section/n`. */
function follows(previous: Passage, next: Passage): boolean {
  return numberOf(next) === numberOf(previous) + 1;
}

function numberOf({ id }: Passage): number {
  return Number(id.slice(id.lastIndexOf('/') + 1));
}
