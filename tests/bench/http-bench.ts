import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { startPostgresServer } from '../postgres/postgres-server.ts';
import { milliseconds, quantile, table, timed } from './figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = 600;
const warmUp = 100;
const questions = [
  'What is shiatsu?',
  'Which massage styles are there?',
  'Does massage help with stress?',
  'How do I bake bread?',
  'my shoulders are tight after desk work',
];

/** Nobody is turned away, so that every request is an answer. */
const unlimited = { NAPE_LIMIT_PER_MINUTE: '0', NAPE_LIMIT_PER_DAY: '0', NAPE_LIMIT_ALL_PER_MINUTE: '0' };

/** Something that answers `POST /api/ask`. */
interface Route {
  readonly name: string;
  readonly url: string;
  readonly stop: () => Promise<unknown>;
}

/**
 * `POST /api/ask` beside a bare Fastify route with a zero-cost JSON reply, one request after another, in turns: Nape
 * with nothing but memory to keep conversations in, with SQLite, and with PostgreSQL that waits for the disk.
 */
export async function benchHttp(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nape-bench-'));
  const postgres = await startPostgresServer({ isSynced: true }).catch((thrown: Error) => thrown);
  const routes: Route[] = [];
  try {
    routes.push(await serveBare());
    // A file where the store's folder should be: the store cannot be opened, and answers go on from memory.
    const inMemory = join(folder, 'memory');
    mkdirSync(inMemory);
    writeFileSync(join(inMemory, 'store'), '');
    routes.push(await serveNape('Nape, without a store', { NAPE_DATA_DIR: inMemory }));
    routes.push(await serveNape('Nape, SQLite', { NAPE_DATA_DIR: join(folder, 'sqlite') }));
    if (!(postgres instanceof Error)) {
      const kept = { NAPE_DATA_DIR: join(folder, 'postgres'), DATABASE_URL: await postgres.createDatabase() };
      routes.push(await serveNape('Nape, PostgreSQL', kept));
    }
    const times = routes.map(() => [] as number[]);
    for (let round = 0; round < rounds + warmUp; round += 1) {
      const question = questions[round % questions.length] ?? '';
      for (const [at, { url }] of routes.entries()) {
        const took = await timed(() => post(url, question));
        if (round >= warmUp) times[at]?.push(took);
      }
    }
    const [bare = [], without = []] = times;
    const ratio = (values: readonly number[], to: readonly number[]) =>
      `${(quantile(values, 0.5) / quantile(to, 0.5)).toFixed(2)} ×`;
    const rows = routes.map(({ name }, at) => {
      const values = times[at] ?? [];
      const toWithout = at === 0 ? '' : ratio(values, without);
      return [
        name,
        milliseconds(quantile(values, 0.5)),
        milliseconds(quantile(values, 0.99)),
        ratio(values, bare),
        toWithout,
      ];
    });
    const heading = [`POST /api/ask, ${rounds} each, extractive`, 'p50', 'p99', 'p50 to bare', 'to no store'];
    const missing = postgres instanceof Error ? `\n  PostgreSQL is not measured: ${postgres.message}` : '';
    return table([heading, ...rows]) + missing;
  } finally {
    for (const { stop } of routes) await stop();
    if (!(postgres instanceof Error)) await postgres.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function serveBare(): Promise<Route> {
  const bare = fastify();
  bare.post('/api/ask', async () => ({ ok: true }));
  const url = await bare.listen({ host: '127.0.0.1', port: 0 });
  return { name: 'bare Fastify JSON route', url, stop: () => bare.close() };
}

async function serveNape(name: string, environment: Readonly<Record<string, string>>): Promise<Route> {
  const config = readConfig({ ...unlimited, ...environment, PORT: '0' }, root);
  const nape = await createApp({ config, log: silentLog, root });
  await nape.index(() => {});
  const { url, stop } = await nape.serve();
  return {
    name,
    url,
    async stop() {
      await stop();
      await nape.close();
    },
  };
}

async function post(url: string, question: string): Promise<void> {
  const response = await fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  await response.json();
}
