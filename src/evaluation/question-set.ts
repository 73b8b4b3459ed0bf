import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { NapeError } from '../errors.ts';

/** `in`: the article answers it in one of `sections`; `far` and `near`: it does not. */
export type QuestionKind = 'in' | 'far' | 'near';

export interface EvaluationQuestion {
  readonly question: string;
  readonly kind: QuestionKind;
  /** Ids of the sections that answer it, none when the article does not. */
  readonly sections: readonly string[];
}

export interface QuestionSet {
  readonly name: string;
  readonly questions: readonly EvaluationQuestion[];
}

const item = z.object({
  question: z.string().min(1),
  kind: z.enum(['in', 'far', 'near']).optional(),
  sections: z.array(z.string()),
});

/** Reads a set of questions; throws a NapeError that names the file and the place of the mistake. */
export async function readQuestionSet(path: string): Promise<QuestionSet> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new NapeError('internal', `The question set ${path} cannot be read as JSON.`, { cause });
  }
  const parsed = z.array(item).safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new NapeError(
      'internal',
      `The question set ${path} is wrong at ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  }
  const questions = parsed.data.map(({ question, kind, sections }) => ({
    question,
    sections,
    kind: kind ?? (sections.length > 0 ? ('in' as const) : ('far' as const)),
  }));
  return { name: basename(path, '.json'), questions };
}
