import { boundary } from './pattern.ts';
import type { Spelling } from './spelling.ts';

/** Invisible characters, which can part a word for a machine and not for a reader. */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;

/** Letters of other scripts that look like Latin ones, and letters that Unicode does not take apart. */
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
  α: 'a',
  ο: 'o',
  ε: 'e',
  ι: 'i',
  ν: 'v',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  κ: 'k',
  ß: 'ss',
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  ı: 'i',
};

/**
 * The words of a text in lower case without accents, sentence ends as boundary marks. Clitics are taken apart
 * ("can't" → can not, "j'ai" → j ai); nothing else is changed.
 */
export function plainTokens(text: string): readonly string[] {
  return tokensOf(opened(text));
}

/** The same with spaced letters joined, and letters, numbers and spellings set right. */
export function normalisedTokens(text: string, spelling: Spelling): readonly string[] {
  const joined = opened(text).replace(spacedLetters, (letters) =>
    spelling.split(letters.replace(/[^\p{L}\p{N}]/gu, '')),
  );
  return tokensOf(joined).flatMap((token) => (token === boundary ? [token] : spelling.correct(token)));
}

/** Three letters or more, each alone: "s u i c i d e", "c.u.r.e". */
const spacedLetters = /(?<![\p{L}\p{N}'])(?:[\p{L}\p{N}](?:[.\-_*·/]| ){1,2}){2,}[\p{L}\p{N}](?![\p{L}\p{N}'])/gu;

function opened(text: string): string {
  return text
    .normalize('NFKD')
    .replace(invisible, '')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => lookalikes[letter] ?? letter)
    .replace(/[’‘ʼ`´]/gu, "'");
}

const pronouns = 'he|she|it|that|what|who|there|where|how|here|let|everything|something|nothing|everyone|everybody';

function tokensOf(text: string): readonly string[] {
  return (
    text
      .replace(/\bcan't\b/gu, 'can not')
      .replace(/\bwon't\b/gu, 'will not')
      .replace(/n't\b/gu, ' not')
      .replace(new RegExp(`\\b(${pronouns})'s\\b`, 'gu'), '$1 is')
      .replace(/'m\b/gu, ' am')
      .replace(/'re\b/gu, ' are')
      .replace(/'ve\b/gu, ' have')
      .replace(/'ll\b/gu, ' will')
      .replace(/'d\b/gu, ' would')
      .replace(/'s\b/gu, '')
      // A sentence ends at its mark before a space; "39.5" and "c.u.r.e" go on.
      .replace(/[.!?…]+(?=[\s"')\]]|$)|[;\n\r]+/gu, ` ${boundary} `)
      .match(/[\p{L}\p{N}](?:[\p{L}\p{N}@$*!|]*[\p{L}\p{N}])?|[$@][\p{L}\p{N}]+|\./gu)
      // A dot inside a word parts it like any other mark.
      ?.filter((token, at, all) => token !== boundary || all[at - 1] !== boundary) ?? []
  );
}
