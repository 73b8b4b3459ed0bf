import { z } from 'zod';
import { NapeError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { PromptMessage } from '../prompts.ts';
import type { ChatModel, ChatOptions, ChatPart } from './chat-model.ts';
import { boundedFetch, type Fetch } from './openai-bounded-fetch.ts';
import { type CallDeadline, startDeadline, untilAborted } from './openai-deadline.ts';
import { openAiBaseUrl } from './openai-embedder.ts';
import { type ModelAddress, ModelFault } from './openai-fault.ts';
import { faultOf, withRetries } from './openai-retry.ts';

export interface LangchainChatModelOptions {
  /** A model of OpenAI's protocol, or `provider:model` in LangChain's names of providers. */
  readonly model: string;
  /** Undefined for a server that asks for none, or for a provider whose package finds its own. */
  readonly apiKey: string | undefined;
  /** Of any server that speaks OpenAI's protocol, with its `/v1`; OpenAI's own by default. Not for other providers. */
  readonly baseUrl?: string | undefined;
  /** Total time for one reply with all its retries, in milliseconds. */
  readonly deadlineMs: number;
  readonly log: Log;
  /** Further attempts after the first, as long as nothing of a reply has come. */
  readonly retries?: number;
  readonly fetch?: Fetch;
  /** From 0 up to 1; spreads the waits between attempts. */
  readonly random?: () => number;
}

/** 64 KiB of text is far more than any answer; a server that sends more is broken or hostile. */
const mostCharacters = 65_536;
/** The same on the wire, where every token brings some 250 bytes of JSON: room for 4,000 tokens in single pieces. */
const mostBytes = 1_048_576;

/**
 * A chat model through LangChain's `initChatModel`. Questions and passages go to its server.
 * Throws `config-invalid` when the provider's package is missing or refuses its configuration.
 */
export async function createLangchainChatModel(options: LangchainChatModelOptions): Promise<ChatModel> {
  const { deadlineMs, log, retries = 1, random = Math.random } = options;
  // Loaded only where it is wanted: it takes longer than the whole start of an offline Nape.
  const { initChatModel, MODEL_PROVIDER_CONFIG } = await import('langchain/chat_models/universal');
  const { provider, model } = providerAndModel(options.model, Object.keys(MODEL_PROVIDER_CONFIG));
  const isOpenAi = provider === 'openai';
  const baseUrl = options.baseUrl ?? openAiBaseUrl;
  const address: ModelAddress = {
    model,
    host: isOpenAi ? new URL(baseUrl).host : provider,
    keyVariable: isOpenAi ? 'OPENAI_API_KEY' : `the key of ${provider}`,
    modelVariable: 'NAPE_CHAT_MODEL',
  };
  const fields = {
    modelProvider: provider,
    // Retries are ours: LangChain's know no deadline and wait for no Retry-After.
    maxRetries: 0,
    verbose: false,
    configurableFields: ['maxTokens'],
    // Reasoning models refuse a temperature.
    ...(/^o\d|^gpt-5(?!-chat)/.test(model) ? {} : { temperature: 0 }),
    ...(options.apiKey !== undefined || isOpenAi ? { apiKey: options.apiKey ?? 'none' } : {}),
    ...(isOpenAi ? openAiFields(baseUrl, deadlineMs, options.fetch ?? fetch) : {}),
  };
  const chat = await initChatModel(model, fields).catch((thrown: unknown) => {
    throw setupError(options, provider, thrown);
  });

  async function* stream(messages: readonly PromptMessage[], { signal, maxTokens }: ChatOptions) {
    signal?.throwIfAborted();
    const deadline = startDeadline(deadlineMs, signal);
    const input = messages.map(({ role, content }): [string, string] => [role, content]);
    const open = async () => {
      const chunks = await chat.stream(input, { signal: deadline.signal, configurable: { maxTokens } });
      const iterator = chunks[Symbol.asyncIterator]();
      // A failure of the request shows with the first chunk, and only until then may it be tried again.
      return { iterator, first: await iterator.next() };
    };
    try {
      const { iterator, first } = await withRetries(open, { retries, deadline, address, random, log });
      yield* readReply(first, iterator, deadline, address, isOpenAi);
    } catch (thrown) {
      throw faultOf(thrown, deadline, address);
    } finally {
      // Whoever stops reading, for whatever reason, stops the request too.
      deadline.release();
    }
  }
  return { identity: `${provider}:${model}@${address.host}`, stream };
}

function openAiFields(baseUrl: string, timeout: number, fetch: Fetch) {
  return {
    timeout,
    // Nothing that a visitor asks is kept by the vendor; the second field says the same on the Responses API.
    modelKwargs: { store: false },
    zdrEnabled: true,
    // LangChain drops the text of a refusal; it is still in the raw chunk.
    __includeRawResponse: true,
    configuration: {
      baseURL: baseUrl,
      fetch: boundedFetch(fetch, mostBytes),
      // Null, so that nothing is read from the environment behind the configuration's back.
      organization: null,
      project: null,
      logLevel: 'off' as const,
    },
  };
}

/** What is read of LangChain's AIMessageChunk, whose own type says nothing of these fields' contents. */
interface ReplyChunk {
  readonly text: string;
  readonly response_metadata: Readonly<Record<string, unknown>>;
  readonly additional_kwargs: Readonly<Record<string, unknown>>;
  readonly usage_metadata?: unknown;
}

/** The parts of a reply whose first chunk has come. */
async function* readReply(
  first: IteratorResult<ReplyChunk>,
  iterator: AsyncIterator<ReplyChunk>,
  deadline: CallDeadline,
  { model, host }: ModelAddress,
  mustSayFinished: boolean,
): AsyncGenerator<ChatPart> {
  let characters = 0;
  let finish: string | undefined;
  let usedTokens: number | undefined;
  for (let next = first; !next.done; next = await untilAborted(iterator.next(), deadline.signal)) {
    const chunk = next.value;
    finish = finishReason(chunk) ?? finish;
    usedTokens = totalTokens(chunk) ?? usedTokens;
    if (isRefusal(chunk) || finish === 'content_filter' || finish === 'refusal') {
      throw new ModelFault('refused', `The model "${model}" of ${host} declined to answer.`);
    }
    characters += chunk.text.length;
    if (characters > mostCharacters) {
      throw new ModelFault(
        'bad-reply',
        `The reply of the model "${model}" of ${host} is longer than ${mostCharacters} characters.`,
      );
    }
    if (chunk.text !== '') yield { type: 'text', text: chunk.text };
  }
  if (characters === 0 || (finish === undefined && mustSayFinished)) {
    const what = characters === 0 ? 'is empty' : 'breaks off';
    throw new ModelFault('bad-reply', `The reply of the model "${model}" of ${host} ${what}.`);
  }
  yield { type: 'end', finish: finish === 'length' || finish === 'max_tokens' ? 'length' : 'stop', usedTokens };
}

/** Why the model stopped, in the field of whichever vendor. */
function finishReason({ response_metadata: metadata, additional_kwargs: further }: ReplyChunk): string | undefined {
  const reason: unknown = metadata.finish_reason ?? metadata.stop_reason ?? further.stop_reason;
  return typeof reason === 'string' && reason !== '' ? reason : undefined;
}

function totalTokens({ usage_metadata: usage }: ReplyChunk): number | undefined {
  return usageShape.safeParse(usage).data?.total_tokens;
}

function isRefusal({ additional_kwargs: further }: ReplyChunk): boolean {
  return Boolean(rawShape.safeParse(further.__raw_response).data?.choices[0]?.delta.refusal);
}

const usageShape = z.object({ total_tokens: z.number().nonnegative() });
const rawShape = z.object({ choices: z.array(z.object({ delta: z.object({ refusal: z.string().nullish() }) })) });

function providerAndModel(name: string, providers: readonly string[]): { provider: string; model: string } {
  const [prefix = '', ...rest] = name.split(':');
  // Some servers have colons in the names of their models ("llama3:8b"): those are no providers.
  return rest.length > 0 && providers.includes(prefix)
    ? { provider: prefix, model: rest.join(':') }
    : { provider: 'openai', model: name };
}

function setupError({ model, apiKey }: LangchainChatModelOptions, provider: string, thrown: unknown): NapeError {
  const said = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : '';
  const missing = /Unable to import (\S+?)\. /.exec(said)?.[1];
  const words = missing
    ? `needs the package ${missing}, which is not installed. Run: npm install ${missing}`
    : `cannot be set up (${apiKey ? said.replaceAll(apiKey, '…') : said}). See the documentation of LangChain's provider "${provider}".`;
  return new NapeError('config-invalid', `NAPE_CHAT_MODEL=${model} ${words}`);
}
