import type { OngoingConversation } from '../domain.ts';
import type { Conversations, KeyedConversation } from '../store/store.ts';

/** A new conversation at the terminal, whose only visitor is the one who types. */
export async function openConversation(
  conversations: Pick<Conversations, 'create' | 'open'>,
): Promise<OngoingConversation> {
  const { id, token } = await conversations.create({ channel: 'cli' });
  return { id, history: () => conversations.open(id, token) };
}

/** The conversation of a place where the channel knows who speaks, such as a thread; a new one when the last has been idle for too long. */
export async function keyedConversation(
  conversations: Pick<Conversations, 'findOrCreate'>,
  of: KeyedConversation,
): Promise<OngoingConversation> {
  const { id } = await conversations.findOrCreate(of);
  return {
    id,
    async history() {
      const found = await conversations.findOrCreate(of);
      // Erased or expired since: what is said now belongs to no conversation.
      return found.id === id ? found : null;
    },
  };
}
