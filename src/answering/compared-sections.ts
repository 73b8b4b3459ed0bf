import type { Passage } from '../domain.ts';
import { stemSet } from './sentence-relevance.ts';

const comparing =
  /\b(?:differen(?:ces?|t|ces? between)|differs?|compar(?:e[ds]?|ing|isons?)|versus|vs|(?:better|worse|stronger|gentler|deeper|softer|firmer|nicer) than|similar(?:ities)?|unlike|which (?:one )?is|(?:should|shall) i|or)\b/iu;

/**
 * The passages of each section that a comparing question names by its heading ("shiatsu or Thai massage"), in the order of
 * the passages given; empty unless it compares and names at least two.
 */
export function comparedSections(question: string, passages: readonly Passage[]): readonly (readonly Passage[])[] {
  if (!comparing.test(question)) return [];
  const asked = stemSet(question);
  const sections = new Map<string, Passage[]>();
  for (const passage of passages) {
    const title = stemSet(passage.title);
    // "Deep Tissue Massage" in an article about massage is told by "deep tissue".
    const name = [...stemSet(passage.headings.at(-1) ?? '')].filter((stem) => !title.has(stem));
    if (name.length === 0 || !name.every((stem) => asked.has(stem))) continue;
    const key = `${passage.document}#${passage.section}`;
    sections.set(key, [...(sections.get(key) ?? []), passage]);
  }
  return sections.size > 1 ? [...sections.values()] : [];
}
