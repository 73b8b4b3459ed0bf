import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openSqliteStore } from '../../src/store/open-sqlite-store.ts';
import { storeContract } from '../contracts/store.contract.ts';

storeContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nape-'));
  const file = join(folder, 'store', 'nape.sqlite');
  return {
    open: (options) => openSqliteStore({ file, watchMs: 20, ...options }),
    async dump() {
      const sqlite = new Sqlite(file, { readonly: true });
      const tables = sqlite.prepare("select name from sqlite_master where type = 'table'").pluck().all();
      const rows = tables.map((table) => [table, sqlite.prepare(`select * from "${table}"`).all()]);
      sqlite.close();
      return JSON.stringify(rows);
    },
    remove: () => rm(folder, { recursive: true }),
  };
});
