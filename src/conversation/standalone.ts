import type { EarlierTurn } from '../domain.ts';
import type { Log } from '../log.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { askedPart } from './asked-part.ts';
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

export interface StandAloneQuestion {
  /** The question as someone would ask it who has not seen the conversation; the same one when it stands alone already. */
  readonly question: string;
  /** Sections that the conversation is about, as `document#section`: what they say of the question goes before what others do. */
  readonly near: readonly string[];
}

export type StandAlone = (followUp: FollowUp) => Promise<StandAloneQuestion>;

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
    const { turns } = followUp;
    const isOngoing = turns.some(({ outcome }) => outcome === 'answered' || outcome === 'refused');
    const question = askedPart(followUp.question, isOngoing);
    if (!isOngoing) return { question, near: [] };
    const model = leansOnConversation(question) ? await rewriter?.() : null;
    const rewritten = model ? await rewriteByModel(model, { ...followUp, question }, log) : null;
    return rewritten === null ? carryOver({ ...followUp, question }) : { question: rewritten, near: [] };
  };
}
