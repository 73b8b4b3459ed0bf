import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { type ChatModel, completeChat } from '../../src/models/chat-model.ts';
import { withCircuitBreaker } from '../../src/models/circuit-breaker.ts';
import { ModelFault, type ModelFaultKind } from '../../src/models/openai-fault.ts';

type Outcome = ModelFaultKind | 'fine' | Promise<void>;

/** A model that does what `outcome` says now, and counts its calls. */
function scripted(): ChatModel & { outcome: Outcome; calls: number } {
  return {
    identity: 'scripted',
    outcome: 'fine',
    calls: 0,
    async *stream() {
      this.calls += 1;
      const { outcome } = this;
      if (outcome instanceof Promise) await outcome;
      else if (outcome !== 'fine') throw new ModelFault(outcome, 'told to fail');
      yield { type: 'text', text: 'Oil is warm.' };
      yield { type: 'end', finish: 'stop', usedTokens: 7 };
    },
  };
}

const kindOf = (model: ChatModel) =>
  completeChat(model, [], { maxTokens: 10 }).then(
    () => 'fine',
    (thrown) => (thrown instanceof ModelFault ? thrown.kind : thrown),
  );

async function fail(model: ChatModel, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await kindOf(model);
}

describe('circuit breaker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each(['unavailable', 'timeout', 'rate-limited', 'unauthorised', 'bad-reply'] as const)(
    'stream > five times %s and the model is left alone',
    async (kind) => {
      const model = scripted();
      const guarded = withCircuitBreaker(model, { log: silentLog });
      model.outcome = kind;
      await fail(guarded, 4);
      expect(guarded.circuit().state).toBe('closed');
      await fail(guarded, 1);
      expect(guarded.circuit()).toMatchObject({ state: 'open', lastFault: { kind } });
      expect(await kindOf(guarded)).toBe('circuit-open');
      expect(model.calls).toBe(5);
    },
  );

  it('stream > a success, a refusal or a caller that left between failures and the circuit stays closed', async () => {
    const model = scripted();
    const guarded = withCircuitBreaker(model, { log: silentLog });
    for (const between of ['fine', 'refused'] as const) {
      model.outcome = 'unavailable';
      await fail(guarded, 4);
      model.outcome = between;
      expect(await kindOf(guarded)).toBe(between);
    }
    model.outcome = 'unavailable';
    await fail(guarded, 4);
    expect(guarded.circuit().state).toBe('closed');
    model.outcome = 'fine';
    for await (const _ of guarded.stream([], { maxTokens: 10 })) break;
    expect(guarded.circuit().state).toBe('closed');
  });

  it('stream > after 30 seconds one call tries, others do not wait for it, and its success closes the circuit', async () => {
    const model = scripted();
    const guarded = withCircuitBreaker(model, { log: silentLog });
    model.outcome = 'timeout';
    await fail(guarded, 5);
    vi.advanceTimersByTime(29_999);
    expect(await kindOf(guarded)).toBe('circuit-open');
    vi.advanceTimersByTime(1);
    let answer = () => {};
    model.outcome = new Promise((resolve) => {
      answer = resolve;
    });
    const trial = kindOf(guarded);
    await vi.advanceTimersByTimeAsync(0);
    expect(guarded.circuit().state).toBe('half-open');
    expect(await kindOf(guarded)).toBe('circuit-open');
    answer();
    expect(await trial).toBe('fine');
    expect(guarded.circuit().state).toBe('closed');
    expect(model.calls).toBe(6);
  });

  it('stream > the trial fails and the circuit is open for another 30 seconds', async () => {
    const model = scripted();
    const guarded = withCircuitBreaker(model, { log: silentLog });
    model.outcome = 'unavailable';
    await fail(guarded, 5);
    vi.advanceTimersByTime(30_000);
    expect(await kindOf(guarded)).toBe('unavailable');
    expect(guarded.circuit().state).toBe('open');
    expect(await kindOf(guarded)).toBe('circuit-open');
  });

  it('stream > the caller leaves the trial before a word and the circuit opens again', async () => {
    const model = scripted();
    const guarded = withCircuitBreaker(model, { log: silentLog });
    model.outcome = 'unavailable';
    await fail(guarded, 5);
    vi.advanceTimersByTime(30_000);
    model.outcome = Promise.reject(new Error('gone away'));
    expect(await kindOf(guarded)).toMatchObject({ message: 'gone away' });
    await vi.advanceTimersByTimeAsync(0);
    expect(guarded.circuit().state).toBe('open');
  });
});
