/** Milliseconds of 2015-01-01, the first moment of a snowflake (Reference > Snowflakes). */
const epochMs = 1_420_070_400_000;

/** Makes Discord's identifiers: time in the upper 42 bits, strictly increasing. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(now() - epochMs) << 22n;
    last = next > last ? next : last + 1n;
    return String(last);
  };
}

/** Which shard hears of a guild (Gateway > Sharding). */
export function shardOf(guildId: string | null, shards: number): number {
  return guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
