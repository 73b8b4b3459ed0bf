/** Sets the spelling of single words right, towards the words that the lists speak of. */
export interface Spelling {
  /** One word as the lists would write it; several when it stands for several. */
  readonly correct: (token: string) => readonly string[];
  /** Letters without spaces as words with spaces, when they are made of known words; else as they are. */
  readonly split: (letters: string) => string;
}

export interface SpellingParts {
  /** Words of the lists. */
  readonly known: ReadonlySet<string>;
  /** Words of the lists that a slip of the finger may be near to. */
  readonly corrected: Iterable<string>;
  /** Words that are near a word of the lists and mean something else. */
  readonly notTypos: ReadonlySet<string>;
  /** Other ways to write words: `wanna` → want to. */
  readonly respellings: ReadonlyMap<string, readonly string[]>;
}

const letterFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
};

const shortestCorrected = 6;
const longestSplit = 40;

/** A slip is one letter missing, added, changed or swapped with its neighbour (Damerau's four). */
export function createSpelling({ known, corrected, notTypos, respellings }: SpellingParts): Spelling {
  // Words by first letter and length: a slip changes the first hardly ever and the second by one at most.
  const shelves = new Map<string, string[]>();
  for (const word of corrected) {
    if (word.length < shortestCorrected) continue;
    const shelf = `${word[0]}${word.length}`;
    const words = shelves.get(shelf);
    if (words) words.push(word);
    else shelves.set(shelf, [word]);
  }
  const isKnown = (word: string) => known.has(word) || respellings.has(word);

  function nearest(token: string): string | undefined {
    if (token.length < shortestCorrected - 1 || notTypos.has(token) || /[^a-z]/u.test(token)) return undefined;
    // A letter changed or swapped first, then one missing, then one too many.
    for (const length of [token.length, token.length + 1, token.length - 1]) {
      const near = shelves.get(`${token[0]}${length}`)?.find((word) => isOneSlip(token, word));
      if (near !== undefined) return near;
    }
    return undefined;
  }

  function resolve(token: string): string {
    if (isKnown(token) || notTypos.has(token)) return token;
    const forms = [token, ...withLetters(token)].flatMap((form) => [form, ...squeezed(form)]);
    const exact = forms.find(isKnown);
    if (exact !== undefined) return exact;
    const masked = /^\p{L}+\*+\p{L}*$/u.test(token) ? unmasked(token, known) : undefined;
    if (masked !== undefined) return masked;
    // Double letters are right as a rule, so a slip is looked for with them in place.
    for (const form of [token, ...withLetters(token)].flatMap((form) => [form, form.replace(/(.)\1{2,}/gu, '$1')])) {
      const near = nearest(form);
      if (near !== undefined) return near;
    }
    return token;
  }

  return {
    correct: (token) => {
      const measured = /^(\d{1,4})(\p{L}{1,8})$/u.exec(token);
      if (measured?.[1] && measured[2] && isUnit.test(measured[2]))
        return [measured[1], ...(respellings.get(measured[2]) ?? [measured[2]])];
      const word = resolve(token);
      return respellings.get(word) ?? [word];
    },
    split: (letters) => {
      if (letters.length > longestSplit || isKnown(letters)) return letters;
      return segmented(letters, isKnown)?.join(' ') ?? letters;
    },
  };
}

const isUnit =
  /^(?:mg|mcg|ml|g|kg|cm|mm|iu|y|yo|yr|yrs|years?|months?|weeks?|wks?|wk|days?|hrs?|hours?|mins?|minutes?|secs?|x|th|st|nd|rd|am|pm|c|f|k)$/u;

/** Digits and signs read as the letters they look like, when the word has letters of its own. */
function withLetters(token: string): readonly string[] {
  if (!/[\d@$!|]/u.test(token) || !/\p{L}/u.test(token)) return [];
  const usual = [...token].map((sign) => letterFor[sign] ?? sign).join('');
  const withL = [...token].map((sign) => (sign === '1' ? 'l' : (letterFor[sign] ?? sign))).join('');
  return usual === withL ? [usual] : [usual, withL];
}

/** Repeated letters as two and as one. */
function squeezed(token: string): readonly string[] {
  if (!/(.)\1/u.test(token)) return [];
  const longRuns = token.replace(/(.)\1{2,}/gu, '$1$1');
  return [longRuns, token.replace(/(.)\1{2,}/gu, '$1'), token.replace(/(.)\1+/gu, '$1')];
}

/** The only known word that fits a word with stars in place of letters. */
function unmasked(token: string, known: ReadonlySet<string>): string | undefined {
  const shape = new RegExp(`^${token.replace(/\*/gu, '\\p{L}')}$`, 'u');
  for (const word of known) if (word.length === token.length && shape.test(word)) return word;
  return undefined;
}

function isOneSlip(left: string, right: string): boolean {
  // The first letter is seldom wrong, and a wrong one makes another word.
  if (left[0] !== right[0] || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [leftRest, rightRest] = [left.slice(start), right.slice(start)];
  if (leftRest === rightRest || leftRest.slice(1) === rightRest || leftRest === rightRest.slice(1)) return true;
  if (leftRest.slice(1) === rightRest.slice(1)) return true;
  return leftRest[0] === rightRest[1] && leftRest[1] === rightRest[0] && leftRest.slice(2) === rightRest.slice(2);
}

/** The letters as few known words, longest first. */
function segmented(letters: string, isKnown: (word: string) => boolean): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = 0; start < end; start += 1) {
      const before = best[start];
      const word = letters.slice(start, end);
      if (before === undefined || !(word.length > 1 ? isKnown(word) : word === 'i' || word === 'a')) continue;
      const found = best[end];
      if (found === undefined || before.length + 1 < found.length) best[end] = [...before, word];
    }
  }
  return best[letters.length];
}
