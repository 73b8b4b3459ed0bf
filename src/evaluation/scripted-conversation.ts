import { createRemember, type Remember } from '../conversation/remember.ts';
import type { Answer, Ask, EarlierTurn, OngoingConversation } from '../domain.ts';
import { silentLog } from '../log.ts';

/** One conversation that lives in memory and is spoken from a script. */
export interface Script {
  /** Asks the next question; throws when there is no answer. */
  readonly say: (text: string) => Promise<Answer>;
  readonly turns: readonly EarlierTurn[];
  /** The questions as they were looked up, in order. */
  readonly lookedUp: readonly string[];
}

/** `askWith` makes the path of a question that keeps its turns here. */
export function openScript(askWith: (remember: Remember) => Ask): Script {
  const turns: EarlierTurn[] = [];
  const lookedUp: string[] = [];
  const append = async (_id: string, turn: EarlierTurn) => turns.push(turn) > 0;
  const store = { conversations: { append }, questions: { record() {} } };
  const ask = askWith(createRemember({ store, now: () => 0, log: silentLog }));
  const conversation: OngoingConversation = {
    id: 'conversation',
    history: async () => ({ crisisOpen: turns.some(({ reason }) => reason === 'crisis'), turns: [...turns] }),
  };
  const onStandAlone = (question: string) => lookedUp.push(question);
  return {
    turns,
    lookedUp,
    async say(text) {
      for await (const event of ask({ text, conversation, onStandAlone })) {
        if (event.type === 'answer-end') return event.answer;
        if (event.type === 'answer-error') throw new Error(`${text}: ${event.message}`);
      }
      throw new Error(`${text}: no answer came`);
    },
  };
}
