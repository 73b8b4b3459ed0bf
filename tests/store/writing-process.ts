import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createDatabaseStore } from '../../src/store/database-store.ts';
import { openSqliteDatabase } from '../../src/store/sqlite-database.ts';

// Writes to a store until it is killed, and says on standard output what has been acknowledged: one JSON line each, in
// one write to a pipe, so that a line is there whole or not at all.
const [place = '', round = ''] = process.argv.slice(2);
const unlimited = { perMinute: 0, perDay: 0 };
const options = {
  keepQuestionsDays: 30,
  limits: { address: unlimited, conversation: unlimited, user: unlimited, everyone: unlimited },
  now: Date.now,
  purgeMs: 0,
};

/** A PostgreSQL store needs its own code, which a SQLite one should not wait for. */
async function openDatabase() {
  if (!place.startsWith('postgres:')) return openSqliteDatabase({ file: place });
  return (await import('../../src/store/postgres-database.ts')).openPostgresDatabase(place);
}

const { store } = createDatabaseStore(await openDatabase(), options);
const acknowledge = (done: object) => writeSync(1, `${JSON.stringify(done)}\n`);

let erasable: string | undefined;
for (let at = 0; ; at += 1) {
  const { id, token } = await store.conversations.create({ channel: 'http' });
  acknowledge({ id, token });
  for (let turn = 0; turn < 3; turn += 1) {
    const turnId = `${round}-${at}-${turn}`;
    const content = { asked: 'x'.repeat(500), question: 'Why?', outcome: 'answered', reason: null } as const;
    const nothing = { passages: [], listed: [], suggestions: [], isCrisis: false, answer: null };
    await store.conversations.append(id, { turnId, at: Date.now(), ...content, ...nothing });
    acknowledge({ id, turnId });
    if (await store.feedback.save({ turnId, value: 'up' })) acknowledge({ id, feedback: turnId });
    if (erasable && turn === 0) {
      acknowledge({ erasing: erasable });
      await store.conversations.erase(erasable);
      acknowledge({ erased: erasable });
    }
  }
  erasable = at % 2 ? id : undefined;
  await setImmediate();
}
