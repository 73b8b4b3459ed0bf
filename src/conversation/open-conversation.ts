import type { OngoingConversation } from '../domain.ts';
import type { Conversations } from '../store/store.ts';

/** A new conversation at the terminal, whose only visitor is the one who types. */
export async function openConversation(
  conversations: Pick<Conversations, 'create' | 'open'>,
): Promise<OngoingConversation> {
  const { id, token } = await conversations.create({ channel: 'cli' });
  return { id, history: () => conversations.open(id, token) };
}
