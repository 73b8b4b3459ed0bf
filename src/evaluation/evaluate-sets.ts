import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ask } from '../domain.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { evaluate } from './evaluate.ts';
import { readQuestionSet } from './question-set.ts';
import { reportText } from './report.ts';

export interface EvaluateSetsParts {
  /** Folder of the question sets, one JSON file each. */
  readonly directory: string;
  readonly index: KnowledgeIndex;
  readonly ask: Ask;
  readonly write: (text: string) => void;
}

/** Least shares that the project holds itself to; `nape eval` fails below them. */
const targets = { rightFirst: 0.8, refused: 0.8 } as const;

/** Measures every set of the folder and writes the report; true when the first set meets its targets. */
export async function evaluateSets({ directory, index, ask, write }: EvaluateSetsParts): Promise<boolean> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.json')).sort();
  let met = true;
  for (const file of files) {
    const set = await readQuestionSet(join(directory, file));
    const figures = await evaluate(set, index, ask);
    // Misses of an untouched set are not shown, so that nobody tunes on them by accident.
    write(reportText([figures], { misses: !file.includes('final') }));
    if (file === 'first-questions.json')
      met &&= figures.rightFirst >= targets.rightFirst && figures.farRefused >= targets.refused;
  }
  return met;
}
