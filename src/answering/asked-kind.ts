import type { Passage } from '../domain.ts';
import { contentWords } from '../language/stop-words.ts';
import { stemSet } from './sentence-relevance.ts';

/** A kind of fact that a question can ask for, and by which a sentence shows that it states one. */
interface AskedKind {
  readonly fact: FactKind;
  readonly asks: RegExp;
  readonly states: RegExp;
}

const numberWords =
  'one(?! (?:another|of)\\b)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|thousand|dozen|half|several times|once|twice';
const anyNumber = `(?:\\d+|\\b(?:${numberWords})\\b)`;
const timeUnit =
  '(?:seconds?|minutes?|mins?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|overnight)';
const group =
  'pregnan\\p{L}*|expecting|breastfeeding|bab(?:y|ies)|infants?|newborns?|toddlers?|child(?:ren)?|kids?|teen\\p{L}*|minors?|elderly|seniors?|old(?:er)? (?:people|adults?|folks?)|pensioners?|grand(?:ma|pa|mother|father|parents?|mum|dad)|diabetics?|patients?|athletes?|runners?|pets?|(?<!(?:downward|upward)[- ](?:facing[- ])?)dogs?|cats?(?![- ]cow)|horses?|men|women|vegans?|beginners?|asthmatics?|people with \\p{L}+|(?:a )?(?:bad|weak) heart|after (?:an? )?(?:operation|surgery|accident|birth)';

