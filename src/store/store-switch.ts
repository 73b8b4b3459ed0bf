import { NapeError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { DatabaseStore } from './database-store.ts';
import { adviceOn, isOutage } from './outage.ts';

export interface StoreSwitchParts {
  readonly kind: 'sqlite' | 'postgres';
  /** Opens the database. Throws when it cannot be used. */
  readonly open: (onFault: (thrown: unknown) => void) => Promise<DatabaseStore>;
  readonly openMemory: () => Promise<DatabaseStore>;
  /** Called with each newly opened database and memory. */
  readonly onOpened: (opened: DatabaseStore) => void;
  /** Brings what happened in memory into the database; called again for what came in between. */
  readonly bringBack: (memory: DatabaseStore, opened: DatabaseStore) => Promise<void>;
  readonly log: Log;
  /** Milliseconds between attempts to use the database again. */
  readonly retryMs?: number;
}

/** Sends work to the database, and to memory while the database cannot be used. */
export interface StoreSwitch {
  run<T>(work: (opened: DatabaseStore, isMemory: boolean) => Promise<T>): Promise<T>;
  /** For what memory cannot promise. Throws a `store-unavailable` NapeError while the database cannot be used. */
  strictly<T>(work: (opened: DatabaseStore) => Promise<T>): Promise<T>;
  /** Why the database cannot be used; null while it can. */
  outage(): string | null;
  /** What stands in now, if anything. */
  memory(): Promise<DatabaseStore> | undefined;
  close(): Promise<void>;
}

export function createStoreSwitch(parts: StoreSwitchParts): StoreSwitch {
  const { kind, log, retryMs = 2_000 } = parts;
  let opening: Promise<DatabaseStore> | undefined;
  let memory: Promise<DatabaseStore> | undefined;
  let outage: string | null = null;
  let retrying: NodeJS.Timeout | undefined;
  let attempt: Promise<void> = Promise.resolve();
  let isClosed = false;
  /** Work that is using memory now. */
  let inMemory = 0;

  function open(): Promise<DatabaseStore> {
    opening ??= parts.open(failed).then((opened) => {
      parts.onOpened(opened);
      return opened;
    });
    return opening;
  }

  function failed(thrown: unknown): void {
    if (outage !== null || isClosed || !isOutage(thrown)) return;
    outage = thrown instanceof Error ? thrown.message : String(thrown);
    const fields = { store: kind, reason: outage, advice: adviceOn(thrown) };
    log.error(fields, 'The store cannot be used; answers go on, and nothing is kept beyond this process until it can.');
    retrying = setInterval(retry, retryMs).unref();
  }

  let isRetrying = false;
  function retry(): void {
    if (isRetrying || isClosed) return;
    isRetrying = true;
    attempt = recover()
      .catch((thrown: unknown) => log.debug({ reason: String(thrown) }, 'The store still cannot be used.'))
      .finally(() => {
        isRetrying = false;
      });
  }

  async function recover(): Promise<void> {
    const opened = await reopened();
    // A read-only file opens, and a full disk shows only when something is written.
    await opened.store.settings.set('store', 'checked', true);
    const stoodIn = await memory;
    if (stoodIn) await parts.bringBack(stoodIn, opened);
    outage = null;
    clearInterval(retrying);
    log.info({ store: kind }, 'The store can be used again.');
    memory = undefined;
    if (!stoodIn) return;
    while (inMemory > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await parts.bringBack(stoodIn, opened);
    await stoodIn.store.close();
  }

  /** A file is opened anew, because its connection may hold on to one that is gone; a pool of connections mends itself. */
  async function reopened(): Promise<DatabaseStore> {
    const before = await opening?.catch(() => undefined);
    if (before && kind === 'postgres') return before;
    const waiting = before?.takeWaiting() ?? [];
    await before?.store.close().catch(() => undefined);
    opening = undefined;
    const opened = await open();
    for (const row of waiting) opened.store.questions.record(row);
    return opened;
  }

  async function runInMemory<T>(work: (opened: DatabaseStore, isMemory: boolean) => Promise<T>): Promise<T> {
    memory ??= parts.openMemory().then((opened) => {
      parts.onOpened(opened);
      return opened;
    });
    inMemory += 1;
    try {
      return await work(await memory, true);
    } finally {
      inMemory -= 1;
    }
  }

  return {
    async run(work) {
      if (outage === null) {
        try {
          return await twice(async () => work(await open(), false));
        } catch (thrown) {
          if (!isOutage(thrown)) throw thrown;
          failed(thrown);
        }
      }
      return runInMemory(work);
    },
    async strictly(work) {
      let cause: unknown = outage;
      if (outage === null) {
        try {
          return await twice(async () => work(await open()));
        } catch (thrown) {
          if (!isOutage(thrown)) throw thrown;
          failed(thrown);
          cause = thrown;
        }
      }
      throw new NapeError('store-unavailable', `The store cannot be used: ${outage}.`, { cause });
    },
    outage: () => outage,
    memory: () => memory,
    async close() {
      isClosed = true;
      clearInterval(retrying);
      await attempt;
      const opened = await opening?.catch(() => undefined);
      // Nobody waits for what could not be written, and the reason is in the log already.
      await opened?.store.close().catch((thrown: unknown) => {
        if (outage === null) log.warn({ reason: String(thrown) }, 'The last rows of the store were not written.');
      });
      await (await memory)?.store.close();
    },
  };
}

/** Does it once more when the database ended the transaction because it crossed another one (SQLSTATE class 40). */
async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && /^40[0-9A-Z]{3}$/.test(String(thrown.code)))) throw thrown;
    return work();
  }
}
