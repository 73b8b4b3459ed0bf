const keyboardRows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
];

/** Whether a text holds nothing that could be words: no letters, or letters as a hand on the keys leaves them. */
export function isUnintelligible(text: string): boolean {
  const words =
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.length === 0 || words.every(isNoise);
}

function isNoise(word: string): boolean {
  if (!/^[a-z]+$/u.test(word)) return false;
  if (/^(.{1,2})\1{2,}$/u.test(word)) return true;
  if (word.length >= 4 && keyboardRows.some((row) => isRunOf(row, word))) return true;
  // Longer than an abbreviation and without a vowel, or more consonants in a row than any word has.
  return (
    (word.length >= 3 && !/[aeiouy]/u.test(word) && !abbreviations.has(word)) ||
    /[bcdfghjklmnpqrstvwxz]{6,}/u.test(word)
  );
}

const abbreviations = new Set([
  'pls',
  'plz',
  'thx',
  'tks',
  'tnx',
  'hmm',
  'brb',
  'mrs',
  'tldr',
  'tmj',
  'mri',
  'ptsd',
  'nsfw',
  'hrt',
  'pms',
  'kms',
]);

function isRunOf(row: string, word: string): boolean {
  return row.includes(word) || [...row].reverse().join('').includes(word);
}
