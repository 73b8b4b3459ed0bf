import type { IndexedDocument } from '../../domain.ts';
import type { Analyse } from './analyse.ts';
import type { SectionName } from './claim.ts';

const mostWords = 3;

/**
 * Names of sibling sections: their headings without the words of the title and of other siblings, so that "Thai
 * Massage" among other massages is "thai". A heading with a stop word inside or of many words is a phrase, not a name.
 */
export function sectionNames(documents: readonly IndexedDocument[], analyse: Analyse): readonly SectionName[] {
  return documents.flatMap(({ id, title, sections }) => {
    const titleStems = new Set(analyse(title).tokens.map(({ stem }) => stem));
    return sections.flatMap((section): readonly SectionName[] => {
      if (section.heading === null) return [];
      const siblings = sections.filter(({ id: other, parent, heading }) => {
        return other !== section.id && parent === section.parent && heading !== null;
      });
      if (siblings.length === 0) return [];
      const shared = new Set(siblings.flatMap(({ heading }) => analyse(heading ?? '').tokens.map(({ stem }) => stem)));
      const own = analyse(section.heading).tokens.filter(({ stem }) => !titleStems.has(stem) && !shared.has(stem));
      if (own.length === 0 || own.length > mostWords || own.some(({ isContent }) => !isContent)) return [];
      const key = own.map(({ stem }) => stem).join('_');
      return [{ document: id, section: section.id, heading: section.heading, key }];
    });
  });
}
