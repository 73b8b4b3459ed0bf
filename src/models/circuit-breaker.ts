import { type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Log } from '../log.ts';
import type { ChatModel } from './chat-model.ts';
import { ModelFault, type ModelFaultKind } from './openai-fault.ts';

export interface CircuitBreakerOptions {
  readonly log: Log;
  /** Failures in a row that open the circuit. */
  readonly failures?: number;
  /** After this time one call is let through to see whether the model is back. */
  readonly halfOpenAfterMs?: number;
}

/** A chat model that is left alone for a while after it failed again and again. */
export interface GuardedChatModel extends ChatModel {
  /** For `nape doctor`; `open` stays until a call finds the model back. */
  circuit(): { readonly state: 'closed' | 'open' | 'half-open'; readonly lastFault: ModelFault | undefined };
}

/** What says that the model is down, as opposed to one request that it does not like. */
const failureKinds: ReadonlySet<ModelFaultKind> = new Set<ModelFaultKind>([
  'unauthorised',
  'rate-limited',
  'unavailable',
  'timeout',
  'bad-reply',
]);

/** Puts a circuit breaker before a chat model; an open circuit is a `circuit-open` fault without a request. */
export function withCircuitBreaker(model: ChatModel, options: CircuitBreakerOptions): GuardedChatModel {
  const { log, failures = 5, halfOpenAfterMs = 30_000 } = options;
  const isFailure = (thrown: unknown): thrown is ModelFault =>
    thrown instanceof ModelFault && failureKinds.has(thrown.kind);
  const policy = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(failures),
  });
  let lastFault: ModelFault | undefined;
  policy.onStateChange((state) =>
    log.warn({ model: model.identity, circuit: stateNames[state] }, 'the circuit changed'),
  );
  const isTrying = () => policy.state === CircuitState.HalfOpen;
  const openFault = () =>
    new ModelFault(
      'circuit-open',
      `The model ${model.identity} failed too often; it is asked again within ${halfOpenAfterMs} ms.`,
    );

  const stream: ChatModel['stream'] = async function* (messages, chatOptions) {
    // The policy would let this call wait for the outcome of the one that tries.
    if (isTrying()) throw openFault();
    const settle = await begin(policy).catch(() => {
      throw openFault();
    });
    const isTrial = isTrying();
    let hasPart = false;
    try {
      for await (const part of model.stream(messages, chatOptions)) {
        hasPart = true;
        yield part;
      }
      settle();
    } catch (thrown) {
      if (isFailure(thrown)) {
        lastFault = thrown;
        settle(thrown);
      } else if (thrown instanceof ModelFault) settle(); // A refusal comes from a model that works.
      throw thrown;
    } finally {
      // Nothing happens here when it is settled. Else the caller went away, which says nothing, except that a trial
      // without a word has not shown the model to be back.
      settle(
        isTrial && !hasPart ? new ModelFault('timeout', 'The trial was given up.') : new Error('the caller went away'),
      );
    }
  };

  return { identity: model.identity, stream, circuit: () => ({ state: stateNames[policy.state], lastFault }) };
}

const stateNames = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  // Never entered here: nobody isolates the circuit by hand.
  [CircuitState.Isolated]: 'open',
} as const;

/** Lets a call begin, or rejects when the circuit is open; the result tells the policy how the call went. */
function begin(policy: CircuitBreakerPolicy): Promise<(failure?: unknown) => void> {
  return new Promise((permit, reject) => {
    const call = () =>
      new Promise<void>((succeed, fail) => {
        permit((failure) => (failure === undefined ? succeed() : fail(failure)));
      });
    policy.execute(call).catch(reject);
  });
}
