import type { Answer } from '../domain.ts';
import type { ScriptedConversation } from './conversation-set.ts';
import { mean } from './measures.ts';

/** Asks the next question of one conversation; `lookedUp` is the stand-alone question. */
export type Say = (text: string) => Promise<{ readonly answer: Answer; readonly lookedUp: string | undefined }>;

export interface ConversationFigures {
  readonly counts: { readonly followUps: number; readonly changes: number; readonly outside: number };
  /** Share of follow-up turns that cite a right section first, or are not answered where nothing is right. */
  readonly followUpsRight: number;
  /** Share of first questions and changed subjects that cite a right section first: what follow-ups build on. */
  readonly openingsRight: number;
  /** Share of changed subjects whose answer cites a section of the old one first. */
  readonly draggedAlong: number;
  readonly outsideRefused: number;
  readonly misses: readonly string[];
}

type Kind = ScriptedConversation['turns'][number]['kind'];

/** Plays every conversation from its start. */
export async function evaluateConversations(
  conversations: readonly ScriptedConversation[],
  open: () => Say,
): Promise<ConversationFigures> {
  const outcomes: { readonly kind: Kind; readonly right: boolean; readonly dragged: boolean }[] = [];
  const misses: string[] = [];
  for (const { turns } of conversations) {
    const say = open();
    for (const [at, { kind, question, sections, dropped }] of turns.entries()) {
      const { answer, lookedUp } = await say(question);
      const got = answer.outcome === 'answered' || answer.sentences.length > 0 ? firstSection(answer) : answer.outcome;
      const right = sections.length > 0 ? sections.includes(got) : answer.outcome !== 'answered';
      outcomes.push({ kind, right, dragged: dropped.includes(got) });
      const before = turns[at - 1]?.question ?? '';
      if (!right)
        misses.push(
          `${kind}: ${before} → ${question}\n      looked up “${lookedUp ?? '–'}”, wanted ${sections[0] ?? 'no answer'}, got ${got}`,
        );
    }
  }
  const share = (kinds: readonly Kind[], of: 'right' | 'dragged') =>
    mean(outcomes.filter(({ kind }) => kinds.includes(kind)).map((outcome) => Number(outcome[of])));
  const count = (wanted: Kind) => outcomes.filter(({ kind }) => kind === wanted).length;
  return {
    counts: { followUps: count('follow-up'), changes: count('change'), outside: count('outside') },
    followUpsRight: share(['follow-up'], 'right'),
    openingsRight: share(['first', 'change'], 'right'),
    draggedAlong: share(['change'], 'dragged'),
    outsideRefused: share(['outside'], 'right'),
    misses,
  };
}

/** Section id of the first citation. */
function firstSection({ sentences }: Answer): string {
  return (sentences[0]?.citations[0] ?? '').replace(/^.*#|\/\d+$/gu, '');
}
