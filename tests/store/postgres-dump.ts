/** Runs SQL and gives its rows. */
export type RunSql = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** Every row of every table, as text. */
export async function dumpTables(run: RunSql): Promise<string> {
  const tables = await run("select tablename from pg_tables where schemaname = 'public' order by 1");
  const parts: string[] = [];
  for (const { tablename } of tables) {
    const rows = await run(`select row_to_json(t)::text as row from "${tablename}" t`);
    parts.push(`${tablename}: ${rows.map(({ row }) => row).join(' ')}`);
  }
  return parts.join('\n');
}
