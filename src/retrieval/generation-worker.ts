import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { silentLog } from '../log.ts';
import { readChecked } from './checked-file.ts';
import { checkGraph, readVectors, writeGeneration } from './generation.ts';
import type { EarlierGeneration, GenerationJob, MessageFromWorker, MessageToWorker } from './generation-job.ts';
import { type HnswIndex, type HnswLibrary, loadHnsw } from './hnsw-index.ts';
import { buildKeywordIndex } from './keyword-index.ts';
import { parseLines } from './passages-file.ts';
import type { EarlierPostings } from './postings.ts';
import { readPostings } from './postings-file.ts';

// Runs in a thread of its own, started by `writeInWorker`: builds the postings and the graph and writes the generation.

const { folder, embedder, documents, vectors, withGraph, earlier }: GenerationJob = workerData;
const port = parentPort;
if (!port) throw new Error('generation-worker runs as a worker thread only');
const tell = (message: MessageFromWorker) => port.postMessage(message);

const stopping = new AbortController();
const { signal } = stopping;

try {
  await run();
} catch (thrown) {
  // Whoever stopped the work knows why.
  if (!signal.aborted) throw thrown;
} finally {
  // Without its port the thread has nothing to wait for and ends by itself.
  port.close();
}

async function run(): Promise<void> {
  const passageLines = await receivePieces();
  const hnsw = withGraph ? await loadHnsw(silentLog) : null;
  if (withGraph && !hnsw) throw new Error('hnswlib-node cannot be loaded in a worker thread');
  const keywords = buildKeywordIndex(parseLines(passageLines), earlier ? await postingsOf(earlier) : undefined);
  const graph =
    hnsw && ((earlier && (await updatedGraph(hnsw, earlier))) ?? (await hnsw.build(vectors, onDone, signal)));
  signal.throwIfAborted();
  tell({ type: 'writing' });
  const content = { documents, passageLines, vectors, keywords, graph };
  tell({ type: 'written', manifestJson: await writeGeneration(folder, content, embedder, hnsw) });
}

async function receivePieces(): Promise<readonly string[]> {
  const pieces: string[] = [];
  return new Promise((resolve, reject) => {
    port?.on('message', (message: MessageToWorker) => {
      if (message.type === 'passages') pieces.push(message.lines);
      else if (message.type === 'all-sent') resolve(pieces);
      else {
        stopping.abort();
        reject(signal.reason);
      }
    });
  });
}

/** Nothing when another process has taken the generation away by now: then everything is built anew. */
async function postingsOf({ folder, manifest, ordinals }: EarlierGeneration): Promise<EarlierPostings | undefined> {
  try {
    const bytes = await readChecked(join(folder, 'postings.bin'), manifest.files['postings.bin']);
    return { postings: readPostings(bytes, manifest.passages), ordinals };
  } catch {
    return undefined;
  }
}

async function updatedGraph(library: HnswLibrary, { folder, manifest }: EarlierGeneration): Promise<HnswIndex | null> {
  try {
    const saved = await checkGraph(folder, manifest, await readVectors(folder, manifest));
    return saved && (await library.update(saved, vectors, onDone, signal));
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

function onDone(done: number): void {
  tell({ type: 'progress', done });
}
