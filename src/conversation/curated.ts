import type { WordRelations } from '../answering/lexicons/word-relations.ts';
import { type QuestionForm, questionForm } from '../answering/question-form.ts';
import type { FaqEntry } from '../domain.ts';
import { phraseKey } from '../knowledge/faq-entry.ts';
import { words } from '../language/tokens.ts';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import { createWordMatcher } from '../models/word-matcher.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { createPhraseScores, type PhraseScores } from './phrase-scores.ts';
import type { Phrasing, ReadPhrasing } from './phrasing.ts';
import { knowsEveryWord, type ReadEntry, readEntry } from './read-entry.ts';
import { remembered } from './remembered.ts';

export interface Curated {
  /** The entry of the FAQ that a question asks for; null when none clearly does. Throws only for an abort. */
  match(index: KnowledgeIndex, question: string, signal?: AbortSignal): Promise<FaqEntry | null>;
  /** Does once what the first question should not wait for. */
  warmUp(index: KnowledgeIndex): Promise<void>;
}

export interface CuratedParts {
  /** The entries that hold against the articles of an index; the same array as long as they are the same. */
  readonly entries: (index: KnowledgeIndex) => readonly FaqEntry[];
  readonly embedder: Embedder;
  /** Utterances about anything and everything, some hundreds: what no entry may be taken for. */
  readonly utterances: readonly string[];
  /** Stems that the dictionary knows: a word of none is mended. */
  readonly vocabulary: Iterable<string>;
  /** Both read when the first question needs them. */
  readonly readPhrasing: () => Promise<ReadPhrasing>;
  readonly relations: () => Promise<WordRelations>;
  readonly log: Log;
}

/**
 * Matches a question with the FAQ: first by its words, then by nearness to the phrasings of one entry, clearly more than to
 * those of any other. However near, a question that has a word of weight, a negation, a number or a kind of fact that the
 * entry lacks is another question.
 */
export function createCurated(parts: CuratedParts): Curated {
  const { entries, embedder, utterances, vocabulary, log } = parts;
  const keysOf = remembered((all) => exactKeys(all));
  const mendOf = remembered((all) => createMend(all, vocabulary));
  const comparisonOf = remembered(async (all): Promise<Comparison> => {
    const readPhrasing = await parts.readPhrasing();
    const read = all.map((entry) => readEntry(entry, readPhrasing));
    return {
      readPhrasing,
      read,
      scores: await createPhraseScores({ entries: read, embedder, utterances, readPhrasing }),
    };
  });

  async function nearest(index: KnowledgeIndex, all: readonly FaqEntry[], form: QuestionForm, signal?: AbortSignal) {
    const { readPhrasing, read, scores } = await comparisonOf(all);
    const question = mendOf(all)(form.subject);
    const phrasing = readPhrasing(question);
    // What every entry is about singles out none of them.
    const subject = new Set(index.documents.flatMap(({ title }) => [...readPhrasing(title).content]));
    if ([...phrasing.content].every((token) => subject.has(token))) return null;
    const best = scores.best(phrasing, await embedder.embedQuery(question, signal));
    const entry = best === null ? undefined : read[best];
    if (best === null || !entry) return null;
    // Who asks what one thing is means that thing: "life" is no "lifestyle".
    const [only] = phrasing.content;
    const isAlone = ({ content }: Phrasing) => content.size === 1 && only !== undefined && content.has(only);
    if (form.kind === 'definition' && phrasing.content.size === 1 && !entry.phrasings.some(isAlone)) return null;
    const knows = knowsEveryWord(entry, phrasing, read, await parts.relations());
    return knows ? (all[best] ?? null) : null;
  }

  return {
    async match(index, question, signal) {
      const all = entries(index);
      if (all.length === 0) return null;
      const keys = keysOf(all);
      const find = (text: string) => keys.get(phraseKey(text)) ?? keys.get(formKey(text));
      const mend = mendOf(all);
      const exact = find(question) ?? find(mend(question));
      if (exact) return exact;
      try {
        return await nearest(index, all, questionForm(question), signal);
      } catch (thrown) {
        // A remote embedder can be away: the articles are searched all the same.
        signal?.throwIfAborted();
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        log.warn({ reason }, 'The question could not be compared with the FAQ.');
        return null;
      }
    },
    async warmUp(index) {
      const all = entries(index);
      if (all.length === 0) return;
      try {
        await Promise.all([comparisonOf(all), parts.relations()]);
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        log.warn({ reason }, 'The FAQ could not be embedded; only its own phrasings are matched.');
      }
    },
  };
}

interface Comparison {
  readonly readPhrasing: ReadPhrasing;
  readonly read: readonly ReadEntry[];
  readonly scores: PhraseScores;
}

/** A question with what wraps it taken off: "tell me about shiatsu" and "what is shiatsu" are the same. */
function formKey(question: string): string {
  const form = questionForm(question);
  return `${form.kind}: ${phraseKey(form.subject)}`;
}

function exactKeys(entries: readonly FaqEntry[]): ReadonlyMap<string, FaqEntry> {
  const keys = new Map<string, FaqEntry | null>();
  for (const entry of entries) {
    for (const phrase of [entry.question, ...entry.variants]) {
      keys.set(phraseKey(phrase), entry);
      const form = formKey(phrase);
      const other = keys.get(form);
      // A form that two entries share tells nothing.
      keys.set(form, other === undefined || other === entry ? entry : null);
    }
  }
  return new Map([...keys].flatMap(([key, entry]) => (entry ? [[key, entry]] : [])));
}

function createMend(entries: readonly FaqEntry[], vocabulary: Iterable<string>): (question: string) => string {
  const texts = entries.flatMap(({ sentences, passages, question, variants }) => [
    question,
    ...variants,
    ...sentences.map(({ text }) => text),
    ...passages.flatMap(({ headings }) => headings),
  ]);
  const matcher = createWordMatcher({ corpusWords: texts.flatMap(words), vocabulary });
  return (question) =>
    words(question)
      .map((word) => matcher.mend(word) ?? word)
      .join(' ');
}