/** What the article says of these is a matter of stating it, not of being near it: a close passage is no answer. */
const kinds: readonly AskedKind[] = [
  {
    fact: 'price',
    asks: /\b(?:how much (?:is|are|do|does|did|would|will|for|per|money|\p{L}+ cost)|how expensive|prices?|priced|pric(?:e)?y|costs?|costly|fees?|(?<!(?:heart|pulse|breathing|metabolic|success|growth) )rates?|(?<!in )charge[ds]?|(?:pay|paying)(?! (?:\p{L}+ )?(?:attention|heed|more attention))|(?:leave|give|to|i|we|you|a) tip|tipping|gratuity|discounts?|vouchers?|gift ?cards?|coupons?|cheap(?:er|est)?|afford\p{L}*|expensive|insurance|reimburse\p{L}*|refunds?|budget|bucks|euros?|dollars?|pounds? (?:sterling|a))\b|[$€£]/iu,
    states: /[$€£]|\b(?:prices?|costs?|fees?|euros?|dollars?|pounds?|cents?|free of charge|cheap\p{L}*|expensive)\b/iu,
  },
  {
    fact: 'frequency',
    asks: /\b(?:how (?:often|frequent\p{L}*|regular\p{L}*)|how many (?:times|sessions|visits|treatments|appointments)|times (?:a|per|each) (?:day|week|month|year)|(?:every|each) (?:how many )?(?:days?|weeks?|months?|years?)|once or twice|(?:daily|weekly|monthly|yearly|fortnightly) (?:or|enough)|wait between)\b/iu,
    states: new RegExp(
      `\\b(?:daily|weekly|monthly|yearly|annually|every (?:\\p{L}+ )?${timeUnit}|(?:once|twice|${anyNumber} times?) (?:a|per|each|every)|per ${timeUnit}|each ${timeUnit})\\b`,
      'iu',
    ),
  },
  {
    fact: 'duration',
    asks: /\b(?:how (?:long(?! (?:does|do|will|would) (?:the|its|their|this|that) (?:\p{L}+ )?(?:relief|effects?|benefits?|results?|relaxation|calm|feeling)\b)|many (?:seconds|minutes|mins|hours|days|weeks|months|years)|much time|(?:quick(?:ly)?|fast)(?! (?:is|are)\b)|soon)|what(?:'s| is) the (?:length|duration)|duration|half an hour|(?:\d+|an?|thirty|sixty|ninety) (?:minutes?|mins?|hours?))\b/iu,
    states: new RegExp(
      `${anyNumber}[\\s-]*(?:\\p{L}+ )?${timeUnit}\\b|\\b(?:an?|few|several) ${timeUnit}\\b|\\bovernight\\b`,
      'iu',
    ),
  },
  {
    fact: 'duration',
    asks: /\bhow long (?:does|do|will|would) (?:the|its|their|this|that) (?:\p{L}+ )?(?:relief|effects?|benefits?|results?|relaxation|calm|feeling)\b/iu,
    states: new RegExp(
      `${anyNumber}[\\s-]*(?:\\p{L}+ )?${timeUnit}\\b|\\b(?:lasting|permanent|temporar\\p{L}*|short-lived)\\b`,
      'iu',
    ),
  },
  // How fast or how deep something is can be told by a word as well as by a number.
  {
    fact: 'number',
    asks: /\bhow (?:quick|fast) (?:is|are)\b/iu,
    states: new RegExp(`${anyNumber}|\\b(?:slow|fast|quick|rapid|brisk|gentle)(?:ly)?\\b`, 'iu'),
  },
  {
    fact: 'number',
    asks: /\bhow (?:deep|far)(?: down| in)?(?! (?:in|many)\b)(?: \p{L}+){1,6} (?:go|reach|get|work|penetrate)\b/iu,
    states: new RegExp(`${anyNumber}|\\b(?:deep(?:ly|er)?|layers?|surface|shallow)\\b`, 'iu'),
  },
  {
    fact: 'number',
    asks: /\b(?:how many(?!.+\b(?:called|names?|which (?:ones?|are)|what are they)\b)|what (?:number|percentage|percent|share|proportion)|number of|percent(?:age)?|how (?:big|large|tall|heavy|hot|warm|cold|strong|hard|high|thick|wide)|how (?:deep|far(?! (?:down|in|into|back)\b))(?! (?:(?!in\b|many\b)\p{L}+ ){1,7}(?:go|reach|get|work|penetrate)\b)|what (?:temperature|size|weight|age|degree|pressure))\b/iu,
    states: new RegExp(anyNumber, 'iu'),
  },
  {
    fact: 'place',
    asks: /\b(?:where (?:can|could|do|should|would|to) (?:i|we|you|one|people)? ?(?:get|find|buy|book|go|learn|study|order|park)|near (?:me|here|by)|nearby|closest|nearest|address|in (?:which|what) (?:city|town|country|street|state|region of)|(?:which|what) (?:city|town|country)|located|location|directions|(?:free|is there|any|your) parking|where (?:is|are|was|were) (?:\p{L}+ ){1,4}(?:invented|located|founded|developed|born|based))\b/iu,
    states:
      /\b(?:street|road|avenue|city|town|village|country|located|address|near)\b|\b(?:in|from|at) (?:\p{Lu}\p{Ll}+)/u,
  },
  // Where a thing comes from is told by its origin, be that a place or not.
  {
    fact: 'place',
    asks: /\bwhere (?:is|are|was|were) (?:\p{L}+ ){1,4}from\b/iu,
    states:
      /\b(?:(?:grew|grows|arose|developed) (?:out of|from)|comes? from|came from|originat\p{L}*|origins?|roots?|deriv\p{L}*|stems? from)\b|\b(?:in|from|at) (?:\p{Lu}\p{Ll}+)/u,
  },
  {
    fact: 'person',
    asks: /\b(?:who (?:\p{L}+ )?(?:invent\p{L}*|found\p{L}*|creat\p{L}*|discover\p{L}*|develop\p{L}*|start\p{L}*|own\p{L}*|wr(?:ote|itten)|came up|made up|is (?:the|your) (?:best|owner|author|boss|founder|inventor|most))|whose idea|inventor|founder|(?:the )?author(?! (?:really |also |even )?(?:believ|think|say|mention|claim|suggest|recommend|argu|see|agree|consider|feel|mean|describ|tell|compar|talk|give|list|name|write|want)\p{L}*)|celebrit\p{L}*|famous|doctor recommend\p{L}*)\b/iu,
    states:
      /\b(?:invented|founded|created|discovered|developed|written|author|inventor|founder) (?:by )?\p{Lu}|\p{Lu}\p{Ll}+ (?:invented|founded|created|discovered|developed|wrote)/u,
  },
  {
    fact: 'date',
    asks: /\b(?:(?:what|which|in what) (?:year|century|decade|date)|when (?:was|were|did|is|are|do you|does (?:the|your)) .*\b(?:invent\p{L}*|found\p{L}*|start\p{L}*|beg[aiu]n\p{L}*|discover\p{L}*|creat\p{L}*|open\p{L}*|clos\p{L}*|publish\p{L}*|written)|how old(?: is|[ ?!.]*$)|opening (?:hours|times)|open on|what time)\b/iu,
    states: /\b(?:1\d{3}|20\d{2})\b|\bcentur(?:y|ies)\b|\b(?:BCE?|AD)\b|\d{1,2}(?::\d{2})? ?(?:am|pm|o'clock)/u,
  },
  {
    fact: 'dose',
    asks: /\b(?:dos(?:e|es|age)|how (?:hard|much) (?:pressure|force|should|do (?:i|you)|water|oil)|milligrams?|mg|grams?|millilitres?|ml|drops of|tablets?|pills?)\b/iu,
    states: new RegExp(
      `${anyNumber}\\s*(?:mg|g|grams?|milligrams?|ml|millilitres?|drops?|tablets?|spoon\\p{L}*|cups?|litres?|kilos?|kg)\\b`,
      'iu',
    ),
  },
  {
    fact: 'harm',
    asks: /\b(?:side[- ]?effects?|risks?|risky|dangers?|dangerous|harm(?:ful|s)?|contra[- ]?indicat\p{L}*|hazards?|bruis\p{L}*|make (?:it|things|me) worse|legal|illegal|allerg\p{L}*)\b/iu,
    states:
      /\b(?:side effects?|risks?|danger\p{L}*|harm\p{L}*|contraindicat\p{L}*|bruis\p{L}*|worse|unsafe|legal|allerg\p{L}*|poison\p{L}*|hazard\p{L}*)\b/iu,
  },
  {
    fact: 'safety',
    asks: /\b(?:(?:is|are|be) (?:it |this |that |\p{L}+ ){0,4}(?:safe|unsafe|suitable)|safe (?:for|to|with|if|during|in)|safely|allowed)\b/iu,
    states: /\b(?:safe\p{L}*|unsafe|suitable|allowed|danger\p{L}*)\b/iu,
  },
  {
    fact: 'evidence',
    asks: /\b(?:stud(?:y|ies)|research\p{L}*|scientific\p{L}*|science|evidence|proof|prove[ns]?|trials?|statistics|success rate)\b/iu,
    states: /\b(?:stud(?:y|ies)|research\p{L}*|scientific\p{L}*|evidence|trials?|statistics)\b/iu,
  },
  {
    fact: 'qualification',
    asks: /\b(?:certif\p{L}*|licen[cs]\p{L}*|qualif\p{L}*|diplomas?|degrees?|accredit\p{L}*|train(?:ing|ed) (?:do|does|is|for|as|to)|become an?|salary|wages?|earn|careers?)\b/iu,
    states:
      /\b(?:certif\p{L}*|licen[cs]\p{L}*|qualif\p{L}*|diplomas?|degrees?|accredit\p{L}*|salary|earn\p{L}*|careers?)\b/iu,
  },
];

const safety =
  /\b(?:safe(?:ly|ty)?|suitable|ok(?:ay)?|fine|allowed|good|right|bad|dangerous|recommended|can|could|should|may|work|help|do|does|is|are)\b/iu;
const groups = new RegExp(`\\b(?:${group})\\b`, 'giu');
/** Two named things set against each other. */
const comparison =
  /\b(?:better|worse|cheaper|stronger|more effective|safer|gentler|deeper|different|nicer) than\s+(.+)|\b(?:versus|vs\.?|compared? (?:to|with)|(?:instead|in place) of)\s+(.+)|\b(?:differences? between|compar(?:es?|ing|isons? of))\s+(.+?)\s+(?:and|with|to)\s+(.+)/iu;

/** What comes before: "is Swedish better than shiatsu". */
const compared =
  /^(.+?)\s+(?:(?:is|are|be|feels?|works?)\s+)?(?:better|worse|cheaper|stronger|more effective|safer|gentler|deeper|different|nicer|versus|vs)\b/iu;
const mostWordsOfName = 2;

export type Answerability =
  | { readonly answerable: true }
  /** `missing` is a kind of fact that no passage states, or a group of people or a thing that the article never names. */
  | { readonly answerable: false; readonly missing: { readonly fact: FactKind } | { readonly name: string } };

export type FactKind =
  | 'price'
  | 'frequency'
  | 'duration'
  | 'number'
  | 'place'
  | 'person'
  | 'date'
  | 'dose'
  | 'harm'
  | 'safety'
  | 'evidence'
  | 'qualification';

/**
 * Whether the passages state the kind of thing that is asked: a price, a number, a duration, safety for a group, a
 * comparison. A question of none of these kinds passes: retrieval decides about it. `isSpokenOf` may also count other words for the
 * same thing, which will do for a comparison.
 */
export function statesWhatIsAsked(
  question: string,
  passages: readonly Passage[],
  isMentioned: (words: string) => boolean,
  isSpokenOf: (words: string) => boolean = isMentioned,
): Answerability {
  const sentences = passages.flatMap((passage) => passage.sentences.map(({ text }) => ({ text, passage })));
  const subject = stemSet(question);
  for (const { fact, asks, states } of kinds) {
    if (!asks.test(question)) continue;
    const stated = sentences.some(({ text, passage }) => states.test(text) && isAbout(subject, text, passage));
    if (!stated) return { answerable: false, missing: { fact } };
  }
  if (safety.test(question)) {
    for (const [named] of question.matchAll(groups)) {
      if (!isMentioned(named)) return { answerable: false, missing: { name: named.toLowerCase() } };
    }
  }
  const against = (question.match(comparison)?.slice(1) ?? []).flatMap((thing) => nameOf(thing ?? ''));
  const first = against.length > 0 ? contentWords(question.match(compared)?.[1] ?? '') : [];
  if (first.length > 0 && !first.some(isSpokenOf)) {
    return { answerable: false, missing: { name: first.slice(-mostWordsOfName).join(' ') } };
  }
  for (const name of against) {
    if (!isSpokenOf(name)) return { answerable: false, missing: { name } };
  }
  return { answerable: true };
}

/** What is left of a thing compared with; nothing where only a small word stands for it ("deeper than that"). */
function nameOf(thing: string): readonly string[] {
  const name = thing.replace(/[?!.,;].*$/u, '').trim();
  return contentWords(name).length > 0 ? [name] : [];
}

/** The kinds of fact that a question asks for. */
export function askedFacts(question: string): readonly FactKind[] {
  return kinds.filter(({ asks }) => asks.test(question)).map(({ fact }) => fact);
}

/** A sentence is about the subject when it, or the heading above it, shares a word with the question. */
function isAbout(subject: ReadonlySet<string>, sentence: string, passage: Passage): boolean {
  const content = stemSet([passage.headings.at(-1) ?? '', sentence].join(' '));
  return [...subject].some((token) => content.has(token));
}
