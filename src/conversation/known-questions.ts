import type { FaqEntry, Passage } from '../domain.ts';
import { remembered } from './remembered.ts';

/** Sections from which an entry is a list, whose question leads to none of them in particular. */
const fewestOfList = 3;

/** For each passage the questions of the FAQ that it answers; the same array of entries is read once. */
export function createKnownQuestions(): (entries: readonly FaqEntry[], passage: Passage) => readonly string[] {
  const byPassage = remembered((entries: readonly FaqEntry[]) => {
    const questions = new Map<string, string[]>();
    for (const { question, variants, passages } of entries) {
      if (passages.length >= fewestOfList) continue;
      for (const { id } of passages) questions.set(id, [...(questions.get(id) ?? []), question, ...variants]);
    }
    return questions;
  });
  return (entries, passage) => byPassage(entries).get(passage.id) ?? [];
}
