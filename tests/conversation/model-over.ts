import { fileURLToPath } from 'node:url';
import { createExtractiveWriter } from '../../src/answering/extractive-writer.ts';
import { openModelWriter } from '../../src/answering/model-writer.ts';
import { createRateSentences } from '../../src/answering/sentence-relevance.ts';
import type { ChatConfig } from '../../src/config.ts';
import type { AskParts } from '../../src/conversation/ask.ts';
import { createStandAlone } from '../../src/conversation/standalone.ts';
import type { Ask } from '../../src/domain.ts';
import { type Log, silentLog } from '../../src/log.ts';
import { createTokenCounter } from '../../src/models/chat-token-budget.ts';
import { type AskOver, embedder, triageOutput } from './ask-over.ts';

export interface ModelOverParts {
  readonly nape: AskOver;
  /** Base URL of the loopback server. */
  readonly url: string;
  readonly deadlineMs?: number;
  readonly judge?: ChatConfig['judge'];
  readonly dailyTokenBudget?: number;
  readonly apiKey?: string;
  readonly log?: Log;
}

/** The path of a question with a model that writes, over the index of `nape`. */
export async function modelOver(parts: ModelOverParts): Promise<Ask> {
  const {
    nape,
    url,
    deadlineMs = 5_000,
    judge = 'off',
    dailyTokenBudget,
    apiKey = 'sk-loopback',
    log = silentLog,
  } = parts;
  const extractive = createExtractiveWriter(createRateSentences(embedder));
  const model = await openModelWriter({
    chat: { model: 'loopback', judge, dailyTokenBudget },
    server: { apiKey, baseUrl: url },
    prompts: fileURLToPath(new URL('../../prompts', import.meta.url)),
    extractive,
    isSayable: (text) => triageOutput(text) === null,
    deadlineMs,
    log,
    now: () => new Date(),
    tokens: createTokenCounter(() => new Date()),
  });
  const writer: AskParts['writer'] = (index) => ({ write: model.over(index), isModel: true });
  const standAlone = createStandAlone({ search: nape.search, rewriter: async () => model.rewriter, log });
  return nape.askWith({ writer, standAlone, suggest: async () => [], deadlineMs, log });
}
