import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain.ts';
import { conversationText, evaluateConversations } from '../../src/evaluation/evaluate-conversations.ts';
import type { Script } from '../../src/evaluation/scripted-conversation.ts';

const none = { turnId: 't', conversationId: 'c', reason: null, text: '', passages: [], suggestions: [] } as const;

/** Answers each question with the section of the same name; `refuse` with none. */
function naming(): Script {
  return {
    turns: [],
    lookedUp: [],
    say: async (text): Promise<Answer> => {
      const sentences = text === 'refuse' ? [] : [{ text, citations: [`article#${text}/1`], quoted: true }];
      return { ...none, outcome: text === 'refuse' ? 'refused' : 'answered', sentences, mode: 'extractive' };
    },
  };
}

const turn = (
  kind: 'first' | 'follow-up' | 'change' | 'outside',
  question: string,
  sections: string[],
  dropped: string[] = [],
) => ({
  kind,
  question,
  sections,
  dropped,
});

describe('evaluateConversations', () => {
  it('shares > each of its own kind of turn, and misses told', async () => {
    const figures = await evaluateConversations(
      [
        { turns: [turn('first', 'a', ['a']), turn('follow-up', 'a', ['b']), turn('follow-up', 'b', ['b', 'c'])] },
        { turns: [turn('first', 'a', ['a']), turn('change', 'a', ['b'], ['a']), turn('change', 'b', ['b'], ['a'])] },
        { turns: [turn('follow-up', 'refuse', []), turn('outside', 'a', []), turn('follow-up', 'c', [])] },
      ],
      naming,
    );
    expect(figures).toMatchObject({
      counts: { followUps: 4, changes: 2, outside: 1 },
      followUpsRight: 0.5,
      openingsRight: 0.75,
      draggedAlong: 0.5,
      outsideRefused: 0,
    });
    expect(figures.misses).toHaveLength(4);
    expect(conversationText('set', figures)).toContain('cite a right section first 50.0 %');
  });
});
