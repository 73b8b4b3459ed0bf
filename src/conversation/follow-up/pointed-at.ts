import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import { replies } from '../replies.ts';
import { findReference, type Reference } from './reference.ts';
import { siblingsOf, type Thread, type Topic } from './thread.ts';
import { isYes, subjectWords } from './wording.ts';

/** The question with the item that it points at by its place ("the second one", "another") named; null when it points at none. */
export function pointedAt(question: string, thread: Thread, index: KnowledgeIndex): string | null {
  if (thread.isAskedBack && isYes(question)) return aboutTopic(thread.list[0]);
  const reference = findReference(question);
  const topic = reference && itemOf(reference, thread, index);
  // A tenth item of a list of four: nothing else is meant by that, and nothing is put in its place.
  if (reference && !topic && isInList(reference, thread)) return question;
  if (!reference || !topic) return null;
  const named = question.replace(reference.phrase, () => topic.name);
  // "The difference between the second and the third"
  const further = findReference(named);
  if (further && itemOf(further, thread, index)) return pointedAt(named, thread, index);
  const rest = question.replace(reference.phrase, ' ');
  return subjectWords(rest).length === 0 ? aboutTopic(topic) : named;
}

function isInList({ to }: Reference, { list }: Thread): boolean {
  return list.length > 0 && (to.kind === 'place' || to.kind === 'from-end');
}

function aboutTopic(topic: Topic | undefined): string | null {
  return topic ? replies.aboutSection(topic.name) : null;
}

function itemOf({ to }: Reference, thread: Thread, index: KnowledgeIndex): Topic | undefined {
  const { list, topic, spoken } = thread;
  const keys = list.map(({ key }) => key);
  const isInList = topic !== null && keys.includes(topic.key);
  const around = isInList || !topic ? list : siblingsOf(index, topic);
  switch (to.kind) {
    case 'place':
      return list[to.place];
    case 'from-end':
      return list.at(-1 - to.place);
    case 'step':
      return around[around.findIndex(({ key }) => key === topic?.key) + to.by];
    case 'other': {
      const before = spoken.findLast((key) => key !== topic?.key && around.some((item) => item.key === key));
      return (
        around.find(({ key }) => key === before) ??
        (around.length === 2 ? around.find(({ key }) => key !== topic?.key) : undefined)
      );
    }
    case 'another':
      return thread.scope.size > 2 ? undefined : around.find(({ key }) => key !== topic?.key && !spoken.includes(key));
  }
}
