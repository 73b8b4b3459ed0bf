import type { IndexedDocument, Passage } from '../domain.ts';
import { stem, words } from '../language/tokens.ts';
import { facetOf, facets } from './question-form.ts';
import { stemSet } from './sentence-relevance.ts';

/** A section whose children are the items that a list question asks for. */
export interface OutlineList {
  readonly document: string;
  readonly section: string;
  readonly children: readonly string[];
}

type OutlineSection = IndexedDocument['sections'][number];

const fewestItems = 2;
/** Half of the children must look like what is asked for, when the parent's own heading does not say so. */
const smallestChildShare = 0.5;

/**
 * Finds the outline's own list for a list question, or undefined when no section is divided that way.
 * A parent qualifies when its heading names what is asked for ("Specialized Approaches" for techniques)
 * or most of its children do ("Improved Range of Motion", "Stress Reduction" for benefits); what else the
 * question names, and the scores of the retrieved passages, decide between several.
 */
export function findOutlineList(
  facet: string,
  subject: string,
  documents: readonly IndexedDocument[],
  passages: readonly { readonly passage: Passage; readonly score: number }[],
): OutlineList | undefined {
  const wanted = [...stemSet(subject)].filter((token) => !isFacetNoun(token) && !askingStems.has(token));
  const everywhere = commonStems(documents);
  let best: { readonly list: OutlineList; readonly rating: number } | undefined;
  for (const document of documents) {
    for (const parent of document.sections) {
      if (parent.children.length < fewestItems || parent.heading === null) continue;
      const children = document.sections.filter(({ parent: above }) => above === parent.id);
      const fit = facetFit(facet, parent.heading, children);
      if (fit === 0) continue;
      const heading = stemSet([parent.heading, ...children.map((child) => child.heading ?? '')].join(' '));
      const specific = wanted.filter((token) => !everywhere.has(token));
      // "Which techniques improve digestion?" asks for more than the headings tell: its answer is in the text, if anywhere.
      if (!specific.every((token) => heading.has(token))) continue;
      const rating = fit + specific.length + retrievedShare(document.id, [parent, ...children], passages);
      if (!best || rating > best.rating) {
        best = { list: { document: document.id, section: parent.id, children: parent.children }, rating };
      }
    }
  }
  return best?.list;
}

/** 0 when nothing speaks for it, 1 when the heading names the facet, else the share of children that do. */
function facetFit(facet: string, heading: string, children: readonly OutlineSection[]): number {
  if (namesFacet(facet, heading)) return 1;
  const share = children.filter((child) => namesFacet(facet, child.heading ?? '')).length / children.length;
  return share >= smallestChildShare ? share : 0;
}

// Words of asking for a list, which name nothing in it.
const askingStems = stemSet(
  'list name describe mention cover discuss explain include exist available different various main several important know learn article text page guide people',
);

// Headings of benefits are seldom called so: they name an effect ("Improved…", "…Reduction", "Relief from…").
const effects =
  /\b(?:improv|reduc|reliev|relief|relax|releas|allevi|enhanc|increas|boost|better|healing|power|strengthen|prevent|support|sav|gain|lower|increas|promot|eas(?:e|ing)|calm|protect|health|circulation|recover)/iu;

/** Whether a heading or a sentence tells an effect. */
export function namesEffect(text: string): boolean {
  return effects.test(text);
}

function namesFacet(facet: string, heading: string): boolean {
  if (facet === 'benefits' && namesEffect(heading)) return true;
  return words(heading).some((word) => (facets[facet] ? facetOf(word) === facet : stem(word) === facet));
}

function isFacetNoun(token: string): boolean {
  return facets[facetOf(token)] !== undefined;
}

/** Stems of the titles and of more than a third of the headings: they do not tell sections apart. */
function commonStems(documents: readonly IndexedDocument[]): ReadonlySet<string> {
  const common = new Set(documents.flatMap(({ title }) => [...stemSet(title)]));
  const headings = documents.flatMap(({ sections }) => sections.map(({ heading }) => stemSet(heading ?? '')));
  for (const token of headings.flatMap((heading) => [...heading])) {
    if (headings.filter((heading) => heading.has(token)).length > headings.length / 3) common.add(token);
  }
  return common;
}

/** Share of the retrieval scores that falls on these sections, 0 to 1. */
function retrievedShare(
  document: string,
  sections: readonly OutlineSection[],
  passages: readonly { readonly passage: Passage; readonly score: number }[],
): number {
  const ids = new Set(sections.map(({ id }) => id));
  let inside = 0;
  let total = 0;
  for (const { passage, score } of passages) {
    total += Math.max(score, 0);
    if (passage.document === document && ids.has(passage.section)) inside += Math.max(score, 0);
  }
  return total === 0 ? 0 : inside / total;
}
