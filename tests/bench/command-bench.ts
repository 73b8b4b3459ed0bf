import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { milliseconds, quantile, table } from './figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runs = 7;

/** Whole-process times of the commands, beside a Node process that does nothing. */
export function benchCommands(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'nape-bench-'));
  try {
    const node = (...args: readonly string[]) => {
      const start = performance.now();
      const ended = spawnSync(process.execPath, args, {
        cwd: root,
        env: { ...process.env, NAPE_DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
      });
      if (ended.status !== 0) throw new Error(`${args.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
      return performance.now() - start;
    };
    const indexing: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      rmSync(join(dataDir, 'index'), { recursive: true, force: true });
      indexing.push(node('dist/main.js', 'index'));
    }
    const asking: number[] = [];
    const nothing: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      nothing.push(node('-e', '0'));
      asking.push(node('dist/main.js', 'ask', 'What is shiatsu?'));
    }
    const row = (name: string, times: readonly number[]) => [
      name,
      milliseconds(quantile(times, 0.5)),
      milliseconds(Math.min(...times)),
      milliseconds(Math.max(...times)),
      `${(quantile(times, 0.5) / quantile(nothing, 0.5)).toFixed(1)} ×`,
    ];
    return table([
      [`whole processes, ${runs} runs`, 'median', 'least', 'most', 'to bare Node'],
      row('node -e 0', nothing),
      row('nape index, from nothing', indexing),
      row('nape ask, index on disk', asking),
    ]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
