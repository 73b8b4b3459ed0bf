import type { Reason } from '../../domain.ts';
import { createFindPatterns, type FindPatterns } from './find-patterns.ts';
import { isUnintelligible } from './intelligible.ts';
import { type Lexicon, type ListKind, listKinds, reasonOf } from './lexicon.ts';
import { normalisedTokens, plainTokens } from './normalise.ts';
import { boundary } from './pattern.ts';
import { remainderOf } from './remainder.ts';

/** What is no redirect and still no question for the article. */
export interface Aside {
  readonly reason: Reason;
  /** What is left of the question without the probing, when that is a question of its own. */
  readonly remainder?: string;
}

/** What is asked about turns that are read together. */
export interface JoinedVerdicts {
  /** As what earlier turns were redirected by themselves; null when they were not. */
  readonly redirectedAs: (text: string) => ListKind | null;
  /** Whether a find in turns read as one counts. */
  readonly holds: (text: string, found: ListKind) => boolean;
}

/** What the word lists say, of a message by itself and of the last turns as one. */
export interface ListTriage {
  /** The highest redirect that a list finds in a message. */
  readonly alone: (text: string) => ListKind | null;
  /** The same for the last turns read as one, where the message has a share in it. */
  readonly joined: (text: string, earlier: readonly string[], verdicts: JoinedVerdicts) => ListKind | null;
  /** Probing, noise, plainly off the topic, greetings and thanks. */
  readonly aside: (text: string) => Aside | null;
  /** What must not be said, in words that Nape is about to say. */
  readonly output: (text: string) => ListKind | null;
}

/** How many of the visitor's turns are read together. */
const joinedTurns = 2;
/** Characters of earlier turns that are read together with the question. */
const joinedCharacters = 600;

/** The redirects, in the order of their rank: all that comes before probing. */
const kindsAlone = listKinds.slice(0, listKinds.indexOf('probing'));
/** What is said in two messages is looked for where missing it would matter. */
const kindsJoined: readonly ListKind[] = [
  'crisis',
  'emergency',
  'after-visit',
  'complaint',
  'symptom',
  'suitability',
  'efficacy',
];
/** Classes for which a break between sentences is no border. */
const kindsAcross: readonly ListKind[] = ['crisis', 'emergency'];
const noKinds: readonly ListKind[] = [];
const kindsOfOutput: readonly ListKind[] = [
  'crisis',
  'emergency',

  'instructions',
  'efficacy',
  'sexual',
  'net',
];
/** Classes that a denial ("no illness") does not lower. */
const neverDenied: readonly ListKind[] = ['crisis', 'emergency', 'after-visit', 'complaint'];

/** Word patterns over the plain and the normalised text. */
export function createListTriage(lexicon: Lexicon): ListTriage {
  const finderOf = (kinds: readonly ListKind[]): FindPatterns<ListKind> =>
    createFindPatterns(kinds.map((kind) => ({ kind, patterns: lexicon.patterns.get(kind) ?? [] })));
  const finders = new Map<readonly ListKind[], FindPatterns<ListKind>>();
  const finder = (kinds: readonly ListKind[]): FindPatterns<ListKind> => {
    const known = finders.get(kinds) ?? finderOf(kinds);
    finders.set(kinds, known);
    return known;
  };
  const soft = new Map<readonly ListKind[], readonly [readonly ListKind[], readonly ListKind[]]>(
    [kindsAlone, kindsJoined, kindsAcross, kindsOfOutput].map((kinds) => [
      kinds,
      [kinds.filter((kind) => neverDenied.includes(kind)), kinds.filter((kind) => !neverDenied.includes(kind))],
    ]),
  );
  const figurative = finderOf(['figurative']);
  const negated = finderOf(['negated']);
  const followUp = finderOf(['follow-up']);
  const probing = finderOf(['probing']);
  const others = finderOf(['off-topic', 'greeting', 'thanks']);

  const variants = (text: string): readonly (readonly string[])[] => {
    const plain = plainTokens(text);
    const normalised = normalisedTokens(text, lexicon.spelling);
    return plain.join(' ') === normalised.join(' ') ? [plain] : [normalised, plain];
  };

  /** The highest class among the kinds in any reading of the tokens. */
  function highest(readings: readonly (readonly string[])[], kinds: readonly ListKind[], after = 0): ListKind | null {
    const [hard = [], denied = []] = soft.get(kinds) ?? [];
    const cleared = readings.map((tokens) => blanked(tokens, figurative));
    for (const tokens of cleared) {
      const found = finder(hard).first(tokens, after);
      if (found) return found.kind;
    }
    if (after === 0) {
      for (const tokens of cleared) {
        const whole = tokens.filter((token) => token !== boundary);
        const found = finder(kindsAcross).first(whole);
        if (found) return found.kind;
      }
    }
    for (const tokens of cleared) {
      const found = finder(denied).first(blanked(tokens, negated), after);
      if (found) return found.kind;
    }
    return null;
  }

  /** The class of the last turns read as one, where the question has a share in it. */
  function joined(text: string, earlier: readonly string[], verdicts: JoinedVerdicts): ListKind | null {
    const own = normalisedTokens(text, lexicon.spelling);
    for (let turns = 1; turns <= Math.min(joinedTurns, earlier.length); turns += 1) {
      const before = earlier.slice(-turns).join(' ').slice(-joinedCharacters);
      const head = normalisedTokens(before, lexicon.spelling).filter((token) => token !== boundary);
      const told = verdicts.redirectedAs(before);
      // What was redirected by itself has had its reply, unless both together are far graver; asking on about it has not.
      const kinds = told === null ? kindsJoined : kindsAcross.includes(told) ? noKinds : kindsAcross;
      const found = highest([[...head, ...own]], kinds, head.length);
      if (found && verdicts.holds(`${before} ${text}`, found)) return found;
      if (told !== null) return followUp.first(own) === null ? null : 'follow-up';
    }
    return null;
  }

  function aside(text: string): Aside | null {
    const readings = variants(text);
    if (readings.some((tokens) => probing.first(tokens))) {
      const isProbing = (part: string) => variants(part).some((tokens) => probing.first(tokens) !== null);
      const remainder = remainderOf(text, isProbing);
      return remainder === '' ? { reason: 'probing' } : { reason: 'probing', remainder };
    }
    if (isUnintelligible(text)) return { reason: 'unintelligible' };
    for (const tokens of readings) {
      const found = others.first(tokens);
      const reason = found && reasonOf(found.kind);
      if (found && reason && (found.kind === 'off-topic' || coversAll(tokens, others))) return { reason };
    }
    return null;
  }

  return {
    alone: (text) => highest(variants(text), kindsAlone),
    joined,
    aside,
    output: (text) => highest(variants(text), kindsOfOutput),
  };
}

/** The tokens with a blank in place of each word that a finder's matches cover. */
function blanked(tokens: readonly string[], finder: FindPatterns<ListKind>): readonly string[] {
  const found = finder.all(tokens);
  if (found.length === 0) return tokens;
  return tokens.map((token, at) =>
    token !== boundary && found.some(({ start, end }) => at >= start && at < end) ? '~' : token,
  );
}

/** Whether greetings and thanks are all there is. */
function coversAll(tokens: readonly string[], finder: FindPatterns<ListKind>): boolean {
  return blanked(tokens, finder).every((token) => token === '~' || token === boundary);
}
