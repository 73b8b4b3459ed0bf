import type { AskParts } from '../../src/conversation/ask.ts';
import { openScript, type Script } from '../../src/evaluation/scripted-conversation.ts';
import type { AskOver } from './ask-over.ts';

/** One conversation over the path of a question, kept in memory. */
export function conversationOver(nape: AskOver, parts: Partial<AskParts> = {}): Script {
  return openScript((remember) => nape.askWith({ remember, ...parts }));
}
