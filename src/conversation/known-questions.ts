import { createHash } from 'node:crypto';
import type { FaqEntry, Passage } from '../domain.ts';
import type { KnownQuestionsOf } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { remembered } from './remembered.ts';

/** Sections from which an entry is a list, whose question leads to none of them in particular. */
const fewestOfList = 3;

/** The questions of a FAQ by the passages that they are known to lead to. */
export interface KnownQuestions {
  /** Those that a passage answers. */
  of(entries: readonly FaqEntry[], passage: Passage): readonly string[];
  /** What a search asks for, given the entries that hold against an index. */
  over(entriesOf: (index: KnowledgeIndex) => readonly FaqEntry[]): KnownQuestionsOf;
  /** Name of all of them with their passages; empty when there are none. */
  identity(entries: readonly FaqEntry[]): string;
}

/** One array, because what was read of a list of questions is remembered by the list. */
const none: readonly string[] = [];

/** The same array of entries is read once. */
export function createKnownQuestions(): KnownQuestions {
  const read = remembered((entries: readonly FaqEntry[]) => {
    const byPassage = new Map<string, string[]>();
    for (const { question, variants, passages } of entries) {
      if (passages.length >= fewestOfList) continue;
      for (const { id } of passages) byPassage.set(id, [...(byPassage.get(id) ?? []), question, ...variants]);
    }
    return { byPassage, identity: byPassage.size === 0 ? '' : nameOf(byPassage) };
  });
  const of: KnownQuestions['of'] = (entries, passage) => read(entries).byPassage.get(passage.id) ?? none;
  const identity: KnownQuestions['identity'] = (entries) => read(entries).identity;
  return {
    of,
    identity,
    over: (entriesOf) => ({
      of: (index, passage) => of(entriesOf(index), passage),
      identity: (index) => identity(entriesOf(index)),
    }),
  };
}

function nameOf(byPassage: ReadonlyMap<string, readonly string[]>): string {
  return createHash('sha256')
    .update(JSON.stringify([...byPassage]))
    .digest('hex')
    .slice(0, 16);
}
