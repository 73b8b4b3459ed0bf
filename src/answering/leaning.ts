import { words } from '../language/tokens.ts';

// A sentence that opens with one of these speaks of something named before it.
const opening =
  /^["“'(]*(?:this|these|those|that|it|its|they|their|them|he|she|his|her|such|both|each|either|neither|others?|another|here|there|also|moreover|furthermore|however|therefore|thus|hence|consequently|similarly|likewise|instead|otherwise|then|finally|additionally|besides|nevertheless|meanwhile|and|but|or|so|as a result|in addition|in contrast|by contrast|on the other hand|for example|for instance|for this reason|in this way|in turn|the (?:former|latter|same|result|technique|practice|method))\b/iu;

// "It is important to…" and "There are…" point at nothing before them.
const impersonal =
  /^["“'(]*(?:it (?:is|was|can be|may be) (?:\p{L}+ )?(?:important|essential|crucial|vital|possible|common|best|useful|helpful|worth|said|known|believed|likely|necessary|easy|hard)|there (?:is|are|was|were|can|may))\b/iu;

const shortestStandingAlone = 5;

/** Whether a sentence needs the one before it to be understood: a pointing word, or a fragment of a few words. */
export function leansOnPrevious(sentence: string): boolean {
  if (impersonal.test(sentence)) return false;
  return opening.test(sentence) || isFragment(sentence);
}

/** Whether so few words that they only add to the sentence before ("Thoracic, lumbar and sacral."). */
export function isFragment(sentence: string): boolean {
  return words(sentence).length < shortestStandingAlone;
}
