import type { QuestionForm } from '../answering/question-form.ts';
import type { IndexedDocument } from '../domain.ts';
import { describingWords } from '../language/describing-words.ts';
import { contentWords } from '../language/stop-words.ts';
import { stem } from '../language/tokens.ts';
import type { QueryTerm } from '../retrieval/hybrid-search.ts';
import { likeness } from '../retrieval/thesaurus.ts';

/** A word is foreign to the article when no word of the passages found comes nearer than this cosine, 0 to 1. */
const foreignBelow = 0.45;
const shortestName = 5;

/** Nothing in the passages found is or comes near the word. */
export function isForeign({ mentioned, closest }: QueryTerm): boolean {
  return !mentioned && closest < foreignBelow;
}

/** A word that decides alone has to be spoken of: below this cosine, 0 to 1, what is near is another thing ("position" for "posture"). */
const spokenOfFrom = 0.6;

/** Nothing in the passages found is the word, means it or comes close to it. */
export function isUnspoken({ mentioned, closest }: QueryTerm): boolean {
  return !mentioned && closest < spokenOfFrom;
}

/** A word that no dictionary has: a brand, a method, a person. */
export function isUnknownName({ word, mentioned, known }: QueryTerm): boolean {
  return !mentioned && !known && word.length >= shortestName;
}

/**
 * Another kind of something that the article divides into kinds: "swedish massage", where headings tell of Thai massage and deep
 * tissue massage and nothing tells of "swedish". Who asks what a thing is ("what is cupping therapy") asks about its kind, divided
 * or not. As typed; null when no absent kind is asked about.
 */
export function absentKind(
  { kind }: QuestionForm,
  question: string,
  terms: readonly QueryTerm[],
  documents: readonly IndexedDocument[],
): string | null {
  for (const [at, term] of terms.entries()) {
    const head = terms[at + 1];
    if (!head || !isNaming(term)) continue;
    const isDefined = kind === 'definition' && head.mentioned && isForeign(term);
    if (!isDefined && !dividedThings(documents).has(stem(head.word))) continue;
    const before = terms[at - 1];
    const phrases = [...(before && isNaming(before) ? [[before, term, head]] : []), [term, head]];
    const typed = phrases.map((phrase) => asTyped(question, phrase)).find((phrase) => phrase !== null);
    if (typed !== undefined) return typed;
  }
  return null;
}

/** A word that can name a kind, and neither it nor what people say for it is in the article. */
function isNaming({ word, mentioned, closest }: QueryTerm): boolean {
  return !mentioned && closest < likeness && !describingWords.has(word) && !/\p{N}/u.test(word);
}

const divided = new WeakMap<readonly IndexedDocument[], ReadonlySet<string>>();

/** Stems of things of which at least two headings name a kind: "Thai Massage", "Deep Tissue Massage". */
function dividedThings(documents: readonly IndexedDocument[]): ReadonlySet<string> {
  const known = divided.get(documents);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const heading of new Set(documents.flatMap(({ sections }) => sections.map(({ heading }) => heading ?? '')))) {
    const named = contentWords(heading);
    const isKind =
      named.length > 1 && named.length < 4 && named.slice(0, -1).some((word) => !describingWords.has(word));
    const head = stem(named.at(-1) ?? '');
    if (isKind) counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  const found = new Set([...counts].flatMap(([head, count]) => (count > 1 ? [head] : [])));
  divided.set(documents, found);
  return found;
}

/** "How do I teach my parrot to talk": what follows the verb is what is to be handled. */
const handling =
  /^(?:(?:so|and|ok|hi|hey|please),? )*how (?:do|does|did|can|could|should|would|to)(?: (?:i|you|we|one|people))?(?: (?:best|properly))? \p{L}+ (?:(?:up|out|off|down|away) )?(?:an?|my|your|our|the|some|this|that|his|her) (\p{L}+)(?: (\p{L}+))?/iu;

/** The thing that is to be handled, when nothing in the article comes near it. */
export function absentObject(question: string, terms: readonly QueryTerm[]): string | null {
  const [, first, second] = question.match(handling) ?? [];
  const named = [first, second].flatMap((word) => terms.filter((term) => term.word === word?.toLowerCase()));
  return named.length > 0 && named.every(isUnspoken) ? asTyped(question, named) : null;
}

