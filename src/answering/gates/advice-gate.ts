import type { Lexicons } from '../lexicons/load-lexicons.ts';
import type { AnalysedText, Token } from './analyse.ts';
import { type Claim, type Finding, type Gate, missingTerms, ownTexts } from './claim.ts';

const objects =
  /^(?:the|your|yourself|a|an|this|these|some|each|every|both|it|them|for|on|to|with|in|at|regular|more|[a-z]+ing|[a-z]+ly)$/;

const prepositions = /^(?:for|on|to|with|in|at)$/;
// Nouns as well: "Massage for the neck…", "Practice with a therapist…".
const nounsToo =
  /^(?:massage|exercise|rest|sleep|stretch|practice|place|work|use|focus|change|contact|call|drink|walk|talk|release|visit|stand|start|stop|wait|move|look|turn|try|press|pull|push|book|limit|note)$/;

/** Words that tell the reader what to do, where the window does not. */
export const adviceGate: Gate = {
  name: 'advice',
  kind: 'hard',
  check(claim) {
    return [...missingTerms(claim, claim.lexicons.advice, 'the passage does not advise'), ...newImperatives(claim)];
  },
};

function newImperatives(claim: Claim): readonly Finding[] {
  const stated = new Set(ownTexts(claim).flatMap((text) => imperatives(text, claim.lexicons).map(({ stem }) => stem)));
  return imperatives(claim.sentence, claim.lexicons)
    .filter(({ stem }) => !stated.has(stem))
    .map(({ written }) => ({ words: [written], why: 'the passage does not tell the reader to do this' }));
}

/** Base verbs that open a clause and have an object: "Try rolling…", "Hold the stretch…". */
function imperatives({ tokens }: AnalysedText, lexicons: Lexicons): readonly Token[] {
  return tokens.filter((token, index) => {
    const opens = index === 0 || (tokens[index - 1]?.clause !== token.clause && isShortLead(tokens, index));
    const next = tokens[index + 1];
    if (!opens || !next || !lexicons.imperatives.has(token) || token.written !== token.word || !isBase(token.written)) {
      return false;
    }
    return objects.test(next.written) && !(prepositions.test(next.written) && nounsToo.test(token.written));
  });
}

/** "For best results, hold…": a lead without a verb of its own is short. */
function isShortLead(tokens: readonly Token[], index: number): boolean {
  const [first] = tokens;
  return (
    index <= 5 &&
    /^(?:if|when|for|to|before|after|at|please|then|first|also|so|instead|once|with|in)$/.test(first?.written ?? '')
  );
}

function isBase(word: string): boolean {
  return !/(?:ing|ed|s)$/.test(word) || /(?:ss|press|focus|discuss|bring|sing|rest)$/.test(word);
}
