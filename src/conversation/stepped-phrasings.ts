import type { FaqEntry } from '../domain.ts';
import type { Triage } from './triage/triage.ts';

/** What the owner should know of an entry: phrasings from which Nape steps back, so that they never reach the FAQ. */
export function steppedPhrasings({ question, variants }: FaqEntry, triage: Triage['triage']): readonly string[] {
  const stepped = [question, ...variants].flatMap((phrase) => {
    const found = triage({ text: phrase, earlier: [], crisisOpen: false });
    return found !== null && found.remainder === undefined ? [{ phrase, reason: found.reason }] : [];
  });
  if (stepped.length === 0) return [];
  const named = stepped.map(({ phrase, reason }) => `“${phrase}” (${reason})`).join(', ');
  return [`In a conversation Nape steps back from ${named}; the page shows the answer all the same.`];
}
