import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sequence } from './corpus.ts';
import { indexFolders, warningLog } from './index-folder.ts';

const { build, open, folder } = indexFolders();
const worker = fileURLToPath(new URL('./build-worker.ts', import.meta.url));

function start(directory: string, name: string, builds: number): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', worker, directory, name, String(builds)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('builds of several processes', () => {
  it('build > three processes at once and the folder holds whole generations only', async () => {
    const directory = folder();
    const children = ['one', 'two', 'three'].map((name) => start(directory, name, 15));
    let errors = '';
    for (const child of children) child.stderr?.on('data', (chunk) => (errors += chunk));
    const done = Promise.all(children.map((child) => once(child, 'close')));
    const { log, warnings } = warningLog();
    let opened = 0;
    let running = true;
    void done.finally(() => (running = false));
    // A reader sees a whole index at every moment from the first generation on.
    while (running) {
      const index = await open(directory, { log });
      if (index) opened += 1;
      else expect(opened).toBe(0);
      await wait(5);
    }
    expect(errors).toBe('');
    expect((await done).map(([code]) => code)).toEqual([0, 0, 0]);
    expect(opened).toBeGreaterThan(5);

    const last = await open(directory, { log });
    expect(last?.generation).toBe((await readFile(join(directory, 'current'), 'utf8')).trim());
    expect(last?.passages[0]?.text).toMatch(/^(one|two|three) wrote text number \d+\.$/);
    const left = await readdir(directory);
    expect(left.filter((name) => name.startsWith('.building-'))).toEqual([]);
    await build(directory);
    expect(await readdir(directory)).toHaveLength(3);
    expect(warnings).toEqual([]);
  }, 60_000);

  it('build > killed at any moment and the folder still loads, and the next build clears up', async () => {
    const directory = folder();
    const random = sequence(5);
    for (let round = 0; round < 8; round += 1) {
      const child = start(directory, `round${round}`, 10_000);
      await once(child.stdout!, 'data');
      await wait(random() * 60);
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
      const { log, warnings } = warningLog();
      const index = await open(directory, { log });
      expect(index?.passages[0]?.text).toContain(`round${round} wrote`);
      expect(warnings).toEqual([]);
    }
    const { report } = await build(directory);
    expect(report.outcome).toBe('built');
    const left = await readdir(directory);
    expect(left.filter((name) => name.startsWith('.building-'))).toEqual([]);
    expect(left).toHaveLength(3);
  }, 60_000);
});
