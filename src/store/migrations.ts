import { type ColumnDefinitionBuilder, type Kysely, type Migration, Migrator, sql } from 'kysely';
import type { Schema } from './schema.ts';

export type Dialect = 'sqlite' | 'postgres';

/** Brings the tables up to date; several processes may do so at once. Throws what the database says. */
export async function migrate(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrationsOf(dialect) },
    migrationTableName: 'nape_migrations',
    migrationLockTableName: 'nape_migration_lock',
  });
  // Two processes that open a new SQLite file at once: the second finds tables that it did not see before.
  const attempts = 5;
  for (let attempt = 1; ; attempt += 1) {
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    if (attempt === attempts || !isRace(error)) throw error;
  }
}

function isRace(error: unknown): boolean {
  return error instanceof Error && /already exists|UNIQUE constraint failed: nape_migration/.test(error.message);
}

/** Names sort in the order of their making; a published migration never changes. */
function migrationsOf(dialect: Dialect): Record<string, Migration> {
  const isPostgres = dialect === 'postgres';
  const bytes = isPostgres ? sql`bytea` : sql`blob`;
  // Counted up by the database itself; no number comes twice.
  const position = isPostgres ? sql`bigint generated always as identity` : sql`integer`;
  const primary = (column: ColumnDefinitionBuilder) =>
    isPostgres ? column.primaryKey() : column.primaryKey().autoIncrement();
  const conversation = 'nape_conversations.id';

  return {
    '0001-first-tables': {
      async up(db) {
        const create = (name: string) => db.schema.createTable(name);
        await create('nape_conversations')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('token_hash', 'text')
          .addColumn('channel', 'text', (column) => column.notNull())
          .addColumn('key_hash', 'text', (column) => column.unique())
          .addColumn('owner_hash', 'text')
          .addColumn('locale', 'text')
          .addColumn('crisis_open', 'integer', (column) => column.notNull().defaultTo(0))
          .addColumn('used_at', 'bigint', (column) => column.notNull())
          .execute();
        await create('nape_turns')
          .addColumn('turn_id', 'text', (column) => column.primaryKey())
          .addColumn('conversation_id', 'text', (column) =>
            column.notNull().references(conversation).onDelete('cascade'),
          )
          .addColumn('number', 'integer', (column) => column.notNull())
          .addColumn('content', 'text', (column) => column.notNull())
          .execute();
        await create('nape_questions')
          .addColumn('turn_id', 'text', (column) => column.primaryKey())
          .addColumn('conversation_id', 'text', (column) => column.references(conversation).onDelete('cascade'))
          .addColumn('asked_at', 'bigint', (column) => column.notNull())
          .addColumn('channel', 'text', (column) => column.notNull())
          .addColumn('outcome', 'text', (column) => column.notNull())
          .addColumn('reason', 'text')
          .addColumn('passages', 'text', (column) => column.notNull())
          .addColumn('latency_ms', 'double precision', (column) => column.notNull())
          .addColumn('mode', 'text', (column) => column.notNull())
          .addColumn('words', 'text')
          .execute();
        await create('nape_feedback')
          .addColumn('turn_id', 'text', (column) => column.primaryKey())
          .addColumn('conversation_id', 'text', (column) => column.references(conversation).onDelete('cascade'))
          .addColumn('value', 'text', (column) => column.notNull())
          .addColumn('comment', 'text')
          .addColumn('given_at', 'bigint', (column) => column.notNull())
          .execute();
        await create('nape_settings')
          .addColumn('scope', 'text', (column) => column.notNull())
          .addColumn('key', 'text', (column) => column.notNull())
          .addColumn('value', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('nape_settings_key', ['scope', 'key'])
          .execute();
        await create('nape_claims')
          .addColumn('key_hash', 'text', (column) => column.primaryKey())
          .addColumn('body_hash', 'text', (column) => column.notNull())
          .addColumn('holder', 'text', (column) => column.notNull())
          .addColumn('result', bytes)
          .addColumn('conversation_id', 'text', (column) => column.references(conversation).onDelete('cascade'))
          .addColumn('expires_at', 'bigint', (column) => column.notNull())
          .execute();
        await create('nape_marks')
          .addColumn('key_hash', 'text', (column) => column.primaryKey())
          .addColumn('expires_at', 'bigint', (column) => column.notNull())
          .execute();
        await create('nape_limits')
          .addColumn('key', 'varchar(255)', (column) => column.primaryKey())
          .addColumn('points', 'bigint', (column) => column.notNull().defaultTo(0))
          .addColumn('expire', 'bigint')
          .execute();
        await create('nape_tokens')
          .addColumn('day', 'text', (column) => column.primaryKey())
          .addColumn('used', 'bigint', (column) => column.notNull())
          .execute();
        await create('nape_notices')
          .addColumn('id', position, primary)
          .addColumn('kind', 'text', (column) => column.notNull())
          .addColumn('subject', 'text', (column) => column.notNull())
          .addColumn('sender', 'text', (column) => column.notNull())
          .addColumn('posted_at', 'bigint', (column) => column.notNull())
          .execute();
        await create('nape_generations')
          .addColumn('position', position, primary)
          .addColumn('name', 'text', (column) => column.notNull().unique())
          .execute();
        await create('nape_generation_files')
          .addColumn('generation', 'text', (column) =>
            column.notNull().references('nape_generations.name').onDelete('cascade'),
          )
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('part', 'integer', (column) => column.notNull())
          .addColumn('bytes', bytes, (column) => column.notNull())
          .addPrimaryKeyConstraint('nape_generation_files_key', ['generation', 'name', 'part'])
          .execute();
        for (const [table, column] of indexed) {
          await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute();
        }
      },
    },
  };
}

/** Columns that rows are looked up, erased or purged by. */
const indexed = [
  ['nape_conversations', 'owner_hash'],
  ['nape_conversations', 'used_at'],
  ['nape_turns', 'conversation_id'],
  ['nape_questions', 'conversation_id'],
  ['nape_questions', 'asked_at'],
  ['nape_feedback', 'conversation_id'],
  ['nape_claims', 'conversation_id'],
  ['nape_claims', 'expires_at'],
  ['nape_marks', 'expires_at'],
] as const;
