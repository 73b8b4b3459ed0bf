import { join } from 'node:path';
import type { ModelWriter } from '../answering/model-writer.ts';
import type { Writer } from '../answering/writer.ts';
import type { ChatConfig, Config } from '../config.ts';
import type { Rewriter } from '../conversation/follow-up/model-rewrite.ts';
import type { ActiveWriter } from '../conversation/write-soundly.ts';
import type { ClaimFinding, ClaimLint } from '../knowledge/claim-lint.ts';
import type { Log } from '../log.ts';
import type { TokenCounter } from '../models/chat-token-budget.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';

export interface WriterChoiceParts {
  readonly config: Pick<Config, 'chat' | 'openAi' | 'deadlineMs'>;
  readonly log: Log;
  /** Folder of the package, absolute. */
  readonly root: string;
  readonly extractive: Writer;
  readonly openLint: () => Promise<ClaimLint>;
  /** What is found in a text that Nape must not say; null when it may be said. */
  readonly triageOutput: (text: string) => unknown;
  /** What the day's token budget is counted by; replicas share it. */
  readonly tokens: TokenCounter;
}

export interface WriterChoice {
  /** The writer for an index: the model when one is configured, else quotations. */
  over(index: KnowledgeIndex): ActiveWriter;
  /** Rewrites follow-ups with the same model; null when there is none. */
  rewriter(): Promise<Rewriter | null>;
  /** Opens the model anew, so that the owner reads the fault itself. */
  openModel(chat: ChatConfig): Promise<ModelWriter>;
}

/** Decides who writes. A model is opened by the first question that needs it. */
export function createWriterChoice(parts: WriterChoiceParts): WriterChoice {
  const { config, log, root, extractive, openLint, triageOutput, tokens } = parts;

  async function openModel(chat: ChatConfig): Promise<ModelWriter> {
    const ownWords = await openLint();
    // Words that no answer may have outside quotation marks, whatever the article says.
    const isSayable = (text: string) => triageOutput(text) === null && ownWords.own('answer', text).every(isBenefit);
    const { openModelWriter } = await import('../answering/model-writer.ts');
    const { openAi: server, deadlineMs } = config;
    const prompts = join(root, 'prompts');
    const now = () => new Date();
    return openModelWriter({ chat, server, prompts, extractive, isSayable, deadlineMs, log, now, tokens });
  }

  // What is wrong with it is one log line, and the article is quoted.
  let opened: Promise<ModelWriter | null> | undefined;
  const openOnce = (chat: ChatConfig) => {
    opened ??= openModel(chat).catch((thrown: unknown) => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      log.error({ reason }, 'The model cannot be used; answers are quotations.');
      return null;
    });
    return opened;
  };

  return {
    openModel,
    async rewriter() {
      const model = config.chat && (await openOnce(config.chat));
      return model?.rewriter ?? null;
    },
    over(index) {
      const { chat } = config;
      if (!chat) return { write: extractive, isModel: false };
      const write: Writer = async function* (brief) {
        const model = await openOnce(chat);
        yield* model ? model.over(index)(brief) : extractive(brief);
      };
      return { write, isModel: true };
    },
  };
}

/** A benefit in a model's sentence has been held against the article by the gates; other claims are not its to make. */
function isBenefit({ kind }: ClaimFinding): boolean {
  return kind === 'benefit';
}
