import { expandBareContractions, expandTexting } from '../language/contractions.ts';
import { stem, words } from '../language/tokens.ts';

/** What a question asks for, as far as its wording tells. */
export type QuestionForm =
  /** "Which massage styles are there?": `facet` is what is to be listed. */
  | { readonly kind: 'list'; readonly facet: string; readonly subject: string }
  /** "What is shiatsu?": `subject` is the thing to be told about. */
  | { readonly kind: 'definition'; readonly subject: string }
  | { readonly kind: 'open'; readonly subject: string };

/** Wrapping that carries no subject: it is taken off before retrieval. */
const wrapping =
  /^(?:(?:hi|hello|hey|please|so|and|ok(?:ay)?|well|um+)\b[\s,!.]*)*(?:(?:can|could|would|will) you (?:please )?)?(?:(?:(?:please )?(?:tell me|explain(?: to me)?|describe|show me|let me know|remind me|say something)(?: (?:more|something|a bit|all))?(?: (?:about|of|on))?|(?:i(?:'d| would)? (?:like|want|need|wish) to (?:know|learn|hear)(?: (?:more|something))?(?: (?:about|of|on))?)|(?:do you know|i wonder|i was wondering|any idea)(?: (?:about|if|whether))?|what (?:do(?:es)?|did|can|could) (?:the|this|your|that) (?:article|text|page|guide) (?:say|tell(?: (?:us|me))?|mention|cover|explain|state)(?: (?:about|on|of))?|(?:does|do|is|are) (?:the|this|your) (?:article|text|page|guide) (?:say|mention|cover|talk about|explain)(?: (?:anything|something))?(?: (?:about|on|of))?|(?:according to|in) (?:the|this|your) (?:article|text|page|guide),?|what about|how about|what do you (?:know|have)(?: (?:about|on))?)[\s,:]*)?/iu;

const trailing =
  /(?:[\s,]+(?:please|thanks|thank you|according to (?:the|this|your) (?:article|text)|in (?:the|this|your) article|exactly|then|again|anyway))+[\s?!.]*$/iu;

const listOpening =
  /^(?:what|which)\s+(?:(?:are|were)\s+)?(?:all\s+)?(?:of\s+)?(?:the\s+|some\s+|its\s+|their\s+)?(?:(?:\p{L}+[\s-]+){0,3}?)(KIND)\b/iu;
const listRequest =
  /^(?:list|name|enumerate|give me|show me|summari[sz]e)\s+(?:me\s+)?(?:all\s+)?(?:of\s+)?(?:the\s+|some\s+|a list of\s+)?(?:(?:\p{L}+[\s-]+){0,3}?)(KIND)\b/iu;
/** "Massage techniques", "the benefits of massage": what is left of a request, or all that was typed. */
const bareList = /^(?:the |some |all |any )?(?:[\p{L}-]+ ){0,2}(KIND)(?: (?:of|for|to|from|in|with) .+)?[\s?!.]*$/iu;
const howMany = /^how many\s+(?:(?:\p{L}+[\s-]+){0,2}?)(KIND)\b/iu;

/**
 * Nouns by which articles of any subject are divided, grouped by what they divide into. A question for
 * one of them ("which styles") and a heading with another of its group ("Approaches") mean the same list.
 */
export const facets: Readonly<Record<string, readonly string[]>> = {
  kinds: [
    'kind',
    'type',
    'style',
    'sort',
    'form',
    'variety',
    'technique',
    'method',
    'approach',
    'modality',
    'option',
    'variant',
    'school',
    'category',
  ],
  benefits: [
    'benefit',
    'advantage',
    'effect',
    'gain',
    'plus',
    'upside',
    'perk',
    'reason',
    'improvement',
    'virtue',
    'merit',
    'result',
  ],
  steps: ['step', 'stage', 'phase', 'procedure', 'instruction'],
  parts: ['part', 'component', 'region', 'area', 'section', 'element', 'piece'],
  risks: ['risk', 'danger', 'hazard', 'drawback', 'disadvantage', 'problem', 'mistake', 'downside'],
  tips: ['tip', 'trick', 'suggestion', 'recommendation', 'idea', 'practice', 'habit', 'way', 'activity'],
  tools: ['tool', 'ingredient', 'material', 'supply', 'item'],
};

const facetNouns = Object.values(facets).flat();
const plurals = facetNouns.map((noun) =>
  noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : /(?:s|ch|x)$/.test(noun) ? `${noun}es` : `${noun}s`,
);
const withKinds = (pattern: RegExp) => new RegExp(pattern.source.replace('KIND', plurals.join('|')), pattern.flags);
const listPatterns = [listOpening, listRequest, howMany, bareList].map(withKinds);

const definition =
  /^(?:what(?:'s|s| is| are| was| were)|define|explain|describe|meaning of|definition of|tell me about)\s+(?:meant by\s+|the meaning of\s+|a definition of\s+)?(?:an?\s+|the\s+)?(.{2,60}?)(?:\s+(?:mean|means|about|like|anyway|all about))?\s*[?!.]*$/iu;
const doesMean = /^what does\s+(.{2,60}?)\s+mean\s*[?!.]*$/iu;

/** Reads the form of a question; `subject` is the text that retrieval should look for. */
export function questionForm(question: string): QuestionForm {
  const text = expandTexting(expandBareContractions(question.trim().replace(/\s+/gu, ' ')));
  const core = text.replace(wrapping, '').replace(trailing, '').trim();
  const unwrapped = words(core).length > 0 ? core : text;
  for (const pattern of listPatterns) {
    const noun = unwrapped.match(pattern)?.[1];
    if (noun) return { kind: 'list', facet: facetOf(noun), subject: unwrapped };
  }
  const asked = unwrapped.match(doesMean)?.[1] ?? unwrapped.match(definition)?.[1];
  if (asked && words(asked).length <= 6) return { kind: 'definition', subject: asked };
  // "Tell me about shiatsu" leaves only the name behind: that is a question for what it is.
  if (
    unwrapped !== text &&
    words(unwrapped).length <= 4 &&
    !/^(?:who|how|why|when|where|which|what|is|are|does|do|can|will)\b/iu.test(unwrapped)
  ) {
    return { kind: 'definition', subject: unwrapped.replace(/[?!.]+$/u, '') };
  }
  return { kind: 'open', subject: unwrapped };
}

/** Name of the group a noun belongs to, whatever its number; the noun's stem when it is in none. */
export function facetOf(noun: string): string {
  const wanted = stem(noun.toLowerCase());
  return Object.keys(facets).find((name) => facets[name]?.some((member) => stem(member) === wanted)) ?? wanted;
}
