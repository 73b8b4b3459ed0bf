import { facets } from '../../answering/question-form.ts';
import { stemSet } from '../../answering/sentence-relevance.ts';
import { expandBareContractions } from '../../language/contractions.ts';
import { stopWords } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';
import { replies } from '../replies.ts';

const valued = [...(facets.benefits ?? []), ...(facets.risks ?? [])];

/** Words of talking about talk, which carry no subject. */
const talk = new Set(
  (
    'tell more go on else example examples come mean explain continue really elaborate detail details know say said article anything something way kind thing things ' +
    'further information info interesting instance like sort ok okay hear d m s want give yes yeah sure list number item point back again exactly actually maybe please works work show shows explain describe called call name names named mentioned'
  ).split(' '),
);

/** Words of a question that are about something, in order. */
export function subjectWords(question: string): readonly string[] {
  return words(expandBareContractions(question)).filter((word) => !stopWords.has(word) && !talk.has(word));
}

/** Their stems. */
export function subjectStems(question: string): ReadonlySet<string> {
  return stemSet(subjectWords(question).join(' '));
}

const expletive =
  /\b(?:is|was|would|does|s) (?:it) (?:true|possible|normal|common|a good idea|worth|necessary|important|better|best|hurt) (?:to|that|if|for)\b|\bit (?:is|was) (?:true|possible|normal|common|important|said)\b|\bhow is it going\b|\bis that (?:so|right|true)\b/iu;
const relative =
  /\b(?:the|a|an|any|some|all|things?|those|techniques?|hormones?|muscles?|people) (?:\p{L}+ )?that (?=\p{L}+)/giu;
/** A pointing word that stands for a thing: not before a noun of its own, and never one that only opens a clause. */
const pronoun =
  /\b(?:it|they|them|he|she|him|(?:this|that|these|those)(?=$|[?.!,;]| (?:is|are|was|were|does|do|did|has|have|can|could|will|would|may|might|mean|means|help|helps|work|works|happen|happens|matter|come|comes|go|goes|feel|take|get|make|lower|reduce|improve|affect|increase|lead|play|start|begin|apply|involve|include|release|relieve|ease|stay|good|important|last|lasts|cause|relax|for|to|with|in|on|at|and|or|as|too|also|exactly|then|really|one|ones|be)\b))\b/iu;
const possessive = /\b(?:its|their)\b/iu;
const pointedNoun =
  /\b(?<!\b(?:true|so|sure|say|says|said|know|think|thinks|mean|means|fact|claim|claims|believe|see|show|shows|way|likely|possible) )(?:this|that|these|those|such|the same) (?=\p{L}{3,})/iu;
const one = /\b(?:one of (?:them|these|those)|(?<=\b(?:if|when|does|is|can|which|the) )one|(?<=\bwhich )ones)\b/iu;

/** Set against what was said, or added to it. */
const added = /\binstead\b(?! of\b)|\b(?:too|as well)[ ?.!]*$/iu;

/** How a question leans on the conversation. */
export interface Leaning {
  readonly pronoun: boolean;
  /** "This technique", "those hormones", "their", "what is released instead?". */
  readonly pointing: boolean;
  /** No subject of its own, or only a question word with a noun ("which muscles?"). */
  readonly ellipsis: boolean;
  /** "And shiatsu?", "what about thai?": what is asked about instead; null for other questions. */
  readonly instead: string | null;
}

const insteadOf =
  /^(?:(?:ok(?:ay)?|so|and|but|then|hmm+|well|wait|no)[ ,]+)*(?:what about|how about|and about|(?:(?:and|or) )?(?:the )?same(?: question| thing)? (?:for|about|with)|and|or|also)[ ,]+(?:the |a |an |for |with |in |on |of )?(.{2,80}?)(?: (?:then|too|as well|please))?[ ?.!]*$/iu;
