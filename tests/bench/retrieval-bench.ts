import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, writeBenchCorpus } from './bench-corpus.ts';
import { contenders, type Outcome } from './contenders.ts';
import { milliseconds, quantile, table } from './figures.ts';

/**
 * Nape and its peers over the same passages, vectors and questions, one process after another: the article, or so many
 * passages put together from WordNet.
 */
export async function benchRetrieval(size: number | 'article'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nape-bench-'));
  try {
    const { embedMs, passages } = await writeBenchCorpus(folder, size);
    const title = size === 'article' ? `the article, ${passages} passages` : `${passages} passages`;
    const rows = [[title, 'build', 'p50', 'p99', 'recall@10', 'memory']];
    const notes: string[] = [];
    for (const name of Object.keys(contenders)) {
      const outcome = runContender(folder, name);
      for (const [at, { name: searched, times, recall }] of outcome.searched.entries()) {
        rows.push([
          searched,
          at === 0 ? milliseconds(outcome.buildMs) : '',
          milliseconds(quantile(times, 0.5)),
          milliseconds(quantile(times, 0.99)),
          recall === null ? '–' : recall.toFixed(3),
          at === 0 ? `${outcome.megabytes.toFixed(0)} MB` : '',
        ]);
      }
      notes.push(...outcome.notes.map((note) => `  ${name}: ${note}`));
    }
    const embedded = `  embedding the passages once for all: ${milliseconds(embedMs)}`;
    return [table(rows), ...notes, embedded].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runContender(folder: string, name: string): Outcome {
  const script = fileURLToPath(new URL('./contender.ts', import.meta.url));
  const options = ['--expose-gc', '--max-old-space-size=8192', '--import', 'tsx', script, folder, name];
  const ended = spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 });
  if (ended.status !== 0) throw new Error(`${name} ended with ${ended.status}: ${ended.stderr}`);
  return JSON.parse(ended.stdout);
}
