import type { ChatModel, ChatOptions } from './chat-model.ts';
import { ModelFault, type ModelFaultKind } from './openai-fault.ts';

/** How many tokens may be spent in a day, and what of them is left. */
export interface TokenBudget {
  /** Sets tokens aside for one call; undefined when the day's budget does not hold them. */
  take(estimate: number): TokenReservation | undefined;
  today(): { readonly day: string; readonly usedTokens: number; readonly limitTokens: number };
}

export interface TokenReservation {
  /** Puts what was really used in the place of the estimate; only the first call counts. */
  settle(usedTokens: number): void;
}

/** A budget in memory that starts afresh with each day of UTC, and with each process. */
export function createDailyTokenBudget(limitTokens: number, now: () => Date): TokenBudget {
  let day = '';
  let usedTokens = 0;
  function turn(): string {
    const today = now().toISOString().slice(0, 10);
    if (today !== day) {
      day = today;
      usedTokens = 0;
    }
    return today;
  }
  return {
    take(estimate) {
      const takenOn = turn();
      if (usedTokens + estimate > limitTokens) return undefined;
      usedTokens += estimate;
      let isSettled = false;
      return {
        settle(used) {
          // A call over midnight was paid for by the day on which it began.
          if (!isSettled && turn() === takenOn) usedTokens += used - estimate;
          isSettled = true;
        },
      };
    },
    today: () => ({ day: turn(), usedTokens, limitTokens }),
  };
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
    const reservation = budget.take(estimate);
    if (reservation === undefined) {
      const { usedTokens, limitTokens } = budget.today();
      const message = `The daily token budget does not hold a call of about ${estimate} tokens (${usedTokens} of ${limitTokens} are used). Raise NAPE_DAILY_TOKEN_BUDGET, or wait for the next day (UTC).`;
      throw new ModelFault('over-budget', message);
    }
    try {
      for await (const part of model.stream(messages, options)) {
        if (part.type === 'end' && part.usedTokens !== undefined) reservation.settle(part.usedTokens);
        yield part;
      }
    } catch (thrown) {
      if (thrown instanceof ModelFault && freeFaults.has(thrown.kind)) reservation.settle(0);
      // After any other end the estimate stands: the server may have worked for it.
      throw thrown;
    }
  };
  return { identity: model.identity, stream };
}
