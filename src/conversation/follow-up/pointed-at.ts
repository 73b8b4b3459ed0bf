import { facetOf } from '../../answering/question-form.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import { replies } from '../replies.ts';
import type { StandAloneQuestion } from '../standalone.ts';
import { findReference, type Reference } from './reference.ts';
import type { Thread } from './thread.ts';
import { parentOf, siblingsOf, type Topic, topicAt } from './topic.ts';
import { isYes, subjectWords } from './wording.ts';

/** The question with the items that it points at by their place ("the second one", "another") named; null when it points at none. */
export function pointedAt(question: string, thread: Thread, index: KnowledgeIndex): StandAloneQuestion | null {
  const [first] = thread.list;
  if (thread.isAskedBack && isYes(question) && first) return about([first]);
  const reference = findReference(question);
  const items = reference ? itemsOf(reference, thread, index) : [];
  // A tenth item of a list of four: nothing else is meant by that, and nothing is put in its place.
  if (reference && items.length === 0 && isInList(reference, thread)) return { question, near: [] };
  if (!reference || items.length === 0) return null;
  const named = question.replace(reference.phrase, () => namesOf(items));
  // "The difference between the second and the third"
  const further = findReference(named);
  if (further && itemsOf(further, thread, index).length > 0) return pointedAt(named, thread, index);
  const rest = question.replace(reference.phrase, ' ');
  if (subjectWords(rest).length === 0) return about(items);
  // What is asked of a thing may stand in another section; what is asked of a section stands in it.
  return { question: named, near: items.filter((item) => isSection(item, index)).map(({ key }) => key) };
}

function isInList({ to }: Reference, { list }: Thread): boolean {
  return list.length > 0 && (to.kind === 'place' || to.kind === 'from-end');
}

function isSection({ key, name }: Topic, index: KnowledgeIndex): boolean {
  return topicAt(index, key)?.name === name;
}

function about(items: readonly Topic[]): StandAloneQuestion {
  return { question: replies.aboutSection(namesOf(items)), near: [...new Set(items.map(({ key }) => key))] };
}

function namesOf(items: readonly Topic[]): string {
  return items.map(({ name }) => name).join(' and ');
}

function itemsOf(reference: Reference, thread: Thread, index: KnowledgeIndex): readonly Topic[] {
  const { to } = reference;
  const { list } = thread;
  if (to.kind === 'several')
    return to.from === 'start' ? list.slice(0, to.count) : belowNone(list, index).slice(-to.count);
  const item = itemOf(reference, thread, index);
  return item ? [item] : [];
}

function itemOf({ to, phrase }: Reference, thread: Thread, index: KnowledgeIndex): Topic | undefined {
  const { list, topic, spoken } = thread;
  const at = placeIn(thread);
  const around = at >= 0 || !topic ? list : siblingsOf(index, topic);
  const here = at >= 0 ? at : around.findIndex(({ key }) => key === topic?.key);
  const others = around.filter((_item, place) => place !== here);
  switch (to.kind) {
    case 'place':
      return list[to.place] ?? (topic && namesKind(phrase) ? siblingsOf(index, topic)[to.place] : undefined);
    case 'from-end':
      return belowNone(list, index).at(-1 - to.place);
    case 'middle':
      return list.length % 2 === 1 ? list[(list.length - 1) / 2] : undefined;
    case 'step':
      return around[here + to.by];
    case 'other': {
      const before = spoken.findLast((key) => key !== topic?.key && around.some((item) => item.key === key));
      return around.find(({ key }) => key === before) ?? (others.length === 1 ? others[0] : undefined);
    }
    case 'another':
      return thread.scope.size > 2 ? undefined : others.find(({ key }) => key !== topic?.key && !spoken.includes(key));
    default:
      return undefined;
  }
}

/** "The fourth style": an item of what is divided into styles, be it shown or not. */
function namesKind(phrase: string): boolean {
  const facet = facetOf(phrase.split(' ').at(-1) ?? '');
  return facet === 'kinds' || facet === 'benefits';
}

/** Where in the list the thing stands that was spoken of last; -1 when it does not. */
function placeIn({ list, topic, question }: Thread): number {
  const ofSection = list.filter(({ key }) => key === topic?.key);
  if (ofSection.length <= 1) return list.findIndex(({ key }) => key === topic?.key);
  const asked = question.toLowerCase();
  return list.findIndex(({ key, name }) => key === topic?.key && asked.includes(name.toLowerCase()));
}

/** A list without the section above its other items: it may introduce them, it is not the last of them. */
function belowNone(list: readonly Topic[], index: KnowledgeIndex): readonly Topic[] {
  const above = new Set(list.map(({ key }) => parentOf(index, key)?.key));
  return list.filter(({ key }) => !above.has(key));
}
