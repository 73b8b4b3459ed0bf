import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ask } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { type EvaluationFigures, evaluate } from './evaluate.ts';
import { readQuestionSet } from './question-set.ts';
import { reportText } from './report.ts';

/** An index with the questions that are asked of it. */
export interface Subject {
  readonly index: KnowledgeIndex;
  readonly ask: Ask;
  /** Paths of its question sets. */
  readonly sets: readonly string[];
}

export interface EvaluateSetsParts {
  readonly subjects: readonly Subject[];
  readonly search: HybridSearch;
  readonly write: (text: string) => void;
}

/** Least shares of every plain set that the project holds itself to; `nape eval` fails below them. */
export const targets = { rightFirst: 0.8, farRefused: 0.8, followUpsRight: 0.85, draggedAlong: 0.05 } as const;

/** Mark of the sets that are kept for the end: what is looked at often is tuned on. */
const untouched = '-final';
/** Mark of the sets of paraphrases, which are measured without a target of their own. */
const paraphrases = 'paraphrase-';

/** Names of question sets; other sets lie beside them. */
const questionSet = /^paraphrase-.*\.json$|questions\.json$/;

/** The question sets of a folder that may be looked at, in order. */
export async function questionSets(directory: string): Promise<readonly string[]> {
  const files = (await readdir(directory)).filter((file) => questionSet.test(file) && !file.includes(untouched));
  return files.sort().map((file) => join(directory, file));
}

/** Measures every set and writes the report; true when the plain sets meet the targets. */
export async function evaluateSets({ subjects, search, write }: EvaluateSetsParts): Promise<boolean> {
  let met = true;
  for (const { index, ask, sets } of subjects) {
    for (const path of sets) {
      const figures = await evaluate(await readQuestionSet(path), index, search, ask);
      write(reportText([figures], { misses: true }));
      if (!figures.set.startsWith(paraphrases) && sets.length > 1) met &&= meetsTargets(figures);
    }
  }
  return met;
}

function meetsTargets({ rightFirst, farRefused }: EvaluationFigures): boolean {
  return rightFirst >= targets.rightFirst && farRefused >= targets.farRefused;
}
