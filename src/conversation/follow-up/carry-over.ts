import { stemSet } from '../../answering/sentence-relevance.ts';
import type { HybridSearch } from '../../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import { replies } from '../replies.ts';
import type { StandAlone, StandAloneQuestion } from '../standalone.ts';
import { ownSubject } from './own-subject.ts';
import { pointedAt } from './pointed-at.ts';
import { type Thread, threadOf } from './thread.ts';
import { siblingsOf, type Topic } from './topic.ts';
import {
  isAboutPronoun,
  isBareQuestion,
  isTheOneAbout,
  isWhichOne,
  leaningOf,
  namedFirst,
  subjectWords,
  withName,
} from './wording.ts';

/**
 * Stand-alone questions without a model: an item of the list that was shown, or the topic in the place of a pointing
 * word. A question with a subject of its own that the article speaks of, or of which it says nothing, stands alone.
 */
export function createCarryOver({ search }: { readonly search: Pick<HybridSearch, 'search'> }): StandAlone {
  return async ({ question, turns, index, signal }) => {
    const alone = { question, near: [] };
    if (turns.length === 0) return alone;
    const thread = threadOf(turns, index);
    const pointed = pointedAt(question, thread, index);
    if (pointed !== null) return pointed;
    const { topic } = thread;
    if (!topic) return alone;

    const near = [...thread.scope];
    const carried = { question: withName(question, topic.name), near };
    const { instead, ellipsis, pronoun, pointing } = leaningOf(question);
    if (instead !== null && !/\bones?$/iu.test(instead)) {
      const own = await ownSubject({ search, index, signal }, instead, thread);
      if (own.kind === 'foreign') return { question: replies.aboutSection(instead), near: [] };
      if (own.kind === 'section') return inPlace(thread, instead, own.section, index);
      const isItem = thread.isList || isTheOneAbout(question);
      return isItem && subjectWords(instead).length > 0 ? { question: replies.aboutSection(instead), near } : carried;
    }
    const name = pronoun || pointing ? namedFirst(question) : null;
    const named = name === null ? null : await ownSubject({ search, index, signal }, name, thread, { lean: 'first' });
    if (named?.kind === 'section') return { question, near: [named.section.key] };
    if (pronoun && isAboutPronoun(question)) return carried;
    // "Which one is done on the floor?" is asked of all that was shown.
    if (isWhichOne(question)) {
      const shown = new Set(thread.list.map(({ key }) => key));
      return { question, near: shown.size > 1 ? [...shown] : siblingsOf(index, topic).map(({ key }) => key) };
    }
    if (isBareQuestion(question)) return carried;
    const lean = pronoun || pointing || instead !== null ? 'pointing' : ellipsis ? 'ellipsis' : 'none';
    const own = await ownSubject({ search, index, signal }, question, thread, { lean });
    return own.kind === 'topic' ? carried : alone;
  };
}

/** "What about thai?" after "Who should get deep tissue massage?": the same question of a thing of the same kind, where the topic is named in it. */
function inPlace(
  { topic, question }: Thread,
  instead: string,
  section: Topic,
  index: KnowledgeIndex,
): StandAloneQuestion {
  const near = [section.key];
  const isItsName = [...stemSet(instead)].some((word) => stemSet(section.name).has(word));
  if (!topic || !isItsName) return { question: replies.aboutSection(instead), near };
  const isOfKind = siblingsOf(index, topic).some(({ key }) => key === section.key);
  const at = question.toLowerCase().indexOf(topic.name.toLowerCase());
  if (!isOfKind || at === -1 || subjectWords(question.slice(0, at)).length > 0)
    return { question: replies.aboutSection(section.name), near };
  return { question: `${question.slice(0, at)}${section.name}${question.slice(at + topic.name.length)}`, near };
}
