import type { Reason } from '../../domain.ts';
import { type Lexicon, type ListKind, listKinds, reasonOf } from './lexicon.ts';
import { type Aside, createListTriage } from './list-triage.ts';
import type { ClassifyMessage, Likeness } from './message-classifier.ts';
import { messageWindows } from './message-windows.ts';
import { normalisedTokens } from './normalise.ts';

export interface TriageParts {
  readonly lexicon: Lexicon;
  readonly classify: ClassifyMessage;
}

export interface TriageQuestion {
  readonly text: string;
  /** What the visitor wrote before in this conversation, oldest first. */
  readonly earlier: readonly string[];
  /** Whether an earlier turn of this conversation was a crisis. */
  readonly crisisOpen: boolean;
}

export type TriageResult = Aside;

export interface Triage {
  /** Whether Nape steps back from a question, and why; null when the article may be asked. */
  readonly triage: (question: TriageQuestion) => TriageResult | null;
  /** What the word lists alone say of a message; the classifier is told it. */
  readonly listed: (text: string) => Reason | null;
  /** Whether words that Nape is about to say of its own must not be said; null when they may. */
  readonly triageOutput: (text: string) => Reason | null;
}

/** From this share of redirects on, a message that no list knows is redirected. Chosen on the tuning halves. */
const redirectFrom = 0.45;
/** Below this share a list's find counts as a manner of speaking: little where missing it would matter most. */
const keepFrom = { grave: 0.15, other: 0.2 } as const;

/** Finds that nothing but a plain manner of speaking lowers. */
const grave: readonly ListKind[] = ['crisis', 'emergency', 'after-visit', 'complaint'];
const kindsByRank: readonly ListKind[] = listKinds
  .slice(0, listKinds.indexOf('probing'))
  .flatMap((kind) => (kind === 'suitability' ? [kind, 'follow-up'] : [kind]));

/**
 * Deterministic stepping back, before retrieval and any model. Word lists find what they know; a classifier over
 * labelled examples adds messages that are like a redirect, and drops finds in plainly ordinary ones.
 */
export function createTriage({ lexicon, classify }: TriageParts): Triage {
  const lists = createListTriage(lexicon);

  /** The part of a message that is most like a redirect. */
  function likeness(text: string, listed: string): Likeness {
    return messageWindows(text)
      .map((part) => classify(normalisedTokens(part, lexicon.spelling), listed))
      .reduce((most, other) => (other.redirect > most.redirect ? other : most));
  }

  function alone(text: string): ListKind | null {
    const found = lists.alone(text);
    const aside = lists.aside(text);
    // Probing is no message of a person about themselves; what is left beside it may be one.
    const own = found === null && aside?.reason === 'probing' ? (aside.remainder ?? '') : text;
    if (own === '') return null;
    if (found !== null) return holds(own, found) ? found : null;
    const { redirect, reason } = likeness(own, aside?.reason ?? 'none');
    return redirect >= redirectFrom ? reason : null;
  }

  function holds(text: string, found: ListKind): boolean {
    const least = grave.includes(found) ? keepFrom.grave : keepFrom.other;
    return likeness(text, reasonOf(found) ?? 'none').redirect >= least;
  }

  return {
    triage: ({ text, earlier, crisisOpen }) => {
      // Nothing that is said afterwards closes a crisis.
      if (crisisOpen) return { reason: 'crisis' };
      const kind = alone(text);
      const together = lists.joined(text, earlier, { redirectedAs: alone, holds });
      const first = kindsByRank.find((known) => known === kind || known === together);
      const stepBack = first && reasonOf(first);
      return stepBack ? { reason: stepBack } : lists.aside(text);
    },
    listed: (text) => {
      const found = lists.alone(text);
      return found ? reasonOf(found) : (lists.aside(text)?.reason ?? null);
    },
    triageOutput: (text) => {
      const found = lists.output(text);
      return found && reasonOf(found);
    },
  };
}
