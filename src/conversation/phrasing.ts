import { askedFacts, type FactKind } from '../answering/asked-kind.ts';
import { readLexicon } from '../answering/lexicons/read-lexicon.ts';
import { expandBareContractions } from '../language/contractions.ts';
import { stopWords } from '../language/stop-words.ts';
import { stem, words } from '../language/tokens.ts';

/** What a question asks, taken apart so that two of them can be told apart by what one has and the other lacks. */
export interface Phrasing {
  /** Stems of the words that say something of their own. */
  readonly content: ReadonlySet<string>;
  /** What turns a question round or pins it down: negators, numbers, who, when and where, kinds of fact. */
  readonly marks: ReadonlySet<string>;
}

export type ReadPhrasing = (text: string) => Phrasing;

export interface PhrasingWords {
  /** Words and phrases that turn what follows, in lower case. */
  readonly negators: readonly string[];
  readonly numbers: readonly string[];
  /** Words of asking, which say nothing of their own. */
  readonly asking: readonly string[];
}

/** Reads the word lists that phrasings are taken apart by. */
export async function loadPhrasingWords(): Promise<PhrasingWords> {
  const [negation, numbers, asking] = await Promise.all([
    readLexicon('negation.txt'),
    readLexicon('numbers.txt'),
    readLexicon('asking-words.txt'),
  ]);
  return {
    negators: (negation.get('negator') ?? []).map((entry) => entry.replace('=', '')),
    numbers: (numbers.get('cardinal') ?? []).map((entry) => entry.split(' ')[0] ?? ''),
    asking: asking.get('') ?? [],
  };
}

/** "One" is a pronoun more often than a number, and "once" asks for no count. */
const noNumbers = new Set(['one', 'once']);
/** At the start they ask; further on they join clauses. */
const asked = /^(?:and |so |but |ok )*(who|whom|whose|when|where)\b/u;

export function createReadPhrasing({ negators, numbers, asking }: PhrasingWords): ReadPhrasing {
  const asks = new Set(asking.map((word) => stem(word)));
  const counts = new Set(numbers.filter((word) => !noNumbers.has(word)));
  const negations = negators.map((negator) => ` ${negator} `);
  return (text) => {
    const read = words(expandBareContractions(text));
    const line = ` ${read.join(' ')} `;
    const marks = new Set<string>([
      ...negations.filter((negation) => line.includes(negation)).map(() => 'not'),
      ...read.filter((word) => /\p{N}/u.test(word) || counts.has(word)),
      ...(line.trim().match(asked)?.slice(1) ?? []),
      ...askedFacts(text).map((fact: FactKind) => `asks ${fact}`),
    ]);
    const content = read.filter((word) => !stopWords.has(word)).map(stem);
    return { marks, content: new Set(content.filter((token) => !asks.has(token) && !marks.has(token))) };
  };
}
