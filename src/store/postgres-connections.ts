import pg from 'pg';

/** A query as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
}

export interface PostgresResult {
  readonly command: string;
  readonly rowCount: number;
  readonly rows: unknown[];
}

export interface PostgresClient {
  query(sql: string, values: readonly unknown[]): Promise<PostgresResult>;
  release(discard?: boolean): void;
}

/** How the store reaches a PostgreSQL database: a pool of connections, and one that listens. */
export interface PostgresConnections {
  /** Host and database, never with a password. */
  readonly place: string;
  connect(): Promise<PostgresClient>;
  query(query: PostgresQuery): Promise<PostgresResult>;
  /** Calls back at each notification of the channel, and when a lost connection came back. Returns the way to stop. */
  listen(channel: string, wake: () => void): () => void;
  close(): Promise<void>;
}

/** A lost server shows within so long; answers wait for it once, then go on in memory. */
const connectMs = 2_000;
const answerMs = 5_000;
const mostConnections = 10;
const firstRetryMs = 100;
const lastRetryMs = 1_000;

const int8 = 20;
/** Counts and times are numbers here, as SQLite gives them; none is near 2^53. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

/** Connects when something is asked; a query may take `queryMs`. Throws when the address cannot be read. */
export function createPostgresConnections(url: string, queryMs = answerMs): PostgresConnections {
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    application_name: 'nape',
    types,
  };
  const pool = new pg.Pool({
    ...settings,
    max: mostConnections,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    query_timeout: queryMs,
    statement_timeout: queryMs,
  });
  // A connection that is lost while nobody uses it; whoever needs one next hears of it.
  pool.on('error', () => {});
  const { hostname, port, pathname } = new URL(url);
  const stops = new Set<() => void>();

  return {
    place: `${hostname}${port && `:${port}`}${pathname}`,
    async connect() {
      const client = await pool.connect();
      return {
        query: async (sql, values) => resultOf(await client.query(sql, [...values])),
        release: (discard) => client.release(discard),
      };
    },
    query: async ({ text, values, name }) =>
      resultOf(await pool.query({ text, values: [...(values ?? [])], ...(name && { name }) })),
    listen(channel, wake) {
      const stop = keepListening(() => new pg.Client(settings), channel, wake);
      stops.add(stop);
      return () => {
        stop();
        stops.delete(stop);
      };
    },
    async close() {
      for (const stop of stops) stop();
      await pool.end();
    },
  };
}

function resultOf({ command, rowCount, rows }: pg.QueryResult): PostgresResult {
  return { command, rowCount: rowCount ?? 0, rows };
}

/** Connects again whenever the connection is lost, at most a second after the server is back. */
function keepListening(createClient: () => pg.Client, channel: string, wake: () => void): () => void {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  let isStopped = false;

  async function connect(): Promise<void> {
    const next = createClient();
    let isLost = false;
    const lost = () => {
      if (isLost || isStopped) return;
      isLost = true;
      void next.end().catch(() => {});
      timer = setTimeout(() => void connect(), retryMs).unref();
      retryMs = Math.min(2 * retryMs, lastRetryMs);
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', wake);
    client = next;
    try {
      await next.connect();
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
      retryMs = firstRetryMs;
      // Whatever was said meanwhile has been missed.
      wake();
    } catch {
      lost();
    }
  }

  void connect();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    void client?.end().catch(() => {});
  };
}
