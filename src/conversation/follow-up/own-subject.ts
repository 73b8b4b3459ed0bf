import { questionForm } from '../../answering/question-form.ts';
import { stemSet } from '../../answering/sentence-relevance.ts';
import { stem } from '../../language/tokens.ts';
import type { HybridSearch, SearchResult } from '../../retrieval/hybrid-search.ts';
import type { KnowledgeIndex, ScoredPassage } from '../../retrieval/knowledge-index.ts';
import { isForeign } from '../absent-things.ts';
import { sectionKey } from '../section-key.ts';
import { type Thread, type Topic, titleStems } from './thread.ts';
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

/** Another section is meant only when the topic scores less than this share of it. */
const topicShare = 0.5;
/** Evidence that the text needs by itself. */
const ownEvidence = 0.9;
/** As many passages as the search compares closely. */
const compared = 24;

/** `isName`: the text is only the name of something ("and shiatsu?"). */
export async function ownSubject(
  { search, index, signal }: OwnSubjectParts,
  text: string,
  thread: Thread,
  { isName = false } = {},
): Promise<OwnSubject> {
  // What the whole article is about tells no section from another: "what does it do for the spine?" is still about it.
  const general = titleStems(index);
  const own = [...subjectStems(text)].filter((word) => isName || !general.has(word));
  if (own.length === 0) return { kind: 'topic' };
  const result = await search.search(index, questionForm(text).subject, { limit: compared, signal });
  const terms = result.terms.filter(({ word }) => own.includes(stem(word)));
  if (terms.length > 0 && terms.every(isForeign)) return { kind: 'foreign' };
  const [top] = result.passages;
  if (!top || !terms.some(({ mentioned }) => mentioned) || !isElsewhere(result, top, own, thread, isName)) {
    return { kind: 'topic' };
  }
  const { id, headings, title } = top.passage;
  return { kind: 'section', section: { key: sectionKey(id), name: headings.at(-1) ?? title } };
}

function isElsewhere(
  { passages, evidence }: SearchResult,
  top: ScoredPassage,
  own: readonly string[],
  { scope }: Thread,
  isName: boolean,
): boolean {
  const ofTopic = passages.filter(({ passage }) => scope.has(sectionKey(passage.id)));
  // A rare word says more than any score: the article has it there, and not in the topic.
  const isSaid = ({ passage }: ScoredPassage) => own.every((word) => stemSet(passage.text).has(word));
  if (isName && isSaid(top) && !ofTopic.some(isSaid)) return true;
  return evidence >= ownEvidence && (ofTopic[0]?.score ?? 0) < topicShare * top.score;
}
