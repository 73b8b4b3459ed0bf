import type { CitedSentence, Passage } from '../domain.ts';
import { comparedSections } from './compared-sections.ts';
import { isFragment, leansOnPrevious } from './leaning.ts';
import { namesEffect } from './outline-list.ts';
import { type RatedSentence, type RateSentences, stemSet } from './sentence-relevance.ts';
import type { Brief, Draft, Writer } from './writer.ts';

const mostSentences = 4;
const mostFromOneSection = 3;
/** Relevance relative to the best sentence that a further one needs: from the best section, from another one. */
const sameSectionShare = 0.55;
const otherSectionShare = 0.9;
/** Score relative to the best passage that a passage of another section needs to be quoted beside it. */
const otherPassageShare = 0.8;
/** Jaccard overlap of stems from which two sentences say the same. */
const duplicateOverlap = 0.75;
const definitionBonus = 0.5;

/** Writes with the article's own sentences only: verbatim, each cited, in reading order within a section. */
export function createExtractiveWriter(rateSentences: RateSentences): Writer {
  return async function* write(brief) {
    const draft =
      listDraft(brief) ?? (await comparedDraft(brief, rateSentences)) ?? (await proseDraft(brief, rateSentences));
    for (const sentence of draft.sentences) yield { type: 'sentence', sentence };
    yield { type: 'end', draft };
  };
}

function listDraft(brief: Brief): Draft | undefined {
  const { form, list } = brief;
  const prefersEffect = form.kind === 'list' && form.facet === 'benefits';
  const items = list?.children.flatMap((section) => {
    const item = representative(brief.sectionPassages(list.document, section), prefersEffect);
    return item ? [item] : [];
  });
  return items && items.length > 1 ? { layout: 'list', sentences: items, mode: 'extractive' } : undefined;
}

/** What an effect counts beside the words of the heading that a sentence holds. */
const effectBonus = 2.5;

/** The sentence of a section that speaks most of its heading, the first one among equals. */
function representative(passages: readonly Passage[], prefersEffect: boolean): CitedSentence | undefined {
  const heading = stemSet(passages[0]?.headings.at(-1) ?? '');
  let best: { readonly sentence: CitedSentence; readonly named: number } | undefined;
  for (const passage of passages) {
    for (const { text } of passage.sentences) {
      const content = stemSet(text);
      const effect = prefersEffect && namesEffect(text) ? effectBonus : 0;
      const named = leansOnPrevious(text) ? -1 : [...heading].filter((token) => content.has(token)).length + effect;
      if (!best || named > best.named) best = { sentence: quote(passage, text), named };
    }
  }
  return best?.sentence;
}

/** What each of the compared sections says of itself, in as many sentences as leave room for the others. */
async function comparedDraft(brief: Brief, rateSentences: RateSentences): Promise<Draft | undefined> {
  const retrieved = brief.passages.map(({ passage }) => passage);
  const sections = comparedSections(brief.question, retrieved).slice(0, mostSentences);
  if (sections.length === 0) return undefined;
  const share = Math.floor(mostSentences / sections.length);
  const sentences: CitedSentence[] = [];
  for (const passages of sections) {
    const [top] = passages;
    const heading = top?.headings.at(-1);
    if (!top || heading === undefined) continue;
    const rated = withDefinitions(heading, await rateSentences(heading, passages, brief.signal));
    sentences.push(...choose(rated, top, share).map(({ passage, text }) => quote(passage, text)));
  }
  return { layout: 'prose', sentences, mode: 'extractive' };
}

async function proseDraft(brief: Brief, rateSentences: RateSentences): Promise<Draft> {
  const top = brief.passages[0];
  if (!top) return { layout: 'prose', sentences: [], mode: 'extractive' };
  const near = brief.passages.filter(
    ({ passage, score }) => isSameSection(passage, top.passage) || score >= otherPassageShare * top.score,
  );
  const { subject, kind } = brief.form;
  const found = await rateSentences(
    subject,
    near.map(({ passage }) => passage),
    brief.signal,
  );
  const rated = kind === 'definition' ? withDefinitions(subject, found) : found;
  const chosen = choose(rated, top.passage);
  return { layout: 'prose', sentences: chosen.map(({ passage, text }) => quote(passage, text)), mode: 'extractive' };
}

