import { watch } from 'node:fs/promises';

/** Quiet time after a change before it is told: editors write a file in several steps. */
const settleMs = 300;

/** Calls `onChange` once after each burst of changes in a folder, until `signal` aborts. Throws when it cannot be watched. */
export async function watchFolder(directory: string, onChange: () => void, signal: AbortSignal): Promise<void> {
  let settle: NodeJS.Timeout | undefined;
  try {
    for await (const _ of watch(directory, { signal })) {
      clearTimeout(settle);
      settle = setTimeout(onChange, settleMs);
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    clearTimeout(settle);
  }
}