/** "The one about circulation": an item of what was shown, by what it is about. */
const theOneAbout =
  /^(?:(?:and|ok(?:ay)?|so|tell me about|what about|how about|what is|explain)[ ,]+)*(?:the|that) (?:one|ones|part) (?:about|on|for|with|where|that|which) (?:is |are |has |have |helps? )?(.{2,80}?)[ ?.!]*$/iu;
const questionWord =
  /\b(?:who|whom|whose|what|which|when|where|why|how|do|does|did|is|are|was|were|can|could|will|would|should|has|have|tell|explain|describe)\b/iu;
const wholeQuestion = /^(?:and |so |but |ok(?:ay)? )*(?:what|who) (?:is|are|was|were|s|does)\b/iu;
const mostEllipsisWords = 5;
const mostEllipsisSubject = 1;
const mostAdditionWords = 6;

export function leaningOf(question: string): Leaning {
  const text = expandBareContractions(question.replace(/[’ʼ]/gu, "'")).replace(/'s\b/giu, ' is');
  const plain = text.replace(relative, ' ');
  const isExpletive = expletive.test(plain);
  const own = subjectWords(text);
  const asked = (text.match(theOneAbout) ?? text.match(insteadOf))?.[1];
  const isShort =
    words(text).length <= mostEllipsisWords &&
    own.length <= mostEllipsisSubject &&
    /^(?:and |so |but |then |ok(?:ay)? )*(?:(?:with|in|by|through|for|to|from|at|on|of|under|against) )?(?:how|which|why|when|where|what|who|whom|whose)\b/iu.test(
      text,
    );
  return {
    pronoun: !isExpletive && (pronoun.test(plain) || one.test(plain)),
    pointing: pointsByPossessive(plain) || pointedNoun.test(plain) || added.test(plain),
    ellipsis: own.length === 0 || (isShort && !wholeQuestion.test(text)) || isAddition(text),
    instead: asked !== undefined && !questionWord.test(asked) ? asked : null,
  };
}

/** "What are its regions?", but not "what bones does a giraffe have in its neck?": there its owner is named before it. */
function pointsByPossessive(text: string): boolean {
  const at = text.search(possessive);
  return at >= 0 && subjectWords(text.slice(0, at)).length === 0;
}

/** "Only for a short time?": a part of a sentence that goes on where the answer ended. */
function isAddition(text: string): boolean {
  return (
    words(text).length <= mostAdditionWords &&
    /^\W*(?:(?:and|so|but|not|really)[ ,]+)*(?:only|even|just|always|never|mostly|forever|permanently|for|in|on|at|with|without|by|when|if|because|until|till|after|before|during|since|right away|immediately)\b/iu.test(
      text,
    ) &&
    !/\b(?:what|which|who|where|why|how|do|does|did|is|are|can|will|would|should)\b/iu.test(text)
  );
}

/** Whether an item is told by what it is about. */
export function isTheOneAbout(question: string): boolean {
  return theOneAbout.test(question);
}

/** "And deep tissue, what is that about?": what the pointing word stands for is named right before it; null in other questions. */
export function namedFirst(question: string): string | null {
  return question.match(dislocated)?.[1] ?? null;
}

const dislocated =
  /^\W*(?:(?:and|so|but|ok(?:ay)?|then|what about)[ ,]+)*((?:[\p{L}'’-]+ ){0,4}[\p{L}'’-]+)(?:,| -|:) (?:what|which|who|where|why|how|is|are|do|does|did|can|will|would)\b.*\b(?:it|that|this|they|those|these|there)\b/iu;

/** "Which muscles?", "in what way?", "what is the advantage?": nothing is left but what is asked for of the topic. */
export function isBareQuestion(question: string): boolean {
  return relational.test(question) || bare.test(question);
}

const relational = new RegExp(
  `^\\W*(?:(?:and|so|but|then|ok(?:ay)?)[ ,]+)*what(?:'s|’s|s| is| are| was| were) the (?:\\p{L}+ )?(?:${[...valued, 'aim', 'purpose', 'point', 'goal', 'cause', 'role', 'function', 'difference', 'origin', 'outcome', 'consequence', 'meaning', 'secret', 'idea', 'catch', 'use', 'connection', 'link', 'relation'].join('|')})s?[ ?.!]*$`,
  'iu',
);
const bare =
  /^\W*(?:(?:and|so|but|then|ok(?:ay)?)[ ,]+)*(?:(?:with|in|by|through|for|to|from|at|on|of|under|against) )?(?:which|what|how|whose)(?: (?!is\b|are\b|does\b|do\b|did\b|was\b|were\b|can\b|about\b)[\p{L}-]+){1,2}(?:,? for (?:example|instance))?[ ?.!]*$/iu;

/** Whether the question is which of several things it is: "which one is on a mat?", "and which uses points?". */
export function isWhichOne(question: string): boolean {
  return whichOne.test(question) && subjectWords(question).length > 0;
}

const whichOne =
  /^\W*(?:(?:and|so|but|ok(?:ay)?|then)[ ,]+)*(?:(?:which|what) (?:one|ones|of (?:them|these|those|the))|(?<=\b(?:and|so|but) )which (?:is|are|has|\p{L}+s) \p{L}+)\b/iu;

/** "Is it deep?": the pointing word is what is asked about, whatever else the word leads to. */
const predicate =
  /^\W*(?:and |so |but )*(?:is|are|was|were) (?:it|this|that|they|these|those)(?: (?!about\b)[\p{L}-]+){1,2}[ ?.!]*$/iu;

/** Whether the pointing word is the subject beyond doubt: something is said of it, or it is set against another thing. */
export function isAboutPronoun(question: string): boolean {
  if (predicate.test(question)) return true;
  return /\b(?:than|versus|vs|compared? (?:to|with)|different from|differs? from|differences?|instead of|rather than|similar to|the same as)\b/iu.test(
    question,
  );
}

/** Puts a name in the place of the pointing word; asks about the name in front of the question when there is none to replace. */
export function withName(question: string, name: string): string {
  const text = question.trim();
  const spelled = text.replace(/[’ʼ]/gu, "'");
  if (
    subjectWords(text).length === 0 &&
    !/^\W*(?:and |so |but )?(?:why|how|who|when|where|is|are|does|do|can)\b/iu.test(text)
  ) {
    return replies.aboutSection(name);
  }
  const match = one.exec(spelled) ?? firstPronoun(spelled);
  if (!match) return `About ${name}: ${text}`;
  return `${spelled.slice(0, match.index)}${name}${spelled.slice(match.index + match[0].length)}`;
}

function firstPronoun(text: string): RegExpExecArray | null {
  // Of a relative "that", only the place must stay the same.
  return pronoun.exec(text.replace(relative, (clause) => '·'.repeat(clause.length)));
}

/** A bare yes to "Is that what you mean?", in the languages of the fixed words. */
export function isYes(text: string): boolean {
  return /^\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|correct|right|exactly|please(?: do)?|go ahead|s[ií]|ja|genau|oui|d'accord|sim|certo)(?:[ ,!.]+(?:please|thanks|that one|that|it is|exactly|do|bitte|por favor|s'il (?:te|vous) pla[iî]t))*\W*$/iu.test(
    text.replace(/[’ʼ]/gu, "'"),
  );
}

const more =
  /^(?:(?:ok(?:ay)?|so|and|please|yes|great|thanks)[ ,]+)*(?:(?:can|could|would) you )?(?:please )?(?:(?:tell|give|show) me (?:some )?more|more|go on|carry on|continue|anything else|something else|what else|is (?:that all|there (?:any ?thing )?(?:more|else))|any more|say more|elaborate|(?:more|further|some more) (?:details?|information|info))\b/iu;

/** Whether a follow-up asks for more of the same and for nothing in particular. */
export function isMoreWanted(text: string): boolean {
  return more.test(text) && subjectWords(text).length === 0;
}
