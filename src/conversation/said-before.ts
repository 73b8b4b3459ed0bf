import type { CitedSentence, EarlierTurn, Passage } from '../domain.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { isMoreWanted } from './follow-up/wording.ts';
import { replies } from './replies.ts';

const mostSentences = 3;

/** "Tell me more": what the section holds that was not shown yet, in its order; none for other questions, or when there is no more. */
export function unsaidSentences(
  asked: string,
  turns: readonly EarlierTurn[],
  index: KnowledgeIndex,
  top: Passage | undefined,
): readonly CitedSentence[] {
  const said = saidTexts(turns);
  if (!top || said.size === 0 || !isMoreWanted(asked)) return [];
  return index.passages
    .filter(({ document, section }) => document === top.document && section === top.section)
    .flatMap(({ id, sentences }) => sentences.map(({ text }) => ({ text, citations: [id], quoted: true })))
    .filter(({ text }) => !said.has(text))
    .slice(0, mostSentences);
}

/** What leads an answer all of which was quoted before in this conversation; undefined for others. */
export function repeatLead(
  asked: string,
  turns: readonly EarlierTurn[],
  sentences: readonly CitedSentence[],
  heading: string,
): string | undefined {
  const said = saidTexts(turns);
  if (sentences.length === 0 || !sentences.every(({ text, quoted }) => quoted && said.has(text))) return undefined;
  return isMoreWanted(asked) ? replies.noMoreLead(heading) : replies.againLead;
}

function saidTexts(turns: readonly EarlierTurn[]): ReadonlySet<string> {
  return new Set(turns.flatMap(({ answer }) => answer?.sentences.map(({ text }) => text) ?? []));
}
