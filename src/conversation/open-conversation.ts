import type { OngoingConversation } from '../domain.ts';
import type { Store } from '../store/store.ts';

/** A new conversation at the terminal, whose only visitor is the one who types. */
export async function openConversation({ conversations }: Pick<Store, 'conversations'>): Promise<OngoingConversation> {
  const { id, token } = await conversations.create({ channel: 'cli' });
  return { id, history: () => conversations.open(id, token) };
}
