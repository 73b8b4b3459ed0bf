import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTriage } from '../../../src/conversation/triage/load-triage.ts';
import type { Triage } from '../../../src/conversation/triage/triage.ts';
import type { Reason, RedirectReason } from '../../../src/domain.ts';
import { root } from '../../repository/source-files.ts';

export interface RedirectMessage {
  readonly text: string;
  readonly class: RedirectReason;
  readonly locale: string;
}

export interface OrdinaryMessage {
  readonly text: string;
  /** `article`, or a reason that is no redirect. */
  readonly expect: string;
}

export interface ScriptedChat {
  readonly turns: readonly string[];
  readonly redFlagTurn: number;
  readonly class: RedirectReason;
  /** Whether the red flag is spread over this turn and the one before. */
  readonly split: boolean;
}

/** A set of messages that was written before the word lists; the halves are `tune` and `final`. */
export function readSet<Message>(name: string): readonly Message[] {
  return JSON.parse(readFileSync(join(root, 'tests/evals/safety', `${name}.json`), 'utf8'));
}

/** Triage with the shipped word lists and weights. */
export function shippedTriage(): Promise<Triage> {
  return loadTriage(root);
}

const notRedirects: readonly (Reason | null)[] = [
  null,
  'greeting',
  'thanks',
  'off-topic',
  'unintelligible',
  'probing',
  'not-in-article',
];

export function isRedirect(reason: Reason | null): boolean {
  return !notRedirects.includes(reason);
}
