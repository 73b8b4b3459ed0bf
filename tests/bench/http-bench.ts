import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
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

/** `POST /api/ask` beside a bare Fastify route with a zero-cost JSON reply, one request after another, in turns. */
export async function benchHttp(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nape-bench-'));
  const config = readConfig({ NAPE_DATA_DIR: dataDir, PORT: '0' }, root);
  const nape = await createApp({ config, log: silentLog, root });
  const bare = fastify();
  bare.post('/api/ask', async () => ({ ok: true }));
  try {
    await nape.index(() => {});
    const { url, stop } = await nape.serve();
    const bareUrl = await bare.listen({ host: '127.0.0.1', port: 0 });
    const times = { nape: [] as number[], bare: [] as number[] };
    for (let round = 0; round < rounds + warmUp; round += 1) {
      const question = questions[round % questions.length] ?? '';
      const bareMs = await timed(() => post(bareUrl, question));
      const napeMs = await timed(() => post(url, question));
      if (round < warmUp) continue;
      times.bare.push(bareMs);
      times.nape.push(napeMs);
    }
    await stop();
    const row = (name: string, values: readonly number[]) => [
      name,
      milliseconds(quantile(values, 0.5)),
      milliseconds(quantile(values, 0.99)),
      `${(quantile(values, 0.5) / quantile(times.bare, 0.5)).toFixed(1)} ×`,
    ];
    return table([
      [`POST /api/ask, ${rounds} each`, 'p50', 'p99', 'to bare Fastify'],
      row('bare Fastify JSON route', times.bare),
      row('Nape, extractive', times.nape),
    ]);
  } finally {
    await bare.close();
    await nape.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
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
