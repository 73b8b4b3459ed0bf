import type { World } from '../world/world.ts';

export type Until = <T>(look: () => T | null | undefined | false, what: string, timeoutMs?: number) => Promise<T>;

/** Waits until something is to be seen; fails with the words of what was waited for. */
export function createUntil(world: World): Until {
  return (look, what, timeoutMs = 10_000) =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        stop();
        clearInterval(ticking);
        clearTimeout(patience);
        settle();
      };
      const check = () => {
        try {
          const found = look();
          if (found !== null && found !== undefined && found !== false) end(() => resolve(found));
        } catch (error) {
          end(() => reject(error));
        }
      };
      const stop = world.onChange(check);
      // Time passes without anybody telling.
      const ticking = setInterval(check, 50);
      const patience = setTimeout(() => end(() => reject(new Error(`waited ${timeoutMs} ms for ${what}`))), timeoutMs);
      check();
    });
}

/** Waits until nothing has changed for a while. */
export function quiet(world: World, quietMs: number): Promise<void> {
  return new Promise((resolve) => {
    let timer = setTimeout(done, quietMs);
    const stop = world.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quietMs);
    });
    function done(): void {
      stop();
      resolve();
    }
  });
}
