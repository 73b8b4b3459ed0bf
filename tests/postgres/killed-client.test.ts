import { afterAll, beforeAll, expect, it } from 'vitest';
import { broken, killWriter } from '../store/kill-writers.ts';
import { type PostgresServer, run, startPostgresServer } from './postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.remove());

const kills = 50;

it(`a PostgreSQL store > its process is killed ${kills} times while it writes, and everything acknowledged is there`, async () => {
  const url = await server.createDatabase();
  let acknowledged = 0;
  for (let round = 0; round < kills; round += 1) {
    const done = await killWriter(url, round, (round * 7) % 100);
    const column = async (table: string, name: string) =>
      new Set((await run(url, `select ${name} from ${table}`)).map((row) => String(row[name])));
    const rows = {
      conversations: await column('nape_conversations', 'id'),
      turns: await column('nape_turns', 'turn_id'),
      feedback: await column('nape_feedback', 'turn_id'),
    };
    expect(broken(done, rows)).toEqual([]);
    acknowledged += done.writes;
  }
  console.log(`${kills} kills, ${acknowledged} acknowledged writes, none lost`);
  expect(acknowledged).toBeGreaterThan(kills);
}, 900_000);