/** "Does an ergonomic chair help", "is cupping better": what stands right after the verb is what is asked about. */
const opening =
  /^(?:(?:so|and|ok|hi|hey|but),? )*(?:is|are|was|were|does|do|did|can|could|will|would|should) (?:(?:an?|the|my|your|some|this|that|these|those) )?(.+)$/iu;
/** What is said of a subject, which ends it. */
const saidOfIt = new Set(
  'good better best bad worse worth ok okay safe useful enough helpful work works help helps'.split(' '),
);

/** "Which bones does a giraffe have": what stands after the verb owns or does what is asked about. */
const owner =
  /^(?:(?:so|and|ok|hi|hey|but),? )*(?:what|which|how|why|when|where)\b[^,?.]*? (?:does|do|did|has|have|can|could) (?:an?|my|your|our|his|her) (.+)$/iu;

/** The thing that a question to be answered by yes or no is about, when nothing in the article comes near it. */
export function absentSubject(question: string, terms: readonly QueryTerm[]): string | null {
  const typed = (question.match(opening) ?? question.match(owner))?.[1]?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const subject: QueryTerm[] = [];
  for (const word of typed) {
    const term = terms.find((term) => term.word === word);
    if (!term || saidOfIt.has(word)) break;
    if (!isForeign(term) || describingWords.has(word) || isDoing(question, term)) return null;
    subject.push(term);
  }
  return asTyped(question, subject);
}

/** "Does it help with sleep?", "is it good for digestion": what comes after is what the article has to speak of. */
const helps =
  /\b(?:helps?(?: (?:me|you|us|him|her|them|people|someone))?(?: (?:to|with|for|against|on))?|(?:good|works?) (?:for|with|against|on)) (?:my |your |the |a |an )?(.+)$/iu;

/** The thing that is to be helped, when the article has no word of it and none that comes near. */
export function absentAim(question: string, terms: readonly QueryTerm[]): string | null {
  const thing = question.match(helps)?.[1]?.toLowerCase();
  if (thing === undefined) return null;
  const asked = terms.filter(({ word }) => thing.split(/\W+/u).includes(word));
  return asked.length > 0 && asked.every(isUnspoken) ? asked.map(({ word }) => word).join(' ') : null;
}

/** The unknown name, else the word that says most, when the article is far from it; with its neighbours if they are foreign too. */
export function foreignSubject(question: string, terms: readonly QueryTerm[]): string | null {
  const heaviest = terms.toSorted((left, right) => right.weight - left.weight)[0];
  const subject = terms.find(isUnknownName) ?? heaviest;
  if (!subject || !isUnspoken(subject) || describingWords.has(subject.word) || isDoing(question, subject)) return null;
  const at = terms.indexOf(subject);
  const neighbours = [
    [terms[at - 1], subject],
    [subject, terms[at + 1]],
  ].map((pair) => pair.map((term) => term?.word ?? ''));
  const isForeignPhrase = (pair: readonly string[]) =>
    question.toLowerCase().includes(pair.join(' ')) &&
    terms.some(
      (term) => term !== subject && pair.includes(term.word) && isUnspoken(term) && !describingWords.has(term.word),
    );
  return neighbours.find(isForeignPhrase)?.join(' ') ?? subject.word;
}

/** "Do you lie on the ground": after such a word stands what somebody does, which is no name to be told. */
const doers =
  "i|u|you|we|they|he|she|it|one|people|somebody|someone|to|can|could|will|would|should|may|might|must|don't|not|never|always";

function isDoing(question: string, { word }: QueryTerm): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${doers}) ${word}(?![\\p{L}\\p{N}])`, 'iu').test(question);
}

/** Words that stand side by side in the question, with their capitals; null when they do not. */
function asTyped(question: string, terms: readonly QueryTerm[]): string | null {
  if (terms.length === 0) return null;
  const letters = terms.map(({ word }) => word.replace(/[^\p{L}\p{N}]/gu, ''));
  return (
    question.match(new RegExp(`(?<![\\p{L}\\p{N}])${letters.join('[\\s-]+')}(?![\\p{L}\\p{N}])`, 'iu'))?.[0] ?? null
  );
}
