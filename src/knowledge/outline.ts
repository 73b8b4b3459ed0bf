import type { Paragraph, Section } from '../domain.ts';
import type { DocumentBlock } from './document-block.ts';
import { createUniqueSlugs, slug } from './slug.ts';

/**
 * Sections of a document in reading order, each knowing its parent and children. Levels count from 1 without gaps,
 * whatever ranks the headings have; text before the first heading is the section `introduction`.
 */
export function buildOutline(blocks: readonly DocumentBlock[]): readonly Section[] {
  const uniqueSlug = createUniqueSlugs();
  const sections: OpenSection[] = [];
  const path: OpenSection[] = [];
  let current: OpenSection | undefined;
  for (const block of blocks) {
    if (block.type === 'heading') {
      while ((path.at(-1)?.rank ?? -1) >= block.rank) path.pop();
      const parent = path.at(-1);
      current = {
        id: uniqueSlug(slug(block.text, 'section')),
        heading: block.text,
        headings: [...(parent?.headings ?? []), block.text],
        level: path.length + 1,
        parent: parent?.id ?? null,
        children: [],
        paragraphs: [],
        start: block.start,
        end: block.end,
        rank: block.rank,
      };
      parent?.children.push(current.id);
      path.push(current);
      sections.push(current);
      continue;
    }
    if (current === undefined) {
      current = introduction(uniqueSlug('introduction'), block.paragraph.start);
      sections.push(current);
    }
    current.paragraphs.push(block.paragraph);
    current.end = block.paragraph.end;
  }
  return sections.map(({ rank: _, ...section }) => section);
}

interface OpenSection extends Section {
  readonly children: string[];
  readonly paragraphs: Paragraph[];
  readonly rank: number;
  end: number;
}

function introduction(id: string, start: number): OpenSection {
  const nothing = { children: [], paragraphs: [], headings: [] };
  return { ...nothing, id, heading: null, level: 1, parent: null, start, end: start, rank: 0 };
}
