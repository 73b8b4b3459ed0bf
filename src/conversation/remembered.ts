import type { FaqEntry } from '../domain.ts';

/** One value for each list of entries; a promise that fails is made anew the next time. */
export function remembered<Value>(make: (all: readonly FaqEntry[]) => Value): (all: readonly FaqEntry[]) => Value {
  const known = new WeakMap<readonly FaqEntry[], Value>();
  return (all) => {
    const before = known.get(all);
    if (before !== undefined) return before;
    const value = make(all);
    known.set(all, value);
    if (value instanceof Promise) value.catch(() => known.delete(all));
    return value;
  };
}
