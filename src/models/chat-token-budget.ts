import type { ChatModel, ChatOptions } from './chat-model.ts';
import { ModelFault, type ModelFaultKind } from './openai-fault.ts';

/** How many tokens may be spent in a day, and what of them is left. */
export interface TokenBudget {
  /** Sets tokens aside for one call; undefined when the day's budget does not hold them. */
  take(estimate: number): Promise<TokenReservation | undefined>;
  today(): Promise<{ readonly day: string; readonly usedTokens: number; readonly limitTokens: number }>;
}

export interface TokenReservation {
  /** Puts what was really used in the place of the estimate; only the first call counts. */
  settle(usedTokens: number): Promise<void>;
}

/** Counts the tokens of the current day of UTC; the store has one that replicas share. */
export interface TokenCounter {
  /** Adds tokens, negative ones too, unless that makes more than `budget`. */
  takeTokens(tokens: number, budget: number): Promise<boolean>;
  usedTokens(): Promise<number>;
}

/** A counter of this process only. */
export function createTokenCounter(now: () => Date): TokenCounter {
  let day = '';
  let used = 0;
  const turn = () => {
    const today = dayOf(now());
    if (today !== day) used = 0;
    day = today;
  };
  return {
    async takeTokens(tokens, budget) {
      turn();
      if (used + tokens > budget) return false;
      used += tokens;
      return true;
    },
    async usedTokens() {
      turn();
      return used;
    },
  };
}

/** A budget that starts afresh with each day of UTC. */
export function createDailyTokenBudget(limitTokens: number, now: () => Date, counter: TokenCounter): TokenBudget {
  return {
    async take(estimate) {
      const takenOn = dayOf(now());
      if (!(await counter.takeTokens(estimate, limitTokens))) return undefined;
      let isSettled = false;
      return {
        async settle(used) {
          // A call over midnight was paid for by the day on which it began.
          if (isSettled || dayOf(now()) !== takenOn) return;
          isSettled = true;
          // What has been used counts, also when it is more than the budget held.
          await counter.takeTokens(used - estimate, Number.MAX_SAFE_INTEGER);
        },
      };
    },
    today: async () => ({ day: dayOf(now()), usedTokens: await counter.usedTokens(), limitTokens }),
  };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Faults of calls for which no vendor asks money. */
const freeFaults: ReadonlySet<ModelFaultKind> = new Set<ModelFaultKind>([
  'unauthorised',
  'rate-limited',
  'unavailable',
  'circuit-open',
]);

/** English has about four characters a token; fewer are assumed, so that the estimate is seldom too low. */
const charactersPerToken = 3;

/** A chat model that spends from a budget; without enough left it is an `over-budget` fault without a request. */
export function withTokenBudget(model: ChatModel, budget: TokenBudget): ChatModel {
  const stream: ChatModel['stream'] = async function* (messages, options: ChatOptions) {
    const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
    const estimate = Math.ceil(characters / charactersPerToken) + options.maxTokens;
    const reservation = await budget.take(estimate);
    if (reservation === undefined) {
      const { usedTokens, limitTokens } = await budget.today();
      const message = `The daily token budget does not hold a call of about ${estimate} tokens (${usedTokens} of ${limitTokens} are used). Raise NAPE_DAILY_TOKEN_BUDGET, or wait for the next day (UTC).`;
      throw new ModelFault('over-budget', message);
    }
    try {
      for await (const part of model.stream(messages, options)) {
        if (part.type === 'end' && part.usedTokens !== undefined) await reservation.settle(part.usedTokens);
        yield part;
      }
    } catch (thrown) {
      if (thrown instanceof ModelFault && freeFaults.has(thrown.kind)) await reservation.settle(0);
      // After any other end the estimate stands: the server may have worked for it.
      throw thrown;
    }
  };
  return { identity: model.identity, stream };
}
