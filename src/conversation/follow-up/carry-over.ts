import { questionForm } from '../../answering/question-form.ts';
import { stemSet } from '../../answering/sentence-relevance.ts';
import type { HybridSearch } from '../../retrieval/hybrid-search.ts';
import type { ScoredPassage } from '../../retrieval/knowledge-index.ts';
import { replies } from '../replies.ts';
import { sectionKey } from '../section-key.ts';
import type { FollowUp, StandAlone } from '../standalone.ts';
import { pointedAt } from './pointed-at.ts';
import { type Thread, threadOf } from './thread.ts';
import { leaningOf, subjectWords, withName } from './wording.ts';

/** A question with a pointing word is about something else when the topic scores less than this share of the best section. */
const topicShare = 0.5;
/** Evidence that it needs by itself. */
const ownEvidence = 0.9;
/** Share of a question's words that were just shown, from which it is taken to be about them. */
const shownShare = 0.65;
/** As many passages as the search compares closely. */
const compared = 24;

/**
 * Stand-alone questions without a model: an item of the list that was shown, or the topic in the place of a pointing
 * word. A question with a subject of its own that the article speaks of stands alone.
 */
export function createCarryOver({ search }: { readonly search: Pick<HybridSearch, 'search'> }): StandAlone {
  return async ({ question, turns, index, signal }) => {
    if (turns.length === 0) return question;
    const thread = threadOf(turns, index);
    const pointed = pointedAt(question, thread, index);
    if (pointed !== null) return pointed;
    const { topic } = thread;
    if (!topic) return question;

    const carried = () => withName(question, topic.name);
    const hasOwn = async (text: string) => (await ownSubject({ search, index, signal }, text, thread)) !== null;
    const { instead, ellipsis, pronoun, pointing } = leaningOf(question);
    if (instead !== null) {
      const own = await ownSubject({ search, index, signal, isName: true }, instead, thread);
      return own === null ? carried() : inPlace(thread, instead, own);
    }
    if (ellipsis) return carried();
    if (pronoun || pointing || isAboutShown(question, thread)) return (await hasOwn(question)) ? question : carried();
    return question;
  };
}

interface Where extends Pick<FollowUp, 'index' | 'signal'> {
  readonly search: Pick<HybridSearch, 'search'>;
  /** Whether the text is only the name of something. */
  readonly isName?: boolean;
}

/** Heading of the section that a question is about by its own words alone; null when that is the topic, or nothing clear. */
async function ownSubject(
  { search, index, signal, isName = false }: Where,
  text: string,
  thread: Thread,
): Promise<string | null> {
  // What the whole article is about tells no section from another: "what does it do for the spine?" is still about it.
  const general = stemSet(index.documents.map(({ title }) => title).join(' '));
  const own = [...stemSet(subjectWords(text).join(' '))].filter((stem) => isName || !general.has(stem));
  if (own.length === 0) return null;
  const { passages, evidence } = await search.search(index, questionForm(text).subject, { limit: compared, signal });
  const [top] = passages;
  if (!top) return null;
  const ofTopic = passages.filter(({ passage }) => thread.scope.has(sectionKey(passage.id)));
  const isNear = (ofTopic[0]?.score ?? 0) >= topicShare * top.score;
  // A rare word says more than any score: the article has it there, and not in the topic.
  const isSaid = ({ passage }: ScoredPassage) => own.every((stem) => stemSet(passage.text).has(stem));
  const isElsewhere = isName && isSaid(top) && !ofTopic.some(isSaid);
  if (!isElsewhere && (evidence < ownEvidence || isNear)) return null;
  return top.passage.headings.at(-1) ?? top.passage.title;
}

/** "What about thai?" after "Who should get deep tissue massage?": the same question of the other thing, where the topic is named in it. */
function inPlace({ topic, question }: Thread, instead: string, heading: string): string {
  const isNamed = [...stemSet(instead)].some((stem) => stemSet(heading).has(stem));
  const at = question.toLowerCase().indexOf(topic?.name.toLowerCase() ?? '');
  if (!topic || !isNamed || at === -1) return replies.aboutSection(isNamed ? heading : instead);
  return `${question.slice(0, at)}${heading}${question.slice(at + topic.name.length)}`;
}

/** Whether most of what a question speaks of was shown with the last answer. */
function isAboutShown(question: string, { shown }: Thread): boolean {
  const asked = stemSet(subjectWords(question).join(' '));
  const said = stemSet(shown);
  return asked.size > 0 && [...asked].filter((stem) => said.has(stem)).length >= shownShare * asked.size;
}
