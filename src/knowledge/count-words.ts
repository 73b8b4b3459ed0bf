/**
 * How many words a text has for measuring its length. Scripts that put no space between words count one word for two
 * characters, and an endless run of letters one for twenty, so that nothing is short by accident.
 */
export function countWords(text: string): number {
  let count = 0;
  for (const [run] of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’.,-][\p{L}\p{M}\p{N}]+)*/gu)) {
    count += spaceless.test(run) ? Math.ceil(run.length / 2) : Math.ceil(run.length / 20);
  }
  return count;
}

const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
