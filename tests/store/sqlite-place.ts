import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export interface SqlitePlace {
  readonly file: string;
  /** Every row of every table, as text. */
  dump(): Promise<string>;
  remove(): Promise<void>;
}

/** A file in a temporary folder; nothing is there yet. */
export async function createSqlitePlace(): Promise<SqlitePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'nape-'));
  const file = join(folder, 'store', 'nape.sqlite');
  return {
    file,
    async dump() {
      const sqlite = new Sqlite(file, { readonly: true });
      const tables = sqlite.prepare("select name from sqlite_master where type = 'table'").pluck().all();
      const rows = tables.map((table) => [table, sqlite.prepare(`select * from "${table}"`).all()]);
      sqlite.close();
      return JSON.stringify(rows);
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
