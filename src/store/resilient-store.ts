import type { Log } from '../log.ts';
import { bringBack } from './bring-back.ts';
import { insertConversation, rowsOfKey, rowsOfToken } from './conversation-rows.ts';
import type { DatabaseStore } from './database-store.ts';
import { createLiveConversations } from './live-conversations.ts';
import { digest } from './secrets.ts';
import type { Conversations, SharedGenerations, Store } from './store.ts';
import { createStoreSwitch, type StoreSwitch } from './store-switch.ts';

export interface ResilientStoreParts {
  readonly kind: 'sqlite' | 'postgres';
  /** Opens the database, at the first use and after an outage. Throws when it cannot be used. */
  readonly open: (onFault: (thrown: unknown) => void) => Promise<DatabaseStore>;
  readonly openMemory: () => Promise<DatabaseStore>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Milliseconds between attempts to use the database again. */
  readonly retryMs?: number;
}

/** Settings remembered at once; the longest unused go first. */
const mostSettings = 1_000;

/**
 * A store that opens its database when it is first used, and goes on in memory while that cannot be used: with the
 * conversations that this process saw lately, with limits and claims of its own, and with the settings as they were.
 * Erasing, feedback and settings are not promised from memory: they throw a `store-unavailable` NapeError.
 */
export function createResilientStore(parts: ResilientStoreParts): Store {
  const { kind, now } = parts;
  const live = createLiveConversations(now);
  const erasedListeners = new Set<(id: string) => void>();
  const currentListeners = new Set<(name: string) => void>();
  /** Conversations that began in memory, by the memory that they are in. */
  const born = new WeakMap<DatabaseStore, Set<string>>();
  /** As they were read or set last. */
  const settings = new Map<string, unknown>();
  /** What could not be erased in the database yet. */
  let overdue: ((opened: DatabaseStore) => Promise<unknown>)[] = [];

  const bornIn = (memory: DatabaseStore) => {
    const ids = born.get(memory) ?? new Set();
    born.set(memory, ids);
    return ids;
  };

  const at: StoreSwitch = createStoreSwitch({
    ...parts,
    onOpened(opened) {
      opened.store.conversations.onErased((id) => {
        live.forget(id);
        for (const listener of erasedListeners) listener(id);
      });
      const { generations: shared } = opened.store;
      if (!shared) return;
      const tell = (name: string | null) => {
        if (name !== null) for (const listener of currentListeners) listener(name);
      };
      shared.onCurrent(tell);
      // One may have come while there was no database to hear of it from.
      if (currentListeners.size > 0) void shared.current().then(tell, () => {});
    },
    async bringBack(memory, opened) {
      await bringBack(memory, opened, (id) => bornIn(memory).has(id));
      for (const erase of overdue) await erase(opened);
      overdue = [];
    },
  });

  /** Puts a conversation that this process knows into memory, to go on there. */
  async function adopt(memory: DatabaseStore, known: ReturnType<typeof live.find>): Promise<void> {
    if (known) await insertConversation(memory.database.db, known);
  }

  /** Erases in memory at once and in the database now, or as soon as it can be used: then it throws. */
  async function erase<T>(
    work: (conversations: Conversations) => Promise<T>,
    both: (one: T, other: T) => T,
  ): Promise<T> {
    const memory = await at.memory();
    const there = memory && (await work(memory.store.conversations));
    const later = ({ store }: DatabaseStore) => work(store.conversations);
    try {
      const here = await at.strictly(later);
      return there === undefined ? here : both(here, there);
    } catch (thrown) {
      overdue.push(later);
      throw thrown;
    }
  }

  const conversations: Conversations = {
    create: (of) =>
      at.run(async (opened, isMemory) => {
        const made = await opened.store.conversations.create(of);
        if (isMemory) bornIn(opened).add(made.id);
        const { channel, locale = null } = of;
        live.keep(rowsOfToken({ id: made.id, channel, locale, crisisOpen: false, turns: [] }, made.token));
        return made;
      }),
    open: (id, token) =>
      at.run(async (opened, isMemory) => {
        if (isMemory) await adopt(opened, live.find(id));
        const found = await opened.store.conversations.open(id, token);
        if (found) live.keep(rowsOfToken(found, token));
        return found;
      }),
    findOrCreate: (of) =>
      at.run(async (opened, isMemory) => {
        const known = isMemory ? live.findKey(digest('key', of.channel, of.key)) : undefined;
        await adopt(opened, known);
        const found = await opened.store.conversations.findOrCreate(of);
        if (isMemory && found.id !== known?.row.id) bornIn(opened).add(found.id);
        live.keep(rowsOfKey(found, of));
        return found;
      }),
    append: (id, turn) =>
      at.run(async (opened, isMemory) => {
        if (isMemory) await adopt(opened, live.find(id));
        const isAdded = await opened.store.conversations.append(id, turn);
        if (isAdded) live.add(id, turn);
        return isAdded;
      }),
    findTurn: (turnId) => at.run(({ store }) => store.conversations.findTurn(turnId)),
    owns: (id, token) =>
      at.run(async (opened, isMemory) => {
        if (isMemory) await adopt(opened, live.find(id));
        return opened.store.conversations.owns(id, token);
      }),
    async erase(id) {
      live.forget(id);
      const memory = await at.memory();
      // It never was in the database.
      if (memory && bornIn(memory).has(id)) return memory.store.conversations.erase(id);
      return erase(
        (of) => of.erase(id),
        (one, other) => one || other,
      );
    },
    async eraseOwner(channel, owner) {
      const ownerHash = digest('owner', channel, owner);
      live.forgetOwner(ownerHash);
      return erase(
        (of) => of.eraseOwner(channel, owner),
        (one, other) => [...new Set([...one, ...other])],
      );
    },
    async eraseAll() {
      live.forgetAll();
      return erase((of) => of.eraseAll(), Math.max);
    },
    onErased(listener) {
      erasedListeners.add(listener);
      return () => void erasedListeners.delete(listener);
    },
  };

  const generations: SharedGenerations = {
    search: () => at.strictly(({ store }) => shared(store).search()),
    current: () => at.strictly(({ store }) => shared(store).current()),
    read: (name) => at.strictly(({ store }) => shared(store).read(name)),
    publish: (name, files, vectors) => at.strictly(({ store }) => shared(store).publish(name, files, vectors)),
    nearest: (name, vector, count) =>
      at.run(async ({ store }) => (await store.generations?.nearest(name, vector, count)) ?? null),
    onCurrent(listener) {
      currentListeners.add(listener);
      return () => void currentListeners.delete(listener);
    },
  };

  let recording: Promise<unknown> = Promise.resolve();
  const remember = (key: string, value: unknown) => {
    settings.delete(key);
    settings.set(key, value);
    if (settings.size > mostSettings) settings.delete([...settings.keys()][0] ?? '');
  };
  const settingKey = (scope: string, key: string) => JSON.stringify([scope, key]);

  return {
    conversations,
    questions: {
      record(row) {
        recording = recording.then(() => at.run(async ({ store }) => store.questions.record(row))).catch(() => {});
      },
      async flush() {
        await recording;
        await at.run(({ store }) => store.questions.flush());
      },
      async kept(wanted) {
        await recording;
        return at.run(({ store }) => store.questions.kept(wanted));
      },
      async count(since) {
        await recording;
        return at.run(({ store }) => store.questions.count(since));
      },
    },
    feedback: {
      async save(feedback) {
        await recording;
        return at.strictly(({ store }) => store.feedback.save(feedback));
      },
      count: () => at.run(({ store }) => store.feedback.count()),
    },
    settings: {
      get: (scope, key) =>
        at.run(async ({ store }, isMemory) => {
          if (isMemory) return settings.get(settingKey(scope, key));
          const value = await store.settings.get(scope, key);
          remember(settingKey(scope, key), value);
          return value;
        }),
      async set(scope, key, value) {
        await at.strictly(({ store }) => store.settings.set(scope, key, value));
        remember(settingKey(scope, key), value);
      },
      async clear(scope) {
        await at.strictly(({ store }) => store.settings.clear(scope));
        settings.clear();
      },
    },
    claims: {
      claim: (key, body) => at.run(({ store }) => store.claims.claim(key, body)),
      finish: (key, result, id) => at.run(({ store }) => store.claims.finish(key, result, id)),
      release: (key) => at.run(({ store }) => store.claims.release(key)),
      first: (key, forMs) => at.run(({ store }) => store.claims.first(key, forMs)),
    },
    limits: {
      consume: (limit, key) => at.run(({ store }) => store.limits.consume(limit, key)),
      takeTokens: (tokens, budget) => at.run(({ store }) => store.limits.takeTokens(tokens, budget)),
      usedTokens: () => at.run(({ store }) => store.limits.usedTokens()),
    },
    generations: kind === 'postgres' ? generations : null,
    async health() {
      const health = await at.run(async ({ store }, isMemory) => (isMemory ? null : store.health()));
      return health ?? { kind, state: 'memory', detail: at.outage() ?? 'it has just been lost' };
    },
    purge: () => at.run(({ store }) => store.purge()),
    async close() {
      await recording;
      await at.close();
    },
  };
}

function shared({ generations }: Store): SharedGenerations {
  if (!generations) throw new Error('SQLite shares no generations.');
  return generations;
}
