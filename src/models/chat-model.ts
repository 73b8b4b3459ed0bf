import type { PromptMessage } from '../prompts.ts';

export interface ChatOptions {
  readonly signal?: AbortSignal | undefined;
  /** Most tokens of the reply. */
  readonly maxTokens: number;
}

/** A piece of a reply as it arrives; the last one of a whole reply is `end`, and there is only one. */
export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'end';
      /** `length`: the reply reached `maxTokens` and its last sentence may be cut. */
      readonly finish: 'stop' | 'length';
      /** Tokens of question and reply together, when the server told. */
      readonly usedTokens: number | undefined;
    };

export interface ChatReply {
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly usedTokens: number | undefined;
}

/** Writes a reply to messages; the door to whichever model does it. */
export interface ChatModel {
  /** Provider, model and host, for the log; never a key. */
  readonly identity: string;
  /** Throws a ModelFault, or the reason of the caller's signal. Stopping early stops the model. */
  stream(messages: readonly PromptMessage[], options: ChatOptions): AsyncIterable<ChatPart>;
}

/** The whole reply at once; throws as `stream` does. */
export async function completeChat(
  model: ChatModel,
  messages: readonly PromptMessage[],
  options: ChatOptions,
): Promise<ChatReply> {
  let text = '';
  let end: Omit<ChatReply, 'text'> = { finish: 'stop', usedTokens: undefined };
  for await (const part of model.stream(messages, options)) {
    if (part.type === 'text') text += part.text;
    else end = { finish: part.finish, usedTokens: part.usedTokens };
  }
  return { text, ...end };
}
