import type { EarlierTurn } from '../domain.ts';
import type { Log } from '../log.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { createCarryOver } from './follow-up/carry-over.ts';
import { leansOnConversation } from './follow-up/leans-on-conversation.ts';
import { type Rewriter, rewriteByModel } from './follow-up/model-rewrite.ts';

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
  /** Null when no model is configured, or it cannot be used. */
  readonly rewriter?: () => Promise<Rewriter | null>;
  readonly log: Log;
}

/** By a model where there is one and the question leans on the conversation, else by carrying the topic over. */
export function createStandAlone({ search, rewriter, log }: StandAloneParts): StandAlone {
  const carryOver = createCarryOver({ search });
  return async (followUp) => {
    const { question, turns } = followUp;
    if (!turns.some(({ outcome }) => outcome === 'answered' || outcome === 'refused')) return question;
    const model = leansOnConversation(question) ? await rewriter?.() : null;
    return (model && (await rewriteByModel(model, followUp, log))) ?? carryOver(followUp);
  };
}
