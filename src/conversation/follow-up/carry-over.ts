import { stemSet } from '../../answering/sentence-relevance.ts';
import type { HybridSearch } from '../../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import { replies } from '../replies.ts';
import type { StandAlone } from '../standalone.ts';
import { ownSubject } from './own-subject.ts';
import { pointedAt } from './pointed-at.ts';
import { siblingsOf, type Thread, type Topic, threadOf, titleStems } from './thread.ts';
import { isAboutPronoun, isTheOneAbout, leaningOf, subjectStems, subjectWords, withName } from './wording.ts';

/** Share of a question's words that were just shown, from which it is taken to be about them. */
const shownShare = 0.65;

/**
 * Stand-alone questions without a model: an item of the list that was shown, or the topic in the place of a pointing
 * word. A question without one, with a subject of its own that the article speaks of, stands alone.
 */
export function createCarryOver({ search }: { readonly search: Pick<HybridSearch, 'search'> }): StandAlone {
  return async ({ question, turns, index, signal }) => {
    if (turns.length === 0) return question;
    const thread = threadOf(turns, index);
    const pointed = pointedAt(question, thread, index);
    if (pointed !== null) return pointed;
    const { topic } = thread;
    if (!topic) return question;

    const carried = withName(question, topic.name);
    const { instead, ellipsis, pronoun, pointing } = leaningOf(question);
    if (instead !== null) {
      const own = await ownSubject({ search, index, signal }, instead, thread, { isName: true });
      if (own.kind === 'foreign') return replies.aboutSection(instead);
      if (own.kind === 'section') return inPlace(thread, instead, own.section, index);
      const isItem = thread.isList || isTheOneAbout(question);
      return isItem && subjectWords(instead).length > 0 ? replies.aboutSection(instead) : carried;
    }
    if (ellipsis || (pronoun && isAboutPronoun(question))) return carried;
    if (!pronoun && !pointing && !isAboutShown(question, thread)) return question;
    const own = await ownSubject({ search, index, signal }, question, thread);
    if (own.kind !== 'section') return carried;
    // With a pointing word the topic is spoken of too, unless the other words name a section.
    return (pronoun || pointing) && !isNamed(own.section, question, index) ? carried : question;
  };
}

/** "What about thai?" after "Who should get deep tissue massage?": the same question of a thing of the same kind, where the topic is named in it. */
function inPlace({ topic, question }: Thread, instead: string, section: Topic, index: KnowledgeIndex): string {
  const isItsName = [...stemSet(instead)].some((word) => stemSet(section.name).has(word));
  if (!topic || !isItsName) return replies.aboutSection(instead);
  const isOfKind = siblingsOf(index, topic).some(({ key }) => key === section.key);
  const at = question.toLowerCase().indexOf(topic.name.toLowerCase());
  if (!isOfKind || at === -1 || subjectWords(question.slice(0, at)).length > 0)
    return replies.aboutSection(section.name);
  return `${question.slice(0, at)}${section.name}${question.slice(at + topic.name.length)}`;
}

/** Whether a question has a word of a section's heading, beyond those of the article's title. */
function isNamed({ name }: Topic, question: string, index: KnowledgeIndex): boolean {
  const general = titleStems(index);
  const heading = stemSet(name);
  return [...subjectStems(question)].some((stem) => heading.has(stem) && !general.has(stem));
}

/** Whether most of what a question speaks of was shown with the last answer. */
function isAboutShown(question: string, { shown }: Thread): boolean {
  const asked = subjectStems(question);
  const said = stemSet(shown);
  return asked.size > 0 && [...asked].filter((stem) => said.has(stem)).length >= shownShare * asked.size;
}
