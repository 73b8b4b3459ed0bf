import type { ChatConfig } from '../config.ts';
import type { IndexedDocument, Passage } from '../domain.ts';
import type { Log } from '../log.ts';
import { type ChatModel, completeChat } from '../models/chat-model.ts';
import { createDailyTokenBudget, type TokenCounter, withTokenBudget } from '../models/chat-token-budget.ts';
import { withCircuitBreaker } from '../models/circuit-breaker.ts';
import { createLangchainChatModel } from '../models/langchain-chat-model.ts';
import { loadPrompts, type Prompts } from '../prompts.ts';
import { createGeneratedWriter } from './generated-writer.ts';
import { createJudgedVerify } from './judge.ts';
import { loadLexicons } from './lexicons/load-lexicons.ts';
import { createPromptedWriter } from './prompted-writer.ts';
import { createVerify, type Verify } from './verify.ts';
import type { Writer } from './writer.ts';

export interface ModelWriterParts {
  readonly chat: ChatConfig;
  readonly server: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined };
  /** Folder of the prompts. */
  readonly prompts: string;
  /** Takes over when the model cannot. */
  readonly extractive: Writer;
  /** Whether words may stand in an answer outside quotation marks at all. */
  readonly isSayable: (text: string) => boolean;
  /** Milliseconds of one whole answer. */
  readonly deadlineMs: number;
  readonly log: Log;
  readonly now: () => Date;
  /** What the day's budget is counted by. */
  readonly tokens: TokenCounter;
}

/** What verification needs of an index. */
export interface Articles {
  readonly passages: readonly Passage[];
  readonly documents: readonly IndexedDocument[];
}

export interface ModelWriter {
  /** A writer whose sentences are verified against these articles. */
  over(articles: Articles): Writer;
  /** The same model with the prompt that makes follow-ups stand alone. */
  readonly rewriter: { readonly prompt: Prompts['standalone']; readonly model: ChatModel };
  /** One short call to the model; its identity when it answers. Throws a ModelFault that says what is wrong. */
  check(): Promise<string>;
}

/** Share of the deadline that the model may use: the rest is for the article to speak in its place. */
const modelShare = 0.9;

const checkTokens = 16;

/** Opens the model, the prompts and the lexicons; throws a `config-invalid` NapeError when one of them is not right. */
export async function openModelWriter(parts: ModelWriterParts): Promise<ModelWriter> {
  const { chat, server, extractive, log } = parts;
  const deadlineMs = Math.round(parts.deadlineMs * modelShare);
  const [prompts, lexicons, bare] = await Promise.all([
    loadPrompts(parts.prompts),
    loadLexicons(),
    createLangchainChatModel({ ...server, model: chat.model, deadlineMs, log }),
  ]);
  const guarded = withCircuitBreaker(bare, { log });
  const limit = chat.dailyTokenBudget;
  const model =
    limit === undefined ? guarded : withTokenBudget(guarded, createDailyTokenBudget(limit, parts.now, parts.tokens));
  const prompted = createPromptedWriter({ prompt: prompts.answer, model, log });
  // One entry per loaded generation, gone with it.
  const writers = new WeakMap<Articles, Writer>();
  return {
    rewriter: { prompt: prompts.standalone, model },
    async check() {
      await completeChat(bare, [{ role: 'user', content: 'Say OK.' }], { maxTokens: checkTokens });
      return bare.identity;
    },
    over(articles) {
      const known = writers.get(articles);
      if (known) return known;
      const rules = sayable(
        parts.isSayable,
        createVerify({ passages: articles.passages, documents: articles.documents, lexicons }),
      );
      const restores = chat.judge === 'restore';
      const verify =
        chat.judge === 'off' ? rules : createJudgedVerify(rules, { prompt: prompts.judge, model, restores, log });
      const writer = createGeneratedWriter({ prompted, extractive, verify, deadlineMs, log });
      writers.set(articles, writer);
      return writer;
    },
  };
}

/** The gates, and after them what no answer says in its own words: it is left to a quotation. */
function sayable(isSayable: (text: string) => boolean, verify: Verify): Verify {
  return (sentence, cited) => {
    const ruled = verify(sentence, cited);
    if (ruled.verdict !== 'keep' || isSayable(sentence)) return ruled;
    const reason = { gate: 'own-words', words: [], why: 'this is for the article to say, in quotation marks' } as const;
    return { ...ruled, verdict: 'drop-hard', reasons: [reason] };
  };
}
