import type { AnswerEvent } from '../../domain.ts';
import { NapeError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { endedEvents } from './ended-events.ts';

/** An event with its number in the answer, from 1. */
export interface NumberedEvent {
  readonly id: number;
  readonly event: AnswerEvent;
}

/** An answer that is being written, or was a moment ago. */
export interface RunningTurn {
  readonly conversationId: string;
  /** Its events after the one with this id, as they happen; leaves off when `signal` aborts. */
  follow(afterId: number, signal: AbortSignal): AsyncIterable<NumberedEvent>;
  /** The last event, once there is one. */
  readonly end: Promise<AnswerEvent>;
}

export interface StartedTurn {
  readonly conversationId: string;
  readonly events: (signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** Whether it goes on without a listener for as long as it could be resumed; else it is aborted when nobody listens. */
  readonly isResumable: boolean;
}

export interface RunningTurns {
  /** Starts an answer at once; whoever starts it has to follow it. */
  start(turn: StartedTurn): RunningTurn;
  /** By its `turnId`, from its first event until `resumeMs` after its last. */
  find(turnId: string): RunningTurn | undefined;
  /** Ends it with an `answer-error`; false when there is none. */
  stop(turnId: string): boolean;
  /** Ends every answer of a conversation and drops its events. */
  forget(conversationId: string): void;
  abortAll(): void;
  /** Answers being written now. */
  count(): number;
}

export interface RunningTurnsParts {
  readonly log: Log;
  /** Milliseconds for which an answer that nobody listens to can be taken up again. */
  readonly resumeMs?: number;
  /** Ended answers kept at once, the oldest go first. */
  readonly mostEnded?: number;
}

/** An answer that nobody turns up for is given up after this time. */
const noShowMs = 1_000;
/** Events that may wait for the fastest listener before the answer is held back. */
const mostWaiting = 16;

interface Kept extends RunningTurn {
  readonly controller: AbortController;
  isEnded: boolean;
}

/** The answers under way with their events, so that a listener can leave and come back. Nothing here outlives the process. */
export function createRunningTurns({ log, resumeMs = 60_000, mostEnded = 1_000 }: RunningTurnsParts): RunningTurns {
  const byId = new Map<string, Kept>();
  const running = new Set<Kept>();

  function keepEnded(turnId: string, turn: Kept): void {
    const ended = [...byId].filter(([, other]) => other.isEnded);
    for (const [id] of ended.slice(0, Math.max(0, ended.length - mostEnded))) byId.delete(id);
    setTimeout(() => byId.get(turnId) === turn && byId.delete(turnId), resumeMs).unref();
  }

  return {
    start({ conversationId, events, isResumable }) {
      const controller = new AbortController();
      const buffer: NumberedEvent[] = [];
      const listeners = new Map<object, number>();
      let wake = signalled();
      let turnId: string | undefined;

      const changed = () => {
        wake.resolve();
        wake = signalled();
      };
      /** Nobody listens any more: the model is not paid for an answer that nobody reads. */
      const abandon = () => controller.abort(new NapeError('stopped', 'Nobody listens to the answer.'));
      let leaving = setTimeout(abandon, isResumable ? resumeMs : noShowMs).unref();
      const isHeldBack = () =>
        listeners.size > 0 &&
        buffer.length - Math.max(...listeners.values()) >= mostWaiting &&
        !controller.signal.aborted;

      async function write(): Promise<AnswerEvent> {
        for await (const event of endedEvents(() => events(controller.signal), controller.signal, log)) {
          buffer.push({ id: buffer.length + 1, event });
          if (event.type === 'answer-start') {
            turnId = event.turnId;
            byId.set(turnId, turn);
          }
          changed();
          while (isHeldBack()) await wake.promise;
        }
        turn.isEnded = true;
        running.delete(turn);
        clearTimeout(leaving);
        changed();
        if (turnId !== undefined && isResumable) keepEnded(turnId, turn);
        else if (turnId !== undefined && listeners.size === 0) byId.delete(turnId);
        const last = buffer.at(-1);
        if (!last) throw new Error('an answer without an event');
        return last.event;
      }

      function leave(listener: object): void {
        listeners.delete(listener);
        changed();
        if (listeners.size > 0) return;
        if (!turn.isEnded) {
          if (!isResumable) abandon();
          else leaving = setTimeout(abandon, resumeMs).unref();
        } else if (!isResumable && turnId !== undefined) byId.delete(turnId);
      }

      async function* follow(afterId: number, signal: AbortSignal): AsyncGenerator<NumberedEvent> {
        const listener = {};
        let at = Math.max(0, afterId);
        listeners.set(listener, at);
        clearTimeout(leaving);
        const gone = () => changed();
        signal.addEventListener('abort', gone, { once: true });
        try {
          while (!signal.aborted) {
            const next = buffer[at];
            if (next) {
              yield next;
              at += 1;
              listeners.set(listener, at);
              changed();
            } else if (turn.isEnded) return;
            else await wake.promise;
          }
        } finally {
          signal.removeEventListener('abort', gone);
          leave(listener);
        }
      }

      const turn: Kept = {
        conversationId,
        controller,
        isEnded: false,
        follow,
        // In the next turn of the event loop, when the one who starts it follows it already.
        end: Promise.resolve().then(() => {
          running.add(turn);
          return write();
        }),
      };
      return turn;
    },
    find: (turnId) => byId.get(turnId),
    stop(turnId) {
      const turn = byId.get(turnId);
      turn?.controller.abort(new NapeError('stopped', 'The visitor stopped the answer.'));
      return turn !== undefined;
    },
    forget(conversationId) {
      for (const turn of running) {
        if (turn.conversationId !== conversationId) continue;
        turn.controller.abort(new NapeError('not-found', 'The conversation was erased.'));
      }
      for (const [turnId, turn] of byId) if (turn.conversationId === conversationId) byId.delete(turnId);
    },
    abortAll() {
      for (const { controller } of running) controller.abort(new NapeError('shutting-down', 'The server stops.'));
    },
    count: () => running.size,
  };
}

function signalled() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
