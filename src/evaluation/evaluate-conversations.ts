import type { Answer } from '../domain.ts';
import type { ScriptedConversation } from './conversation-set.ts';
import { mean } from './measures.ts';
import type { Script } from './scripted-conversation.ts';

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
  open: () => Script,
): Promise<ConversationFigures> {
  const outcomes: { readonly kind: Kind; readonly right: boolean; readonly dragged: boolean }[] = [];
  const misses: string[] = [];
  for (const { turns } of conversations) {
    const { say, lookedUp } = open();
    for (const [at, { kind, question, sections, dropped }] of turns.entries()) {
      const answer = await say(question);
      const got = answer.outcome === 'answered' || answer.sentences.length > 0 ? firstSection(answer) : answer.outcome;
      const right = sections.length > 0 ? sections.includes(got) : answer.outcome !== 'answered';
      outcomes.push({ kind, right, dragged: dropped.includes(got) });
      const before = turns[at - 1]?.question ?? '';
      if (!right)
        misses.push(
          `${kind}: ${before} → ${question}\n      looked up “${lookedUp.at(-1) ?? '–'}”, wanted ${sections[0] ?? 'no answer'}, got ${got}`,
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

/** The figures as text for a terminal or a file. */
export function conversationText(name: string, { counts, misses, ...figures }: ConversationFigures): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  return [
    `${name}: ${counts.followUps} follow-ups, ${counts.changes} changes of subject, ${counts.outside} outside the article`,
    `  follow-ups that cite a right section first ${percent(figures.followUpsRight)}, first questions and new subjects ${percent(figures.openingsRight)}`,
    `  old subject dragged along ${percent(figures.draggedAlong)}, outside refused ${percent(figures.outsideRefused)}`,
    ...misses.map((miss) => `  - ${miss}`),
    '',
  ].join('\n');
}
