import { type Kysely, sql, type Transaction } from 'kysely';
import type { Notices } from './notices.ts';
import type { Schema } from './schema.ts';
import type { SharedGenerations, StoredVectors } from './store.ts';
import type { StoreDatabase } from './store-database.ts';

export interface SharedGenerationsParts {
  readonly database: StoreDatabase;
  readonly notices: Notices;
}

/** The current generation and the one before it, which questions under way still use. */
const keptGenerations = 2;
/** A row of a table should stay far below PostgreSQL's limit of a gigabyte, and a message below Node's for a string. */
const partBytes = 8 * 1024 * 1024;
const vectorsAtOnce = 500;
/** Any number that nobody else in the database locks. */
const publishLock = 5_268_046;
/** pgvector indexes no longer ones; it still compares with each of them. */
const mostIndexedDimensions = 2_000;
/** Candidates that a search of the graph keeps; more than are ever wanted at once, so that few neighbours are missed. */
const efSearch = 200;

/** The index in PostgreSQL: the files of each generation, and its vectors where pgvector is installed. */
export function createSharedGenerations({ database, notices }: SharedGenerationsParts): SharedGenerations {
  const { db } = database;
  let hasVectors: Promise<boolean> | undefined;
  const canSearch = () => {
    hasVectors ??= enableVectors(db).catch((thrown: unknown) => {
      hasVectors = undefined;
      throw thrown;
    });
    return hasVectors;
  };

  return {
    search: async () => ((await canSearch()) ? 'pgvector' : 'own'),
    async current() {
      const newest = await db
        .selectFrom('nape_generations')
        .select('name')
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      return newest?.name ?? null;
    },
    read: (name) => database.patiently((patient) => readFiles(patient, name)),
    async publish(name, files, vectors) {
      checkName(name);
      const withVectors = await canSearch();
      await database.patiently((patient) =>
        patient.transaction().execute(async (transaction) => {
          // Of two replicas that publish at once, the second to come is the current one.
          await sql`select pg_advisory_xact_lock(${publishLock})`.execute(transaction);
          await writeFiles(transaction, name, files);
          if (withVectors) await writeVectors(transaction, name, vectors);
          for (const old of await removeOld(transaction)) await dropVectors(transaction, old);
          await notices.post(transaction, 'generation', [name]);
        }),
      );
      notices.told('generation', [name]);
    },
    async nearest(name, vector, count) {
      checkName(name);
      if (!(await canSearch())) return null;
      return db.transaction().execute(async (transaction) => {
        const table = vectorTable(name);
        const { rows: found } = await sql<{ exists: boolean }>`
          select to_regclass(${table}) is not null as exists`.execute(transaction);
        if (!found[0]?.exists) return null;
        await sql`select set_config('hnsw.ef_search', ${String(efSearch)}, true)`.execute(transaction);
        const wanted = sql`${textOf(vector)}::vector`;
        // Beyond what the graph can give, each row is compared.
        const distance = count > efSearch ? sql`(embedding <=> ${wanted}) + 0` : sql`embedding <=> ${wanted}`;
        const { rows } = await sql<{ ordinal: number; similarity: number }>`
          select ordinal, 1 - (embedding <=> ${wanted}) as similarity
          from ${sql.table(table)} order by ${distance} limit ${count}`.execute(transaction);
        return rows;
      });
    },
    onCurrent: (listener) => notices.hear('generation', listener),
  };
}

/** Whether pgvector can be used; makes the extension where that is allowed. */
async function enableVectors(db: Kysely<Schema>): Promise<boolean> {
  const isInstalled = async () => {
    const { rows } = await sql`select 1 from pg_extension where extname = 'vector'`.execute(db);
    return rows.length > 0;
  };
  if (await isInstalled()) return true;
  const { rows } = await sql`select 1 from pg_available_extensions where name = 'vector'`.execute(db);
  if (rows.length === 0) return false;
  // Another replica may be quicker, or this user may not be allowed to.
  await sql`create extension if not exists vector`.execute(db).catch(() => undefined);
  return isInstalled();
}

async function readFiles(db: Kysely<Schema>, name: string): Promise<ReadonlyMap<string, Uint8Array> | null> {
  const rows = await db
    .selectFrom('nape_generation_files')
    .select(['name', 'bytes'])
    .where('generation', '=', name)
    .orderBy('name')
    .orderBy('part')
    .execute();
  if (rows.length === 0) return null;
  const parts = new Map<string, Uint8Array[]>();
  for (const { name: file, bytes } of rows) parts.set(file, [...(parts.get(file) ?? []), bytes]);
  return new Map([...parts].map(([file, pieces]) => [file, Buffer.concat(pieces)]));
}

async function writeFiles(
  transaction: Transaction<Schema>,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await transaction.deleteFrom('nape_generations').where('name', '=', name).execute();
  await transaction.insertInto('nape_generations').values({ name }).execute();
  for (const [file, bytes] of files) {
    for (let part = 0; part === 0 || part * partBytes < bytes.length; part += 1) {
      const piece = bytes.subarray(part * partBytes, (part + 1) * partBytes);
      const row = { generation: name, name: file, part, bytes: Buffer.from(piece) };
      await transaction.insertInto('nape_generation_files').values(row).execute();
    }
  }
}

async function writeVectors(
  transaction: Transaction<Schema>,
  name: string,
  { dimension, rows }: StoredVectors,
): Promise<void> {
  const table = sql.table(vectorTable(name));
  await dropVectors(transaction, name);
  await sql`create table ${table} (ordinal integer primary key, embedding vector(${sql.lit(dimension)}) not null)`.execute(
    transaction,
  );
  for (let at = 0; at < rows.length; at += vectorsAtOnce) {
    const values = rows
      .slice(at, at + vectorsAtOnce)
      .map(({ ordinal, vector }) => sql`(${ordinal}::integer, ${textOf(vector)}::vector)`);
    await sql`insert into ${table} values ${sql.join(values)}`.execute(transaction);
  }
  if (dimension > mostIndexedDimensions) return;
  await sql`create index on ${table} using hnsw (embedding vector_cosine_ops) with (m = 16, ef_construction = 200)`.execute(
    transaction,
  );
}

async function dropVectors(transaction: Transaction<Schema>, name: string): Promise<void> {
  await sql`drop table if exists ${sql.table(vectorTable(name))}`.execute(transaction);
}

/** Names of the removed ones. */
async function removeOld(transaction: Transaction<Schema>): Promise<readonly string[]> {
  const newest = transaction
    .selectFrom('nape_generations')
    .select('name')
    .orderBy('position', 'desc')
    .limit(keptGenerations);
  const removed = await transaction
    .deleteFrom('nape_generations')
    .where('name', 'not in', newest)
    .returning('name')
    .execute();
  return removed.map(({ name }) => name);
}

/** A table of its own for each generation, because an index holds vectors of one dimension, and goes with its table. */
function vectorTable(name: string): string {
  return `nape_vectors_${name.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}

function checkName(name: string): void {
  if (!/^[\w-]{1,48}$/.test(name)) throw new Error(`${name} is not the name of a generation.`);
}

function textOf(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
