import type { ConversationRows } from './conversation-rows.ts';
import { conversationIdleMs, keptTurns, type Turn } from './store.ts';

/** The conversations that this process saw lately, so that they can go on in memory when the database is lost. */
export interface LiveConversations {
  /** Replaces what is known of the conversation. */
  keep(rows: ConversationRows): void;
  add(id: string, turn: Turn): void;
  find(id: string): ConversationRows | undefined;
  findKey(keyHash: string): ConversationRows | undefined;
  forget(id: string): void;
  forgetOwner(ownerHash: string): void;
  forgetAll(): void;
}

/** Kept at once; the longest unused goes first. */
const most = 1_000;

export function createLiveConversations(now: () => number): LiveConversations {
  // In order of use.
  const live = new Map<string, ConversationRows>();

  function forgetIdle(): void {
    for (const [id, { row }] of live) {
      if (row.used_at > now() - conversationIdleMs && live.size <= most) return;
      live.delete(id);
    }
  }

  function keep({ row, turns }: ConversationRows): void {
    live.delete(row.id);
    live.set(row.id, { row: { ...row, used_at: now() }, turns: turns.slice(-keptTurns) });
    forgetIdle();
  }

  return {
    keep,
    add(id, turn) {
      const known = live.get(id);
      if (!known) return;
      const { row, turns } = known;
      const crisisOpen = turn.isCrisis ? 1 : row.crisis_open;
      keep({ row: { ...row, crisis_open: crisisOpen }, turns: [...turns, turn] });
    },
    find(id) {
      forgetIdle();
      return live.get(id);
    },
    findKey(keyHash) {
      forgetIdle();
      return [...live.values()].find(({ row }) => row.key_hash === keyHash);
    },
    forget: (id) => void live.delete(id),
    forgetOwner(ownerHash) {
      for (const [id, { row }] of live) if (row.owner_hash === ownerHash) live.delete(id);
    },
    forgetAll: () => live.clear(),
  };
}
