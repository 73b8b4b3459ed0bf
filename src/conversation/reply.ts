import type { Draft } from '../answering/writer.ts';
import type { Answer, CitedPassage, Passage } from '../domain.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { citedPassages, composeText } from './compose-text.ts';
import type { Missing } from './evidence.ts';
import type { Found } from './find.ts';
import { replies } from './replies.ts';
import { plainReply } from './safe-replies.ts';
import type { FixedReply } from './step-back.ts';

/** An answer without what belongs to its turn. */
export type Reply = Omit<Answer, 'turnId' | 'conversationId' | 'suggestions'>;

/** `lead` stands before quoted sentences where "The article says" would not do. */
export function answered(draft: Draft, found: readonly CitedPassage[], lead?: string): Reply {
  const { sentences, layout, mode } = draft;
  const passages = citedPassages(sentences, found);
  return { outcome: 'answered', reason: null, text: composeText(sentences, layout, lead), sentences, passages, mode };
}

/** A reply of fixed words alone. */
export function fixed(reply: FixedReply): Reply {
  return { ...reply, sentences: [], passages: [], mode: 'fixed' };
}

/** That the article does not say, with what it does cover: the sections that come nearest, or the outermost ones. */
export function refused(found: Found, index: KnowledgeIndex): Reply {
  const { missing } = found.verdict;
  const nearest = offered(found).map(nameOf);
  const rest =
    nearest.length > 0 ? replies.nearestSections(nearest) : `${replies.coverageLead} ${coverage(index).join(' · ')}.`;
  return fixed({ outcome: 'refused', reason: 'not-in-article', text: `${openingOf(missing)} ${rest}` });
}

const mostNearest = 3;

/** One passage for each section that a refusal asks back about, nearest first; none when nothing comes near. */
export function offered({ brief, verdict }: Found): readonly Passage[] {
  if (verdict.band !== 'nearest') return [];
  const passages = brief.passages.map(({ passage }) => passage);
  const isFirst = (passage: Passage, at: number) =>
    passages.findIndex((other) => nameOf(other) === nameOf(passage)) === at;
  return passages.filter(isFirst).slice(0, mostNearest);
}

function nameOf({ headings, title }: Passage): string {
  return headings.at(-1) ?? title;
}

function openingOf(missing: Missing | null): string {
  if (missing === null) return plainReply('not-in-article', 'en');
  return 'fact' in missing ? replies.notStated[missing.fact] : replies.notMentioned(missing.name);
}

const mostHeadings = 8;

/** The outermost headings of the articles; their titles where an article has none or there are too many. */
export function coverage(index: KnowledgeIndex): readonly string[] {
  const headings = index.documents.flatMap(({ title, sections }) => {
    const outermost = sections.flatMap(({ heading, level }) => (heading !== null && level === 1 ? [heading] : []));
    return outermost.length > 0 ? outermost : [title];
  });
  return headings.length <= mostHeadings ? headings : index.documents.slice(0, mostHeadings).map(({ title }) => title);
}
