import { facets } from '../../answering/question-form.ts';

/** Where in a question something of the conversation is pointed at by its place. */
export interface Reference {
  /** The words that point. */
  readonly phrase: string;
  readonly to:
    | { readonly kind: 'place'; readonly place: number }
    | { readonly kind: 'from-end'; readonly place: number }
    /** "The first two", "the last three". */
    | { readonly kind: 'several'; readonly from: 'start' | 'end'; readonly count: number }
    | { readonly kind: 'middle' }
    /** Steps from the topic along the list. */
    | { readonly kind: 'step'; readonly by: number }
    /** Something of the same kind that was not spoken of yet, or, with `other`, the one that was spoken of before. */
    | { readonly kind: 'another' }
    | { readonly kind: 'other' };
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const severals = numbers.slice(1).join('|');
const ordinal = `${ordinals.join('|')}|\\d{1,2}(?:st|nd|rd|th)`;
const facetNouns = Object.values(facets).flat();
const kind = `(?: (?:one|item|point|thing|massage|${facetNouns.join('|')}))?(?: (?:on|in|of) (?:the|that|your) list| (?:of|from) (?:them|these|those)(?: \\p{L}+)?)?`;
/** "In the first place", "the last time": no item of a list. */
const noItem =
  '(?! (?:place|time|times|day|days|session|sessions|visit|week|month|year|hour|minute|night|half|hand|aid|floor|sentence|question|word|thing (?:i|you|to)))';

/** Patterns in the order in which they are tried; what is captured says which item is meant. */
const patterns: readonly (readonly [RegExp, (captured: string) => Reference['to']])[] = [
  [
    /\b(?:the )?(?:one|item|point) (?:right |just )?before(?: (?:that|it|this|last))?(?: one)?\b|\bthe previous(?: one)?\b/iu,
    () => ({ kind: 'step', by: -1 }),
  ],
  [
    /\b(?:the )?(?:one|item|point) (?:right |just )?after(?: (?:that|it|this))?(?: one)?\b|\bthe next(?: one)?\b/iu,
    () => ({ kind: 'step', by: 1 }),
  ],
  [new RegExp(`\\b(?:the|those) first (${severals})${kind}`, 'iu'), (captured) => several('start', captured)],
  [new RegExp(`\\b(?:the|those) last (${severals})${kind}`, 'iu'), (captured) => several('end', captured)],
  [/\bthe middle(?: one)\b/iu, () => ({ kind: 'middle' })],
  [new RegExp(`\\bthe second (?:to )?last${kind}`, 'iu'), () => ({ kind: 'from-end', place: 1 })],
  [
    new RegExp(`\\b(?:the|your) (?:very )?(?:last|final|latter)${noItem}${kind}`, 'iu'),
    () => ({ kind: 'from-end', place: 0 }),
  ],
  [new RegExp(`\\bthe former${kind}`, 'iu'), () => ({ kind: 'place', place: 0 })],
  [new RegExp(`\\b(?:the|your|that) (?:very )?(${ordinal})${noItem}${kind}`, 'iu'), place],
  [new RegExp(`\\b(${ordinal}) (?:one|item|point|option|on the list)\\b`, 'iu'), place],
  [new RegExp(`(?:\\b(?:number|no\\.?|nr\\.?|item|point|option) ?|#)(\\d{1,2}|${numbers.join('|')})\\b`, 'iu'), place],
  [new RegExp(`(?<=\\b(?:and|or|to|with|than) )(${ordinals.join('|')})(?=[ ?.!]*$)`, 'iu'), place],
  [new RegExp(`^(?:and |ok(?:ay)? |then )*(?:the )?(\\d{1,2}|${ordinal})(?= ?(?:please)?[?.! ]*$)`, 'iu'), place],
  [
    /\b(?:the other)(?: (?:one|ones|two|technique|benefit|approach|method))?(?=[ ?.!,]*$|[ ,](?:do|does|is|are|for|work|works|like|please)\b)/iu,
    () => ({ kind: 'other' }),
  ],
  [
    new RegExp(
      `\\b(?:(?:is|are) there )?(?:another|any others?|some other|a different|other)(?: (?:one|ones|of (?:them|these|those)|${facetNouns.flatMap((noun) => [noun, `${noun}s`]).join('|')}|techniques?|approaches))?(?=[ ?.!]*$)`,
      'iu',
    ),
    () => ({ kind: 'another' }),
  ],
];

/** The first phrase of a question that points at an item by its place; null when there is none. */
export function findReference(question: string): Reference | null {
  for (const [pattern, toOf] of patterns) {
    const match = pattern.exec(question);
    if (match) return { phrase: match[0], to: toOf(match[1]?.toLowerCase() ?? '') };
  }
  return null;
}

function several(from: 'start' | 'end', captured: string): Reference['to'] {
  return { kind: 'several', from, count: numbers.indexOf(captured) + 1 };
}

function place(captured: string): Reference['to'] {
  const at = Math.max(ordinals.indexOf(captured), numbers.indexOf(captured));
  return { kind: 'place', place: at >= 0 ? at : Number.parseInt(captured, 10) - 1 };
}
