/** Why there is no use in connecting again. */
export interface GatewayEnd {
  /** For the owner: what is wrong and what to do about it. */
  readonly sentence: string;
}

/** Gateway close codes after which Discord does not take the same connection again ("Gateway Close Event Codes"). */
const sentences: Readonly<Record<number, string>> = {
  4004: 'Discord refuses DISCORD_TOKEN. Copy the token from the Developer Portal, page Bot, and start again.',
  4010: 'Discord refuses the shards of DISCORD_SHARDS. Set it to auto, or to a range within their number, such as 0-3/16.',
  4011: 'The bot is on too many servers for one connection. Set DISCORD_SHARDS=auto.',
  4012: 'Discord does not take this version of its interface any more. Install a newer Nape.',
  4013: 'Discord does not know the events that Nape asks for. Install a newer Nape.',
  4014: 'Discord does not allow the events that Nape asks for. Nape needs no privileged intent: ask Discord whether the bot is blocked.',
};

export function endOfCode(code: number): GatewayEnd {
  return { sentence: sentences[code] ?? `Discord has ended the connection for good (code ${code}).` };
}

/** What discord.js says while it connects, in its own words; null for what may pass by itself. */
const phrases: readonly (readonly [RegExp, number])[] = [
  [/Authentication failed|invalid token/iu, 4004],
  [/Invalid shard/iu, 4010],
  [/Sharding is required/iu, 4011],
  [/invalid API version/iu, 4012],
  [/Used invalid intents/iu, 4013],
  [/Used disallowed intents/iu, 4014],
];

/** Null when it is worth trying again. */
export function endOfFailure(thrown: unknown): GatewayEnd | null {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = phrases.find(([phrase]) => phrase.test(message))?.[1];
  return code === undefined ? null : endOfCode(code);
}
