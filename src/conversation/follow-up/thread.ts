import { questionForm } from '../../answering/question-form.ts';
import { stemSet } from '../../answering/sentence-relevance.ts';
import type { EarlierTurn } from '../../domain.ts';
import { words } from '../../language/tokens.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import { sectionKey } from '../section-key.ts';
import { shownList } from './shown-list.ts';
import { parentOf, type Topic, topicAt } from './topic.ts';

/** What a follow-up can refer to. */
export interface Thread {
  /** What was spoken of last; null before the first answer. */
  readonly topic: Topic | null;
  /** Sections that count as the topic: itself, or for a list the items. */
  readonly scope: ReadonlySet<string>;
  /** The question to which that was the answer, as it was looked up. */
  readonly question: string;
  /** The passages shown with it, as one text. */
  readonly shown: string;
  /** Whether the last answer was a list. */
  readonly isList: boolean;
  /** The list that was shown last, in its order. */
  readonly list: readonly Topic[];
  /** Whether the last turn did not answer but asked back about that list. */
  readonly isAskedBack: boolean;
  /** Everything that was spoken of so far, by key, oldest first. */
  readonly spoken: readonly string[];
}

/** Reads the thread off the turns; what was answered with nothing of the articles leaves the topic as it was. */
export function threadOf(turns: readonly EarlierTurn[], index: KnowledgeIndex): Thread {
  const answers = turns.filter(({ passages }) => passages.length > 0);
  const last = answers.at(-1);
  const listed = turns.findLast((turn) => turn.listed.length > 0);
  // A list is about what its items have in common: the section above them.
  const isList = last !== undefined && last.listed.length > 0;
  const asked = isList ? null : nameOf(answers, index);
  // What was asked for by name is told of where it is named, whatever was quoted before that.
  const firstId = last?.passages.find((id) => asked !== null && says(textOf([id], index), asked)) ?? last?.passages[0];
  const firstKey = sectionKey(firstId ?? '');
  const section = (isList && parentOf(index, firstKey)) || topicAt(index, firstKey);
  const isHeading = asked?.toLowerCase() === section?.name.toLowerCase();
  const topic = section && asked !== null && !isHeading ? { ...section, name: asked } : section;
  return {
    topic,
    isList,
    scope: new Set([topic?.key ?? '', firstKey, ...(last?.listed ?? [])]),
    question: last?.question ?? '',
    shown: textOf(last?.passages ?? [], index),
    list: shownList(turns, index),
    isAskedBack: turns.at(-1)?.outcome === 'refused' && turns.at(-1) === listed,
    spoken: answers.filter((turn) => turn.listed.length === 0).map(({ passages }) => sectionKey(passages[0] ?? '')),
  };
}

const longestName = 4;
/** "What is kneading for?" names kneading. */
const trailingPreposition = / (?:for|about|like|of|with|to)$/iu;

/** "What is the trapezius?", "where is it?": what is spoken of is the trapezius, whatever section told of it; null when no name was asked for. */
function nameOf(answers: readonly EarlierTurn[], index: KnowledgeIndex): string | null {
  let name: string | null = null;
  for (const { question, passages } of answers) {
    const form = questionForm(question);
    const subject = form.subject.replace(trailingPreposition, '');
    const asked = form.kind === 'definition' && words(subject).length <= longestName ? subject : null;
    const goesOn: boolean = name !== null && question.toLowerCase().includes(name.toLowerCase());
    const found: string | null = asked ?? (goesOn ? name : null);
    name = found !== null && stemSet(found).size > 0 && says(textOf(passages, index), found) ? found : null;
  }
  return name;
}

/** Whether a text has every content word of a name, in any form. */
function says(text: string, name: string): boolean {
  const said = stemSet(text);
  return [...stemSet(name)].every((word) => said.has(word));
}

/** Passages by their ids, as one text. */
function textOf(ids: readonly string[], index: KnowledgeIndex): string {
  return ids.map((id) => index.passage(id)?.text ?? '').join('\n');
}

/** Stems of the titles: what all sections are about tells none from another. */
export function titleStems({ documents }: KnowledgeIndex): ReadonlySet<string> {
  return stemSet(documents.map(({ title }) => title).join(' '));
}
