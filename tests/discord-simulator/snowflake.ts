/** Milliseconds of 2015-01-01, the first moment of a snowflake (Reference > Snowflakes). */
const epochMs = 1_420_070_400_000;

/** The first identifier of a moment. */
export function snowflakeOf(ms: number): string {
  return String(BigInt(ms - epochMs) << 22n);
}

/** Makes Discord's identifiers: time in the upper 42 bits, strictly increasing. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(snowflakeOf(now()));
    last = next > last ? next : last + 1n;
    return String(last);
  };
}

/** Which shard hears of a guild (Gateway > Sharding). */
export function shardOf(guildId: string | null, shards: number): number {
  return guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
