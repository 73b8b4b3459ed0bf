import type { OngoingConversation } from '../../domain.ts';
import type { Conversations } from '../../store/store.ts';

/** A conversation that a visitor may continue. */
export interface VisitorConversation {
  readonly conversation: OngoingConversation;
  /** Only with a new conversation: the visitor learns it once. */
  readonly token?: string;
}

/** The visitor's conversation, or null: unknown, foreign and expired ones take the same work and get the same answer. */
export async function continueConversation(
  conversations: Pick<Conversations, 'open'>,
  id: string,
  token: string,
): Promise<VisitorConversation | null> {
  const found = await conversations.open(id, token);
  return found && { conversation: { id, history: () => conversations.open(id, token) } };
}

export async function newConversation(
  conversations: Pick<Conversations, 'create' | 'open'>,
): Promise<VisitorConversation> {
  const { id, token } = await conversations.create({ channel: 'http' });
  return { conversation: { id, history: () => conversations.open(id, token) }, token };
}
