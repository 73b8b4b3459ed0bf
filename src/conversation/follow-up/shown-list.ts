import type { EarlierTurn } from '../../domain.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import { sectionKey } from '../section-key.ts';
import { enumerationIn } from './enumeration.ts';
import { findReference } from './reference.ts';
import { childrenOf, sectionsNamedIn, type Topic, topicAt } from './topic.ts';

/**
 * The list that "the second one" counts over, in its order: sections that were shown as a list, the parts of a section that was
 * asked about, or what a quoted sentence counts up. It stays while its items are spoken of.
 */
export function shownList(turns: readonly EarlierTurn[], index: KnowledgeIndex): readonly Topic[] {
  let list: readonly Topic[] = [];
  for (const turn of turns) {
    if (turn.listed.length > 0) {
      list = turn.listed.flatMap((key) => topicAt(index, key) ?? []);
      continue;
    }
    if (turn.passages.length === 0) continue;
    if (list.length > 0 && findReference(turn.asked) !== null) continue;
    const keys = turn.passages.map(sectionKey);
    const isOfList = list.some(({ key }) => keys[0] === key);
    if (isOfList && !asksForSeveral.test(turn.question)) continue;
    const found = listIn(turn, index);
    if (found.length > 1) list = found;
  }
  return list;
}

const numbers = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const asksForSeveral = new RegExp(
  `\\b(?:which|what|name|list|tell me|how many|all|${numbers.join('|')})(?: (?:are|is|of|the|its|their|these|those|${numbers.join('|')}))*(?: (?!does\\b|is\\b)\\p{L}+){0,2}? (?!does\\b|this\\b|goes\\b|helps\\b)\\p{L}{3,}s\\b`,
  'iu',
);
const parts =
  /\b(?:aspects?|parts?|points?|topics?|sections?|chapters?|headings?|areas?|sides?|ways?|benefits?|effects?|kinds?|types?)\b/iu;

function listIn(turn: EarlierTurn, index: KnowledgeIndex): readonly Topic[] {
  const named = sectionsNamedIn(index, turn.asked);
  if (named.length > 1) return named;
  const enumerated = enumerationOf(turn, index);
  const children = childrenOf(index, sectionKey(turn.passages[0] ?? ''));
  const asked = numbers.findIndex((number) => new RegExp(`\\b${number}\\b`, 'iu').test(turn.question)) + 2;
  if (
    children.length > 1 &&
    (children.length === asked || (parts.test(turn.question) && enumerated.length !== asked))
  ) {
    return children;
  }
  return enumerated;
}

/** The longest enumeration of the quoted sentences, the first one among equals; the passages stand in where no answer is kept. */
function enumerationOf({ answer, passages }: EarlierTurn, index: KnowledgeIndex): readonly Topic[] {
  const quoted =
    answer?.sentences.map(({ text, citations }) => ({ text, id: citations[0] ?? '' })) ??
    passages.flatMap((id) => index.passage(id)?.sentences.map(({ text }) => ({ text, id })) ?? []);
  return quoted
    .map(({ text, id }) => enumerationIn(text).map((name) => ({ key: sectionKey(id), name })))
    .reduce<readonly Topic[]>((most, items) => (items.length > most.length ? items : most), []);
}