/** The sentences that say what the subject is come first. */
function withDefinitions(subject: string, rated: readonly RatedSentence[]): readonly RatedSentence[] {
  return rated.map((sentence) =>
    defines(subject, sentence.text) ? { ...sentence, relevance: sentence.relevance + definitionBonus } : sentence,
  );
}

/** Picks sentences best first, with those they lean on, then puts them in reading order: the best section leads. */
function choose(rated: readonly RatedSentence[], top: Passage, most = mostSentences): readonly RatedSentence[] {
  const own = rated.filter(({ passage }) => isSameSection(passage, top));
  const best = Math.max(...own.map(({ relevance }) => relevance));
  // A share of a relevance below 0 would be above it: then the best sentence stands alone.
  const least = (share: number) => (best > 0 ? best * share : best);
  const candidates = rated
    .filter(
      ({ passage, relevance }) =>
        relevance >= least(isSameSection(passage, top) ? sameSectionShare : otherSectionShare),
    )
    .sort((left, right) => right.relevance - left.relevance || rated.indexOf(left) - rated.indexOf(right));
  // The best section is quoted first even where a neighbour has the single best sentence.
  const ordered = [
    ...candidates.filter(({ passage }) => isSameSection(passage, top)),
    ...candidates.filter(({ passage }) => !isSameSection(passage, top)),
  ];
  let chosen: readonly RatedSentence[] = [];
  for (const candidate of ordered) {
    if (chosen.includes(candidate)) continue;
    const group = [...withSupport(candidate, rated), ...fragmentsAfter(candidate, rated)].filter(
      (sentence) => !chosen.includes(sentence),
    );
    const section = chosen.filter(({ passage }) => isSameSection(passage, candidate.passage));
    const fits = chosen.length + group.length <= most && section.length + group.length <= mostFromOneSection;
    if (chosen.length > 0 && (!fits || chosen.some(({ text }) => repeats(text, candidate.text)))) continue;
    chosen = [...chosen, ...group];
  }
  const rank = (passage: Passage) => chosen.findIndex((sentence) => isSameSection(sentence.passage, passage));
  return chosen.toSorted(
    (left, right) =>
      rank(left.passage) - rank(right.passage) ||
      left.passage.start - right.passage.start ||
      left.position - right.position,
  );
}

/** The sentence preceded by every one that it leans on, as far as the same passage has them. */
function withSupport(sentence: RatedSentence, rated: readonly RatedSentence[]): readonly RatedSentence[] {
  if (!leansOnPrevious(sentence.text)) return [sentence];
  const before = rated.find(
    ({ passage, position }) => passage === sentence.passage && position === sentence.position - 1,
  );
  return before ? [...withSupport(before, rated), sentence].slice(-mostSentences) : [sentence];
}

/** Fragments that complete the sentence. */
function fragmentsAfter(sentence: RatedSentence, rated: readonly RatedSentence[]): readonly RatedSentence[] {
  const after = rated.find(
    ({ passage, position }) => passage === sentence.passage && position === sentence.position + 1,
  );
  return after && isFragment(after.text) ? [after] : [];
}

const definingVerb =
  /^(?:\W*\p{L}+\W+){0,4}?(?:is|are|was|were|means?|refers? to|involves?|combines?|consists? of|describes?|entails?|comprises?|includes?|uses?|delves?|denotes?|comes? from|derives?)\b/iu;

/** Whether a sentence opens with the subject and says what it is. */
function defines(subject: string, sentence: string): boolean {
  const wanted = stemSet(subject);
  if (wanted.size === 0) return false;
  const beginning = sentence
    .split(/\s+/u)
    .slice(0, wanted.size + 4)
    .join(' ');
  const named = stemSet(beginning);
  return [...wanted].every((token) => named.has(token)) && definingVerb.test(sentence);
}

function repeats(left: string, right: string): boolean {
  const first = stemSet(left);
  const second = stemSet(right);
  const shared = [...first].filter((token) => second.has(token)).length;
  return shared >= duplicateOverlap * (first.size + second.size - shared);
}

function isSameSection(left: Passage, right: Passage): boolean {
  return left.document === right.document && left.section === right.section;
}

function quote(passage: Passage, text: string): CitedSentence {
  return { text, citations: [passage.id], quoted: true };
}
