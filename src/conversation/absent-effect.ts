import { describingWords } from '../language/describing-words.ts';
import { words } from '../language/tokens.ts';
import type { QueryTerm } from '../retrieval/hybrid-search.ts';
import { isUnspoken } from './absent-things.ts';

const changing =
  'improv|increas|reduc|decreas|diminish|boost|strengthen|weaken|lower|rais|enhanc|affect|influenc|prevent|reliev|correct|straighten|stimulat|heighten|sharpen|speed up|slow down|build up';
/** "Does it improve my posture": what follows is what changes. */
const changes = new RegExp(`(?<![\\p{L}\\p{N}])(?:${changing})(?:e|es|s|ed|d|ing)?(?![\\p{L}\\p{N}]) (.+)$`, 'iu');
/** "The benefits of a good posture", "effects of massage on posture": the last thing named is what the benefits are of, or for. */
const benefits =
  /(?<![\p{L}\p{N}])(?:benefits?|advantages?|effects?|impact|influence|upsides?|importance) (?:of|on|for) (?:(?:.+) (?:on|for) )?(.+)$/iu;
/** Where the name of a thing ends. */
const ending =
  /[,.;:!?()]|(?<![\p{L}\p{N}])(?:and|or|but|when|while|if|because|so|that|which|who|by|with|without|for|in|on|at|from|of|during|after|before|than|as|to|is|are|was|does|do|can|will|much|too|really|at all)(?![\p{L}\p{N}])/iu;

/** What a question says to be changed or to have benefits, when the article never speaks of it; null when it does. */
export function absentEffect(question: string, terms: readonly QueryTerm[]): string | null {
  for (const pattern of [changes, benefits]) {
    const thing = question.match(pattern)?.[1]?.split(ending)[0];
    if (thing === undefined) continue;
    const typed = words(thing);
    const named = terms.filter(({ word }) => typed.includes(word) && !describingWords.has(word));
    if (named.length === 0 || !named.every(isUnspoken)) continue;
    return named.map(({ word }) => word).join(' ');
  }
  return null;
}
