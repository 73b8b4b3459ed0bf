/** Discord's documented limits, in characters unless said otherwise. */
export const discordLimits = {
  content: 2_000,
  customId: 100,
  buttonLabel: 80,
  selectText: 100,
  selectOptions: 25,
  choices: 25,
  choiceText: 100,
  threadName: 100,
  nonce: 25,
} as const;

/** `text` in at most `limit` UTF-16 units, cut with an ellipsis and never inside a character. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit - 1;
  if (/[\uD800-\uDBFF]/u.test(text.charAt(end - 1))) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
