import type { QuestionForm } from '../answering/question-form.ts';
import { stemSet } from '../answering/sentence-relevance.ts';
import type { ScoredPassage } from '../retrieval/knowledge-index.ts';

/** Share of the question's content words that the best passage must hold. */
const smallestCoverage = 0.5;

/** Whether the best passage speaks of what is asked. */
export function hasEvidence(form: QuestionForm, found: readonly ScoredPassage[]): boolean {
  const best = found[0];
  if (!best) return false;
  const wanted = [...stemSet(form.subject)];
  const content = stemSet([...best.passage.headings, best.passage.text].join(' '));
  const held = wanted.filter((token) => content.has(token)).length;
  return wanted.length > 0 && held / wanted.length >= smallestCoverage;
}
