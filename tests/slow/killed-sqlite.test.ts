import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { broken, killWriter } from '../store/kill-writers.ts';
import { createSqlitePlace } from '../store/sqlite-place.ts';

const kills = 200;

it(`a SQLite store > its process is killed ${kills} times while it writes, and everything acknowledged is there`, async () => {
  const place = await createSqlitePlace();
  let acknowledged = 0;
  for (let round = 0; round < kills; round += 1) {
    const done = await killWriter(place.file, round, (round * 7) % 60);
    const sqlite = new Sqlite(place.file);
    const column = (sql: string) => new Set(sqlite.prepare<[], string>(sql).pluck().all());
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(sqlite.pragma('foreign_key_check')).toEqual([]);
    const rows = {
      conversations: column('select id from nape_conversations'),
      turns: column('select turn_id from nape_turns'),
      feedback: column('select turn_id from nape_feedback'),
    };
    sqlite.close();
    expect(broken(done, rows)).toEqual([]);
    acknowledged += done.writes;
  }
  console.log(`${kills} kills, ${acknowledged} acknowledged writes, none lost`);
  expect(acknowledged).toBeGreaterThan(kills);
  await place.remove();
}, 1_800_000);
