import { facets, questionForm } from '../../answering/question-form.ts';
import { stemSet } from '../../answering/sentence-relevance.ts';
import { describingWords } from '../../language/describing-words.ts';
import { stem } from '../../language/tokens.ts';
import type { HybridSearch, QueryTerm, SearchResult } from '../../retrieval/hybrid-search.ts';
import type { KnowledgeIndex, ScoredPassage } from '../../retrieval/knowledge-index.ts';
import { isForeign } from '../absent-things.ts';
import { evidenceBands } from '../evidence.ts';
import { sectionKey } from '../section-key.ts';
import { type Thread, titleStems } from './thread.ts';
import type { Topic } from './topic.ts';
import { subjectStems } from './wording.ts';

/** What a text is about by its own words: another section, nothing that the articles speak of, or else the topic. */
export type OwnSubject =
  | { readonly kind: 'section'; readonly section: Topic }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'topic' };

export interface OwnSubjectParts {
  readonly search: Pick<HybridSearch, 'search'>;
  readonly index: KnowledgeIndex;
  readonly signal: AbortSignal;
}

/** How a text leans on the topic: it is only the name of something or stands first in the question, it points, it leaves out its subject, or none. */
export type Lean = 'name' | 'first' | 'pointing' | 'ellipsis' | 'none';

/**
 * Another section is meant only when the topic scores less than this share of it: a question that points seldom does; one
 * that does not, unless its words were just shown.
 */
const topicShare = { name: 0.5, first: 0.5, ellipsis: 0.5, shown: 0.65, none: 0.85 } as const;
/** Share of a question's words that were just shown, from which it is taken to be about them. */
const shownShare = 0.65;
/** Weight of a word that names something: "use", "come" and "affect" weigh less. */
const leastWeight = 1;
/** Likeness from which the article speaks of a thing in other words. */
const spokenOf = 0.9;
/** As many sections hold a word that tells them from the others. */
const mostOfRare = 2;
/** Words that are said of anything: "why do they get tight?", "what problems does that cause?". */
const tellsNothing = stemSet([...describingWords, ...Object.values(facets).flat()].join(' '));
/** As many passages as the search compares closely. */
const compared = 24;

export async function ownSubject(
  { search, index, signal }: OwnSubjectParts,
  text: string,
  thread: Thread,
  { lean = 'name' }: { readonly lean?: Lean } = {},
): Promise<OwnSubject> {
  // What the whole article is about tells no section from another: "what does it do for the spine?" is still about it.
  const general = titleStems(index);
  const own = [...subjectStems(text)].filter((word) => lean === 'name' || !general.has(word));
  if (own.length === 0) return { kind: 'topic' };
  const result = await search.search(index, questionForm(text).subject, { limit: compared, signal });
  const terms = result.terms.filter(({ word }) => own.includes(stem(word)));
  const [top] = result.passages;
  if (isOfNothing(terms, lean)) return { kind: 'foreign' };
  if (!top || !terms.some(({ mentioned, closest }) => mentioned || (lean !== 'name' && closest >= spokenOf)))
    return { kind: 'topic' };
  if (!isElsewhere(result, top, own, { thread, lean, index })) return { kind: 'topic' };
  const { id, headings, title } = top.passage;
  return { kind: 'section', section: { key: sectionKey(id), name: headings.at(-1) ?? title } };
}

/** Whether the articles have nothing of it. What points at the topic asks about the topic, whatever else it names. */
function isOfNothing(terms: readonly QueryTerm[], lean: Lean): boolean {
  if (lean === 'name') return terms.length > 0 && terms.every(isForeign);
  return lean === 'none' && terms.some((term) => isForeign(term) && !describingWords.has(term.word));
}

function isElsewhere(
  { passages, evidence, terms }: SearchResult,
  top: ScoredPassage,
  own: readonly string[],
  { thread, lean, index }: { readonly thread: Thread; readonly lean: Lean; readonly index: KnowledgeIndex },
): boolean {
  const { scope } = thread;
  if (scope.has(sectionKey(top.passage.id))) return false;
  const said = stemSet(textOf(index, scope));
  const missing = own.filter((word) => !said.has(word));
  const heavy = new Set(terms.filter(({ weight }) => weight >= leastWeight).map(({ word }) => stem(word)));
  // A rare word says more than any score: the article has it there, and not in the topic.
  const there = stemSet(`${top.passage.headings.join(' ')} ${top.passage.text}`);
  const isRare = (word: string) =>
    there.has(word) && heavy.has(word) && !tellsNothing.has(word) && sectionsWith(index, word) <= mostOfRare;
  const isOther = lean !== 'name' && missing.some(isRare);
  if (isOther && lean !== 'pointing') return true;
  if (evidence < evidenceBands.answer || lean === 'pointing') return isOther && evidence >= evidenceBands.answer;
  if (lean === 'name' && missing.length > 0 && own.every((word) => there.has(word))) return true;
  const ofTopic = passages.filter(({ passage }) => scope.has(sectionKey(passage.id)))[0]?.score ?? 0;
  const isShown = own.filter((word) => stemSet(thread.shown).has(word)).length >= shownShare * own.length;
  const share = lean === 'none' && isShown ? topicShare.shown : topicShare[lean];
  return ofTopic < share * top.score;
}

function textOf({ passages }: KnowledgeIndex, scope: ReadonlySet<string>): string {
  return passages
    .filter(({ id }) => scope.has(sectionKey(id)))
    .map(({ headings, text }) => `${headings.at(-1) ?? ''}\n${text}`)
    .join('\n');
}

/** How many sections have a word in any form. */
function sectionsWith({ passages }: KnowledgeIndex, word: string): number {
  const found = passages.filter(({ headings, text }) => stemSet(`${headings.at(-1) ?? ''}\n${text}`).has(word));
  return new Set(found.map(({ id }) => sectionKey(id))).size;
}
