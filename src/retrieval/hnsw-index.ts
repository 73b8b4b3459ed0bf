import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { Log } from '../log.ts';
import { type DistinctRows, distinctRows, isZero } from './distinct-rows.ts';
import { checkVector, type Neighbour, type VectorIndex, type VectorTable, vectorAt } from './vector-index.ts';

/**
 * Y. Malkov and D. Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable
 * Small World graphs", 2016.
 */
export const hnswParameters = {
  /** M: links a node keeps on each layer, 5 to 48. */
  m: 16,
  /** Candidates weighed when a node is linked, M to some hundreds: a better graph for a slower build. */
  efConstruction: 200,
  /** Candidates weighed in a search, at least the neighbours asked for: better recall for a slower search. */
  efSearch: 128,
  /** Fixed, so that the same vectors give the same file. */
  seed: 100,
} as const;

export interface HnswIndex extends VectorIndex {
  /** Writes the graph. The addon reports no failure: load the file again before relying on it. */
  save(file: string): void;
}

/** What the native addon does for us; the only door to hnswlib-node. */
export interface HnswLibrary {
  /** Lets other work run in between; `onProgress` hears the vectors done. */
  build(table: VectorTable, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<HnswIndex>;
  /**
   * Loads a graph whose digest the caller has checked: the addon itself can crash on a damaged file.
   * Throws when the file holds another number or dimension of vectors than the table it was built from.
   */
  load(file: string, table: VectorTable): Promise<HnswIndex>;
}

type Addon = typeof import('hnswlib-node');

/** The addon, or null with one warning when this machine cannot load it: the exact index takes over then. */
export async function loadHnsw(
  log: Log,
  importAddon: () => Promise<{ readonly default: Addon }> = () => import('hnswlib-node'),
): Promise<HnswLibrary | null> {
  try {
    const { HierarchicalNSW } = (await importAddon()).default;
    return createLibrary((dimension) => new HierarchicalNSW('cosine', dimension));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    log.warn(
      { reason },
      'hnswlib-node cannot be loaded; search is exact and slower on large articles. Run `npm rebuild hnswlib-node`.',
    );
    return null;
  }
}

/** After so much building, the event loop gets a turn. */
const sliceMs = 20;

function createLibrary(createGraph: (dimension: number) => HierarchicalNSW): HnswLibrary {
  return {
    async build(table, onProgress, signal) {
      const rows = distinctRows(table);
      const graph = createGraph(table.dimension);
      const { m, efConstruction, seed } = hnswParameters;
      graph.initIndex({ maxElements: Math.max(1, rows.ordinals.length), m, efConstruction, randomSeed: seed });
      let sliceEnd = performance.now() + sliceMs;
      for (const [at, ordinal] of rows.ordinals.entries()) {
        const vector = vectorAt(table, ordinal);
        checkVector(vector, table.dimension, `passage ${ordinal}`);
        graph.addPoint(Array.from(vector), ordinal);
        if (performance.now() < sliceEnd) continue;
        onProgress?.(at + 1);
        await setImmediate();
        signal?.throwIfAborted();
        sliceEnd = performance.now() + sliceMs;
      }
      return createIndex(graph, rows, table);
    },
    async load(file, table) {
      const rows = distinctRows(table);
      const size = rows.ordinals.length;
      await checkHeader(file, size, table.dimension);
      const graph = createGraph(table.dimension);
      await graph.readIndex(file);
      if (graph.getCurrentCount() !== size) {
        throw new Error(`${file} holds ${graph.getCurrentCount()} vectors instead of ${size}`);
      }
      return createIndex(graph, rows, table);
    },
  };
}

/**
 * Searches a graph of the different vectors and adds the rest: some hundred equal vectors would link to each other only,
 * and no search would find a way from them to their neighbours.
 */
function createIndex(graph: HierarchicalNSW, rows: DistinctRows, { size, dimension }: VectorTable): HnswIndex {
  const { ordinals, repeats, zeros } = rows;
  let ef = 0;
  return {
    size,
    search(vector, count) {
      checkVector(vector, dimension, 'the search');
      if (count <= 0 || size === 0) return [];
      // Equally far from everything; the graph would answer with wherever it started.
      if (isZero(vector)) return Array.from({ length: Math.min(count, size) }, (_, ordinal) => noNeighbour(ordinal));
      const wanted = Math.min(count, ordinals.length);
      const wantedEf = Math.max(hnswParameters.efSearch, wanted);
      // Not stored in the file, so it is set after a load too.
      if (ef !== wantedEf) graph.setEf(wantedEf);
      ef = wantedEf;
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), wanted);
      const found: Neighbour[] = zeros.slice(0, count).map(noNeighbour);
      for (const [at, ordinal] of neighbors.entries()) {
        const similarity = 1 - (distances[at] ?? 1);
        found.push({ ordinal, similarity });
        for (const repeat of repeats.get(ordinal) ?? []) found.push({ ordinal: repeat, similarity });
      }
      found.sort((one, other) => other.similarity - one.similarity || one.ordinal - other.ordinal);
      return found.length > count ? found.slice(0, count) : found;
    },
    save: (file) => graph.writeIndexSync(file),
  };
}

const noNeighbour = (ordinal: number): Neighbour => ({ ordinal, similarity: 0 });

const headerBytes = 96;

/** Compares the sizes in the file's header with ours; hnswlib takes them on trust and allocates by them. */
async function checkHeader(file: string, size: number, dimension: number): Promise<void> {
  const handle = await open(file);
  try {
    const header = Buffer.alloc(headerBytes);
    const { bytesRead } = await handle.read(header, 0, headerBytes, 0);
    const { size: fileBytes } = await handle.stat();
    const field = (at: number) => Number(header.readBigUInt64LE(at));
    const links = 4 + 2 * hnswParameters.m * 4;
    const bytesPerVector = links + dimension * 4 + 8;
    const right =
      bytesRead === headerBytes &&
      field(0) === 0 &&
      field(8) === Math.max(1, size) &&
      field(16) === size &&
      field(24) === bytesPerVector &&
      field(32) === bytesPerVector - 8 &&
      field(40) === links &&
      (size === 0 || header.readUInt32LE(52) < size) &&
      field(56) === hnswParameters.m &&
      field(64) === 2 * hnswParameters.m &&
      field(72) === hnswParameters.m &&
      fileBytes >= headerBytes + size * (bytesPerVector + 4);
    if (!right) throw new Error(`${file} is not a graph of ${size} vectors of ${dimension} components`);
  } finally {
    await handle.close();
  }
}
