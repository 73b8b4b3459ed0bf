import { describe, expect, it } from 'vitest';
import { type ChatModel, completeChat } from '../../src/models/chat-model.ts';
import { createDailyTokenBudget, createTokenCounter, withTokenBudget } from '../../src/models/chat-token-budget.ts';
import { ModelFault } from '../../src/models/openai-fault.ts';

function clock(start: string) {
  let time = new Date(start);
  return {
    now: () => time,
    set(to: string) {
      time = new Date(to);
    },
  };
}

const budgetOf = (limitTokens: number, now: () => Date) =>
  createDailyTokenBudget(limitTokens, now, createTokenCounter(now));

describe('daily token budget', () => {
  it('take > more than is left and nothing is set aside', async () => {
    const budget = budgetOf(100, clock('2026-03-01T10:00:00Z').now);
    expect(await budget.take(60)).toBeDefined();
    expect(await budget.take(41)).toBeUndefined();
    expect(await budget.take(40)).toBeDefined();
    expect(await budget.today()).toEqual({ day: '2026-03-01', usedTokens: 100, limitTokens: 100 });
  });

  it('settle > what was used takes the place of the estimate, once', async () => {
    const budget = budgetOf(100, clock('2026-03-01T10:00:00Z').now);
    const reservation = await budget.take(80);
    await reservation?.settle(30);
    await reservation?.settle(0);
    expect((await budget.today()).usedTokens).toBe(30);
    const second = await budget.take(10);
    await second?.settle(120);
    expect((await budget.today()).usedTokens).toBe(150);
  });

  it('take > a new day of UTC and the whole budget, whatever is still running from the day before', async () => {
    const time = clock('2026-03-01T23:59:59Z');
    const budget = budgetOf(100, time.now);
    const late = await budget.take(100);
    expect(await budget.take(1)).toBeUndefined();
    time.set('2026-03-02T00:00:00Z');
    expect(await budget.take(90)).toBeDefined();
    await late?.settle(10);
    expect(await budget.today()).toMatchObject({ day: '2026-03-02', usedTokens: 90 });
  });
});

describe('chat model with a token budget', () => {
  const messages = [{ role: 'user' as const, content: 'x'.repeat(300) }];
  const budgeted = (limitTokens: number, stream: ChatModel['stream']) => {
    const budget = budgetOf(limitTokens, clock('2026-03-01T10:00:00Z').now);
    return { budget, model: withTokenBudget({ identity: 'scripted', stream }, budget) };
  };

  it('stream > the server tells what was used and that is spent', async () => {
    const { budget, model } = budgeted(1_000, async function* () {
      yield { type: 'text', text: 'Oil.' };
      yield { type: 'end', finish: 'stop', usedTokens: 77 };
    });
    await completeChat(model, messages, { maxTokens: 200 });
    expect((await budget.today()).usedTokens).toBe(77);
  });

  it('stream > the budget does not hold the estimate and no call is made', async () => {
    let calls = 0;
    const { model } = budgeted(299, async function* () {
      calls += 1;
      yield { type: 'end', finish: 'stop', usedTokens: 1 };
    });
    await expect(completeChat(model, messages, { maxTokens: 200 })).rejects.toMatchObject({ kind: 'over-budget' });
    expect(calls).toBe(0);
  });

  it.each([
    ['unavailable', 0],
    ['timeout', 300],
  ] as const)('stream > %s and %i tokens are spent', async (kind, spent) => {
    const { budget, model } = budgeted(1_000, async function* () {
      yield { type: 'text', text: 'Oil' };
      throw new ModelFault(kind, 'told to fail');
    });
    await expect(completeChat(model, messages, { maxTokens: 200 })).rejects.toMatchObject({ kind });
    expect((await budget.today()).usedTokens).toBe(spent);
  });
});
