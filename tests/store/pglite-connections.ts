import type { PGlite } from '@electric-sql/pglite';
import type { PostgresClient, PostgresConnections, PostgresResult } from '../../src/store/postgres-connections.ts';

/**
 * PostgreSQL in this process behind the connections of the store. It has one session, so whoever has a connection has
 * it alone; several stores over the same `turns` take turns too.
 */
export function pgliteConnections(pglite: PGlite, turns: Turns): PostgresConnections {
  async function query(text: string, values: readonly unknown[] = []): Promise<PostgresResult> {
    const { rows, affectedRows = 0 } = await pglite.query(text, [...values]);
    return { command: (/^\s*\w+/.exec(text)?.[0] ?? '').trim().toUpperCase(), rowCount: affectedRows, rows };
  }
  return {
    place: 'pglite',
    async connect(): Promise<PostgresClient> {
      const release = await turns.take();
      return { query, release };
    },
    async query({ text, values }) {
      const release = await turns.take();
      try {
        return await query(text, values);
      } finally {
        release();
      }
    },
    listen(channel, wake) {
      const listening = turns.take().then(async (release) => {
        try {
          return await pglite.listen(channel, wake);
        } finally {
          release();
        }
      });
      void listening.then(() => wake());
      return () => void listening.then((stop) => stop());
    },
    close: async () => {},
  };
}

export interface Turns {
  /** Resolves when nobody else is at work to a function that lets the next one work. */
  take(): Promise<() => void>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const before = last;
      let release = () => {};
      last = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      return release;
    },
  };
}
