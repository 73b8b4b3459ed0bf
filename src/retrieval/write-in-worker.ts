import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Passage } from '../domain.ts';
import type { GenerationJob, MessageFromWorker, MessageToWorker } from './generation-job.ts';
import { createGiveWay } from './give-way.ts';
import { passageLines } from './passages-file.ts';

export interface WriteInWorkerParts {
  readonly job: GenerationJob;
  readonly passages: readonly Passage[];
  /** Hears the vectors that the graph has. */
  readonly onBuilt: (done: number) => void;
  readonly onWriting: () => void;
  readonly signal?: AbortSignal;
}

/**
 * `writeGeneration` in a thread of its own, with postings and graph built there; resolves to the manifest's JSON.
 * Throws what the worker throws, and what the signal aborts with once the worker has ended.
 */
export async function writeInWorker(parts: WriteInWorkerParts): Promise<string> {
  const { job, passages, onBuilt, onWriting, signal } = parts;
  signal?.throwIfAborted();
  const worker = startWorker({ workerData: job });
  const ended = new Promise<void>((resolve) => worker.on('exit', () => resolve()));
  const send = (message: MessageToWorker) => worker.postMessage(message);
  let onAbort = () => {};
  const written = new Promise<string>((resolve, reject) => {
    onAbort = () => reject(signal?.reason);
    worker.on('message', (message: MessageFromWorker) => {
      if (message.type === 'progress') onBuilt(message.done);
      else if (message.type === 'writing') onWriting();
      else resolve(message.manifestJson);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the worker that builds the index ended with code ${code}`)));
    signal?.addEventListener('abort', onAbort);
  });
  // Heard below; sending may fail first.
  written.catch(() => undefined);
  try {
    const giveWay = createGiveWay(signal);
    for (const lines of passageLines(passages)) {
      send({ type: 'passages', lines });
      await giveWay();
    }
    send({ type: 'all-sent' });
    return await written;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Asked to end, not terminated: a thread that is torn down inside the native addon takes the process with it.
    send({ type: 'stop' });
    await ended;
  }
}

/** In a checkout the worker is TypeScript like everything else, and tsx, a development dependency, reads it. */
function startWorker(parts: Pick<WorkerOptions, 'workerData'>): Worker {
  // Options of this process, such as another module to start with, are not meant for the worker.
  const options: WorkerOptions = { ...parts, execArgv: [] };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./generation-worker.js', import.meta.url), options);
  const file = new URL('./generation-worker.ts', import.meta.url).href;
  const tsx = import.meta.resolve('tsx/esm/api');
  const start = `import(${JSON.stringify(tsx)}).then(({ register }) => (register(), import(${JSON.stringify(file)})))`;
  return new Worker(start, { ...options, eval: true });
}
