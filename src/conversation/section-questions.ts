import type { FaqEntry } from '../domain.ts';
import { sectionKey } from './section-key.ts';
import type { Triage } from './triage/triage.ts';

/**
 * Section (`document#section`) to the question of the FAQ that is about it: an entry whose answer is from this section
 * alone, the longest answer when there are several. A question from which Nape steps back is left out.
 */
export function sectionQuestions(entries: readonly FaqEntry[], triage: Triage['triage']): ReadonlyMap<string, string> {
  const best = new Map<string, FaqEntry>();
  for (const entry of entries) {
    const sections = new Set(entry.passages.map(({ id }) => sectionKey(id)));
    const [section] = sections;
    if (section === undefined || sections.size > 1) continue;
    if (triage({ text: entry.question, earlier: [], crisisOpen: false }) !== null) continue;
    if (entry.sentences.length > (best.get(section)?.sentences.length ?? 0)) best.set(section, entry);
  }
  return new Map([...best].map(([section, { question }]) => [section, question]));
}
