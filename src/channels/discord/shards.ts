/** Which gateway connections this process keeps: all that Discord recommends, or some of a fixed number. */
export type Shards = 'auto' | { readonly ids: readonly number[]; readonly count: number };

/** Reads `auto`, a number such as `4` (all of them), or a range such as `0-3/16`; null for anything else. */
export function readShards(text: string): Shards | null {
  if (text === 'auto') return 'auto';
  const [, only, first = '', last = first, of = ''] =
    /^(?:(\d{1,4})|(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4}))$/u.exec(text) ?? [];
  const count = Number(only ?? of);
  const [start, end] = only === undefined ? [Number(first), Number(last)] : [0, count - 1];
  if (!(count >= 1) || start > end || end >= count) return null;
  return { ids: Array.from({ length: end - start + 1 }, (_, at) => start + at), count };
}
