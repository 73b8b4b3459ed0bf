import type { EarlierTurn } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { createCarryOver } from './follow-up/carry-over.ts';

export interface FollowUp {
  readonly question: string;
  /** Oldest first. */
  readonly turns: readonly EarlierTurn[];
  readonly index: KnowledgeIndex;
  readonly signal: AbortSignal;
}

/** The question as someone would ask it who has not seen the conversation; the same one when it stands alone already. */
export type StandAlone = (followUp: FollowUp) => Promise<string>;

export interface StandAloneParts {
  readonly search: Pick<HybridSearch, 'search'>;
}

/** Stand-alone questions, by a model where there is one, else by carrying the topic over. */
export function createStandAlone(parts: StandAloneParts): StandAlone {
  return createCarryOver(parts);
}
