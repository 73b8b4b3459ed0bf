import type { Passage } from '../domain.ts';
import type { Log } from '../log.ts';
import type { ChatModel } from '../models/chat-model.ts';
import type { PromptBlock, Prompts } from '../prompts.ts';
import { createSentenceCutter } from './cited-sentences.ts';

/** What the model is given for one reply. */
export interface PromptedBrief {
  readonly question: string;
  /** Best first. */
  readonly passages: readonly { readonly passage: Passage }[];
  readonly signal?: AbortSignal;
}

/** What comes of it, in order. Nothing of it is verified. */
export type Candidate =
  | {
      readonly type: 'sentence';
      readonly text: string;
      /** Ids of passages of the brief; none when the model cited nothing that it was given. */
      readonly citations: readonly string[];
    }
  /** The model says that the passages do not say; nothing follows. */
  | { readonly type: 'not-in-article' };

/** Writes candidate sentences as they arrive; throws a ModelFault, or the reason of the brief's signal. */
export type PromptedWriter = (brief: PromptedBrief) => AsyncIterable<Candidate>;

export interface PromptedWriterParts {
  readonly prompt: Prompts['answer'];
  readonly model: ChatModel;
  readonly log: Log;
  readonly maxTokens?: number;
}

/** What the model writes instead of an answer; prompts/answer.md tells it so. */
const notInArticle = /\bNOT[_ ]IN[_ ]ARTICLE\b/;

/** Has a chat model write from numbered passages, and cuts its reply into sentences that cite passage ids. */
export function createPromptedWriter({ prompt, model, log, maxTokens = 500 }: PromptedWriterParts): PromptedWriter {
  return async function* write({ question, passages, signal }) {
    const ids = passages.map(({ passage }) => passage.id);
    const messages = prompt.render({ passages: passages.map(toBlock), question });
    log.info({ prompt: prompt.version, model: model.identity, passages: ids }, 'a model is asked to write');

    const cutter = createSentenceCutter();
    for await (const part of model.stream(messages, { maxTokens, signal })) {
      const isEnd = part.type === 'end';
      if (isEnd) log.info({ finish: part.finish, usedTokens: part.usedTokens }, 'the model has written');
      for (const { text, citations } of isEnd ? cutter.end() : cutter.push(part.text)) {
        if (notInArticle.test(text)) {
          yield { type: 'not-in-article' };
          return;
        }
        const known = citations.flatMap((number) => ids[Number(number) - 1] ?? []);
        // A reply that was cut off may end inside a sentence or inside its citations.
        const isCut = isEnd && part.finish === 'length' && !(known.length > 0 && /[.!?…]["'”’»)]*$/.test(text));
        if (!isCut) yield { type: 'sentence', text, citations: known };
      }
    }
  };
}

function toBlock({ passage }: { readonly passage: Passage }, at: number): PromptBlock {
  return {
    tag: 'passage',
    attributes: { number: at + 1, section: passage.headings.join(' › ') },
    text: passage.sentences.map(({ text }) => text).join(' '),
  };
}
