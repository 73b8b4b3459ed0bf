/** What a conversation's next question is read with. */
export interface RecentTurns {
  /** What the visitor wrote before, oldest first; empty for a new conversation. */
  readonly earlier: readonly string[];
  /** Whether one of the turns so far was a crisis. */
  readonly crisisOpen: boolean;
}

export interface TurnMemory {
  of(conversationId: string): RecentTurns;
  /** Adds a turn once it is answered. */
  add(conversationId: string, text: string, isCrisis: boolean): void;
}

export interface TurnMemoryParts {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds without a question after which a conversation is forgotten. */
  readonly idleMs?: number;
  /** Conversations kept at once; the longest idle one goes first. */
  readonly mostConversations?: number;
}

const keptTurns = 3;

/** Remembers the last turns of each conversation, in this process only: they are read together, and then forgotten. */
export function createTurnMemory({
  now,
  idleMs = 30 * 60_000,
  mostConversations = 10_000,
}: TurnMemoryParts): TurnMemory {
  // In order of use, so that the first entry is the one that has been idle longest.
  const conversations = new Map<string, RecentTurns & { readonly at: number }>();
  const none: RecentTurns = { earlier: [], crisisOpen: false };

  function forget(): void {
    for (const [id, { at }] of conversations) {
      if (now() - at <= idleMs && conversations.size <= mostConversations) return;
      conversations.delete(id);
    }
  }

  return {
    of(conversationId) {
      forget();
      return conversations.get(conversationId) ?? none;
    },
    add(conversationId, text, isCrisis) {
      const { earlier, crisisOpen } = conversations.get(conversationId) ?? none;
      conversations.delete(conversationId);
      const turns = [...earlier, text].slice(-keptTurns);
      conversations.set(conversationId, { earlier: turns, crisisOpen: crisisOpen || isCrisis, at: now() });
      forget();
    },
  };
}
