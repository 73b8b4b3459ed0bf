/** A message's text without mentions, channels, time stamps and emoji of Discord's own, which are no words to look up. */
export function withoutTokens(content: string): string {
  return content
    .replace(/<(?:@[!&]?|#|a?:\w{1,32}:|t:|id:|\/[^:>]{1,100}:)[^<>\s]{0,40}>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
