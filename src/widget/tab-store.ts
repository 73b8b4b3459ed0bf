import type { Answer } from '../domain.ts';
import { toJson } from './to-json.ts';

/** A question that was asked in this tab, with its answer once it is there. */
export interface SavedTurn {
  readonly question: string;
  /** Idempotency key, the same for every attempt. */
  readonly key: string;
  /** Known from the first event on. */
  readonly turnId?: string | undefined;
  readonly answer?: Answer | undefined;
  /** What the visitor thought of the answer. */
  readonly value?: 'up' | 'down' | undefined;
}

export interface SavedConversation {
  readonly conversationId?: string | undefined;
  readonly token?: string | undefined;
  readonly turns: readonly SavedTurn[];
  /** Whether the panel was open. */
  readonly open: boolean;
  /** Words in the field that were not sent. */
  readonly draft: string;
}

/** The part of the browser's `sessionStorage` that is used. */
export interface TextStorage {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

export interface TabStore {
  load(): SavedConversation | undefined;
  save(conversation: SavedConversation): void;
  clear(): void;
}

/** Turns that the next page shows again; more would only fill the browser's storage. */
const mostTurns = 20;

/**
 * The conversation of this tab, for the next page of the site. Storage that is full, blocked or holds something else
 * counts as empty: the conversation then ends with the page.
 */
export function createTabStore(storage: () => TextStorage, name: string): TabStore {
  const attempt = <Result>(work: () => Result): Result | undefined => {
    try {
      return work();
    } catch {
      return;
    }
  };
  return {
    load: () =>
      attempt(() => {
        const saved = JSON.parse(storage().getItem(name) ?? '');
        return Array.isArray(saved.turns) ? saved : undefined;
      }),
    save({ turns, ...rest }) {
      attempt(() => storage().setItem(name, toJson({ ...rest, turns: turns.slice(-mostTurns) })));
    },
    clear() {
      attempt(() => storage().removeItem(name));
    },
  };
}
