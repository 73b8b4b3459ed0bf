import type { AskParts } from '../../src/conversation/ask.ts';
import { createRemember } from '../../src/conversation/remember.ts';
import type { Answer, EarlierTurn, OngoingConversation } from '../../src/domain.ts';
import { silentLog } from '../../src/log.ts';
import type { AskOver } from './ask-over.ts';
import { eventsOf } from './ask-over.ts';

export interface ConversationOver {
  /** Asks the next question; fails when there is no answer. */
  readonly say: (text: string) => Promise<Answer>;
  readonly turns: readonly EarlierTurn[];
  /** The questions as they were looked up, in order. */
  readonly lookedUp: readonly string[];
}

/** One conversation over the path of a question, kept in memory. */
export function conversationOver(nape: AskOver, parts: Partial<AskParts> = {}): ConversationOver {
  const turns: EarlierTurn[] = [];
  const lookedUp: string[] = [];
  const append = async (_id: string, turn: EarlierTurn) => turns.push(turn) > 0;
  const store = { conversations: { append }, questions: { record() {} } };
  const ask = nape.askWith({
    remember: createRemember({ store, now: () => 0, log: silentLog }),
    ...parts,
  });
  const conversation: OngoingConversation = {
    id: 'conversation',
    history: async () => ({ crisisOpen: turns.some(({ reason }) => reason === 'crisis'), turns: [...turns] }),
  };
  const onStandAlone = (question: string) => lookedUp.push(question);
  return {
    turns,
    lookedUp,
    async say(text) {
      const last = (await eventsOf(ask({ text, conversation, onStandAlone }))).at(-1);
      if (last?.type !== 'answer-end') throw new Error(`no answer to ${text}: ${JSON.stringify(last)}`);
      return last.answer;
    },
  };
}
