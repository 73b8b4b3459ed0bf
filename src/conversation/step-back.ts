import type { Answer, ConversationHistory, GreetingReason, RedirectReason, RefusalReason } from '../domain.ts';
import { asksAboutNape } from './about-nape.ts';
import { askedPart } from './asked-part.ts';
import { isClosing } from './closing-words.ts';
import { findReference } from './follow-up/reference.ts';
import { isYes } from './follow-up/wording.ts';
import type { Locale } from './locale.ts';
import { type Contacts, plainReply, redirectReply } from './safe-replies.ts';
import type { Triage } from './triage/triage.ts';

/** What is said instead of an answer from the article. */
export type FixedReply = Pick<Answer, 'outcome' | 'reason' | 'text'>;

export interface SteppedBack {
  /** Null when the article may be asked. */
  readonly reply: FixedReply | null;
  /** What is left to ask the article: the question, or its part that is one. */
  readonly question: string;
}

export type StepBack = (history: ConversationHistory, question: string, locale: Locale) => SteppedBack;

export interface StepBackParts {
  readonly triage: Triage['triage'];
  readonly contacts: Contacts;
}

/** Decides whether Nape steps back, before any retrieval and any model; the same words for whatever was typed. */
export function createStepBack({ triage, contacts }: StepBackParts): StepBack {
  return ({ turns, crisisOpen }, question, locale) => {
    const earlier = turns.map(({ asked }) => asked);
    const found = triage({ text: question, earlier, crisisOpen });
    if (found === null) {
      // So few words seldom tell their language to anyone else.
      const asked = asksAboutNape(question);
      if (!asked && isClosing(question)) return { reply: fixedReply('thanks', locale, contacts), question };
      return { reply: asked && aboutReply(asked), question };
    }
    const { reason, remainder } = found;
    // "Is that what you mean?" was asked: this yes is an answer.
    if (reason === 'thanks' && turns.at(-1)?.outcome === 'refused' && isYes(question)) return { reply: null, question };
    // "Number 4" of a list is no telephone number.
    const listed = turns.some((turn) => turn.listed.length > 0) ? findReference(question) : null;
    const unlisted = listed && question.replace(listed.phrase, 'it');
    if (reason === 'business' && unlisted !== null && triage({ text: unlisted, earlier, crisisOpen }) === null) {
      return { reply: null, question };
    }
    // "Does the article claim that massage relieves headaches?" asks whether it does.
    const claimed = reason === 'probing' ? unclaimed(question) : null;
    if (claimed !== null && triage({ text: claimed, earlier, crisisOpen }) === null)
      return { reply: null, question: claimed };
    if (isClosing(question) && isMild(reason)) return { reply: fixedReply('thanks', locale, contacts), question };
    if (remainder !== undefined) return { reply: null, question: remainder };
    return { reply: fixedReply(reason, locale, contacts), question };
  };
}

/** The claim in "Does the article claim that …?", as the question for it; null where nothing of the kind is asked. */
function unclaimed(question: string): string | null {
  const asked = askedPart(question, false);
  const claim = asked.match(claiming)?.[1];
  return claim === undefined ? null : `${claim.replace(/[\s?.!]+$/u, '')}?`;
}

const claiming =
  /^\W*(?:(?:and|so|but)[ ,]+)*(?:does|did) (?:the|this|your) (?:article|text|page) (?:really |actually |also )?(?:claim|say|state|mention|suggest|promise|tell(?: us| me)?) (?:that |if |whether )?(.{8,})$/iu;

/** Reasons that a classifier may see in words that only end a talk. */
function isMild(reason: AnyReason): boolean {
  return [
    'suitability',
    'instructions',
    'efficacy',
    'business',
    'off-topic',
    'unintelligible',
    'not-in-article',
  ].includes(reason);
}

function aboutReply(locale: Locale): FixedReply {
  return { outcome: 'greeted', reason: 'greeting', text: plainReply('about', locale) };
}

function fixedReply(reason: NonNullable<Answer['reason']>, locale: Locale, contacts: Contacts): FixedReply {
  if (isGreeting(reason)) return { outcome: 'greeted', reason, text: plainReply(reason, locale) };
  if (isRefusal(reason)) return { outcome: 'refused', reason, text: plainReply(reason, locale) };
  return { outcome: 'redirected', reason, text: redirectReply({ reason, locale, contacts }) };
}

type AnyReason = RefusalReason | RedirectReason | GreetingReason;

function isGreeting(reason: AnyReason): reason is GreetingReason {
  return reason === 'greeting' || reason === 'thanks';
}

function isRefusal(reason: AnyReason): reason is RefusalReason {
  return ['not-in-article', 'off-topic', 'probing', 'unintelligible'].includes(reason);
}
