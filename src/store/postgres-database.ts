import { Kysely, PostgresDialect, type PostgresPoolClient, sql } from 'kysely';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { migrate } from './migrations.ts';
import { createPostgresConnections, type PostgresConnections } from './postgres-connections.ts';
import type { Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

const channel = 'nape';
/** An index over a hundred thousand vectors takes minutes. */
const patientMs = 30 * 60_000;

/** Connects to the database and brings its tables up to date. Throws what PostgreSQL says. */
export async function openPostgresDatabase(url: string): Promise<StoreDatabase> {
  return openDatabaseOver(createPostgresConnections(url), () => createPostgresConnections(url, patientMs));
}

/** The same over connections that are made already; they are closed with it. */
export async function openDatabaseOver(
  connections: PostgresConnections,
  connectPatiently: () => PostgresConnections,
): Promise<StoreDatabase> {
  const db = createDb(connections);
  try {
    await migrate(db, 'postgres');
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }

  return {
    kind: 'postgres',
    place: connections.place,
    db,
    // A commit waits for the disk unless the server is told otherwise.
    durably: (work) => db.transaction().execute(work),
    async patiently(work) {
      const patient = createDb(connectPatiently());
      try {
        return await work(patient);
      } finally {
        await patient.destroy();
      }
    },
    createLimiter: (options) =>
      new RateLimiterPostgres({
        ...options,
        storeClient: connections,
        storeType: 'client',
        tableName: 'nape_limits',
        tableCreated: true,
        clearExpiredByTimeout: false,
        inMemoryBlockOnConsumed: options.points + 1,
      }),
    // Vacuuming removes it, and the server does that by itself.
    scrub: async () => {},
    async announce(transaction) {
      await sql`select pg_notify(${channel}, '')`.execute(transaction);
    },
    onAnnounced: (wake) => connections.listen(channel, wake),
    close: () => db.destroy(),
  };
}

function createDb(connections: PostgresConnections): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: {
        // Kysely gives SQL and parameters, and reads command, number and rows.
        connect: async () => (await connections.connect()) as unknown as PostgresPoolClient,
        end: () => connections.close(),
      },
    }),
  });
}
