import type { OpenAIEmbeddings } from '@langchain/openai';
import { NapeError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Embedder } from './embedder.ts';
import { boundedFetch, type Fetch } from './openai-bounded-fetch.ts';
import { startDeadline } from './openai-deadline.ts';
import { type ModelAddress, ModelFault } from './openai-fault.ts';
import { faultOf, withRetries } from './openai-retry.ts';

export interface OpenAiEmbedderOptions {
  /** Undefined for a server that asks for none. */
  readonly apiKey: string | undefined;
  /** Of any server that speaks the protocol, with its `/v1`; OpenAI's own by default. */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  /** Components of every vector; needed for a model that is not OpenAI's. */
  readonly dimension?: number | undefined;
  /** Total time for one batch with all its retries, in milliseconds. */
  readonly deadlineMs: number;
  readonly log: Log;
  /** Texts in one request, 1 to 2,048. */
  readonly batchSize?: number;
  /** Further attempts for one batch after the first. */
  readonly retries?: number;
  readonly fetch?: Fetch;
  /** From 0 up to 1; spreads the waits between attempts. */
  readonly random?: () => number;
}

export const openAiBaseUrl = 'https://api.openai.com/v1';

const knownDimensions: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
};

/** The API's limit is 8,192 tokens a text, and a token is seldom less than one character. */
const mostCharacters = 8_000;
const concurrentBatches = 2;

/**
 * Embeds through LangChain's OpenAIEmbeddings. The text of every passage and question goes to the server.
 * Throws `config-invalid` at once for a model whose dimension is not known, and ModelFault from a call.
 */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const { model, deadlineMs, log, batchSize = 96, retries = 2, random = Math.random } = options;
  const dimension = options.dimension ?? knownDimensions[model];
  if (dimension === undefined) {
    throw new NapeError(
      'config-invalid',
      `The dimension of the embedding model "${model}" is not known. Set NAPE_EMBEDDING_DIMENSION to the length of its vectors.`,
    );
  }
  const baseUrl = options.baseUrl ?? openAiBaseUrl;
  const address: ModelAddress = {
    model,
    host: new URL(baseUrl).host,
    keyVariable: 'OPENAI_API_KEY',
    modelVariable: 'NAPE_EMBEDDING_MODEL',
  };
  // A float is at most 25 characters of JSON; the rest is room for what surrounds them.
  const mostBytes = 1_048_576 + batchSize * dimension * 32;

  async function client(signal: AbortSignal): Promise<OpenAIEmbeddings> {
    // Loaded only where it is wanted: it takes longer than the whole start of an offline Nape.
    const { OpenAIEmbeddings } = await import('@langchain/openai');
    return new OpenAIEmbeddings({
      apiKey: options.apiKey ?? 'none',
      model,
      // Only these models can shorten their vectors; others refuse the field.
      ...(options.dimension !== undefined && model.startsWith('text-embedding-3') ? { dimensions: dimension } : {}),
      batchSize,
      // Retries are ours: LangChain's know no deadline and wait for no Retry-After.
      maxRetries: 0,
      timeout: deadlineMs,
      // Servers other than OpenAI's may ignore base64, and the client would then decode numbers as if they were it.
      encodingFormat: 'float',
      stripNewLines: false,
      configuration: {
        baseURL: baseUrl,
        // OpenAIEmbeddings takes no signal, so the request gets it here, and a client is made for each batch.
        fetch: boundedFetch(options.fetch ?? fetch, mostBytes, signal),
        // Null, so that nothing is read from the environment behind the configuration's back.
        organization: null,
        project: null,
        logLevel: 'off',
      },
    });
  }

  /** One request with its retries; `texts` are not blank and at most `batchSize`. */
  async function embedBatch(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]> {
    const deadline = startDeadline(deadlineMs, signal);
    try {
      const embeddings = await client(deadline.signal);
      const attempt = () => embeddings.embedDocuments([...texts]);
      const reply: unknown = await withRetries(attempt, { retries, deadline, address, random, log });
      return readVectors(reply, texts.length, dimension ?? 0, address);
    } catch (thrown) {
      throw faultOf(thrown, deadline, address);
    } finally {
      deadline.release();
    }
  }

  async function embedAll(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    const vectors: Float32Array[] = texts.map(() => new Float32Array(dimension ?? 0));
    const wanted = texts.flatMap((text, at) => (/[\p{L}\p{N}]/u.test(text) ? [{ at, text: requestText(text) }] : []));
    const batches: { readonly at: number; readonly text: string }[][] = [];
    for (let at = 0; at < wanted.length; at += batchSize) batches.push(wanted.slice(at, at + batchSize));

    const siblings = new AbortController();
    const stop = () => siblings.abort(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    const work = async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const found = await embedBatch(
          batch.map(({ text }) => text),
          siblings.signal,
        );
        for (const [place, vector] of found.entries()) vectors[batch[place]?.at ?? -1] = vector;
      }
    };
    try {
      await Promise.all(Array.from({ length: concurrentBatches }, work));
    } catch (thrown) {
      // One batch failed for good: the others would only cost money.
      siblings.abort(thrown);
      throw thrown;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    return vectors;
  }

  return {
    identity: `openai/${model}/${dimension}@${address.host}`,
    dimension,
    embedPassages: embedAll,
    async embedQuery(text, signal) {
      const [vector] = await embedAll([text], signal);
      return vector ?? new Float32Array(dimension);
    },
  };
}

/** White space as single spaces, no half of a surrogate pair, and no more than the API takes. */
function requestText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, mostCharacters).toWellFormed();
}

function readVectors(
  reply: unknown,
  count: number,
  dimension: number,
  { model, host }: ModelAddress,
): readonly Float32Array[] {
  if (!Array.isArray(reply) || reply.length !== count) {
    const got = Array.isArray(reply) ? reply.length : 'no list';
    throw new ModelFault(
      'bad-reply',
      `${host} sent vectors of "${model}" for ${count} texts: got ${got}, wanted ${count}.`,
    );
  }
  return reply.map((row: unknown) => {
    const got = Array.isArray(row) ? row.length : typeof row;
    if (!Array.isArray(row) || row.length !== dimension) {
      throw new ModelFault(
        'bad-reply',
        `${host} sent a vector of "${model}" of the wrong dimension: got ${got}, wanted ${dimension}. Set NAPE_EMBEDDING_DIMENSION to what the model gives.`,
      );
    }
    const length = row.every((component) => typeof component === 'number') ? Math.hypot(...row) : Number.NaN;
    if (!Number.isFinite(length) || length === 0) {
      const strange = row.find((component) => !Number.isFinite(component));
      throw new ModelFault(
        'bad-reply',
        `${host} sent a vector of "${model}" that has no direction: got ${strange === undefined ? `length ${length}` : String(strange)}, wanted ${dimension} finite numbers. Check the embedding server.`,
      );
    }
    return Float32Array.from(row, (component: number) => component / length);
  });
}
